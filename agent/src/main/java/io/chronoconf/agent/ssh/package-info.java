/// NETCONF over SSH (RFC 6242) on Apache MINA SSHD, which nothing outside this package sees. The
/// only subsystem is `netconf`; there is no shell, no command and no forwarding.
@NullMarked
package io.chronoconf.agent.ssh;

import org.jspecify.annotations.NullMarked;
