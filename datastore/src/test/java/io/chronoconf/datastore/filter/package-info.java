@NullMarked
package io.chronoconf.datastore.filter;

import org.jspecify.annotations.NullMarked;
