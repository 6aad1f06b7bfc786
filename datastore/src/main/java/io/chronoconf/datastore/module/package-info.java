/// The one seam between the datastores and what they configure.
@NullMarked
package io.chronoconf.datastore.module;

import org.jspecify.annotations.NullMarked;
