@NullMarked
package io.chronoconf.datastore.change;

import org.jspecify.annotations.NullMarked;
