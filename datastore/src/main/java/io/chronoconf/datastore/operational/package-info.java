/// Configuration and state in one tree, as get shows it.
@NullMarked
package io.chronoconf.datastore.operational;

import org.jspecify.annotations.NullMarked;
