/// The journal: what was committed survives. Owned by the datastores' writer thread.
@NullMarked
package io.chronoconf.datastore.store;

import org.jspecify.annotations.NullMarked;
