@NullMarked
package io.chronoconf.datastore.validate;

import org.jspecify.annotations.NullMarked;
