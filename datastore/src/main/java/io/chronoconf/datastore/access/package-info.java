/// Who may read, write and call what: the NETCONF access control model (RFC 8341).
@NullMarked
package io.chronoconf.datastore.access;

import org.jspecify.annotations.NullMarked;
