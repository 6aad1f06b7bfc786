/// NETCONF sessions (RFC 6241 sections 3 and 8.1). [NetconfSession] is the protocol without I/O:
///
/// ```text
/// SessionOutput = SwitchToChunked | Perform(rpc) | Answer(refusal) | End(reason)
/// ```
///
/// [SessionDriver] feeds it on one virtual thread per session and performs what comes out, one
/// output after the other, so replies leave in the order of the requests. [SessionRegistry] knows
/// all sessions; [NetconfServer] ties these to the datastores.
@NullMarked
package io.chronoconf.agent.netconf.session;

import org.jspecify.annotations.NullMarked;
