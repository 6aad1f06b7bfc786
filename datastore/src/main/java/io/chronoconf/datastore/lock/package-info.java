/// Who may write what, when (RFC 6241 section 7.5). Owned by the datastores' writer thread.
@NullMarked
package io.chronoconf.datastore.lock;

import org.jspecify.annotations.NullMarked;
