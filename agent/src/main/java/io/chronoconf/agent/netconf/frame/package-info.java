/// RFC 6242 framing: bytes of a transport into whole messages and back. No I/O, no threads, no
/// clocks; a decoder or encoder belongs to one session.
@NullMarked
package io.chronoconf.agent.netconf.frame;

import org.jspecify.annotations.NullMarked;
