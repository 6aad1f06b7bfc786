/// The configuration of this NETCONF server's own transports (`chronoconf-netconf-server`).
@NullMarked
package io.chronoconf.agent.model.netconfserver;

import org.jspecify.annotations.NullMarked;
