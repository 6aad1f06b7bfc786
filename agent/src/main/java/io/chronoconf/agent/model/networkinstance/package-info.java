/// RFC 8529's network instances, which are the VPN instances of the host: how it knows each.
@NullMarked
package io.chronoconf.agent.model.networkinstance;

import org.jspecify.annotations.NullMarked;
