/// NETCONF over TLS (RFC 7589): both sides show certificates, and that of the client is mapped to a
/// user name by the rules of RFC 7407. Certificates are not looked up in revocation lists.
@NullMarked
package io.chronoconf.agent.tls;

import org.jspecify.annotations.NullMarked;
