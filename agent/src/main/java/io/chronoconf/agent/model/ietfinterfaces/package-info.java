/// RFC 8343's interfaces: configured names that stand for devices of the host, and what the kernel
/// says of all of them. Nothing here changes the host.
@NullMarked
package io.chronoconf.agent.model.ietfinterfaces;

import org.jspecify.annotations.NullMarked;
