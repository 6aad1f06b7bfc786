/// From a candidate to the running configuration. Owned by the datastores' writer thread.
@NullMarked
package io.chronoconf.datastore.commit;

import org.jspecify.annotations.NullMarked;
