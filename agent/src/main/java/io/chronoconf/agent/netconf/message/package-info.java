/// The XML of NETCONF messages: hello, rpc and rpc-reply (RFC 6241 sections 4 and 8.1). Each form
/// is read once into records and written once out of records; nothing here does I/O or keeps state.
///
/// ```text
/// RpcMessage = Accepted(Rpc) | Refused(envelope?, errors)
/// Rpc        = RpcEnvelope Operation
/// Reply      = Ok | Refused(errors) | Data(tree, filter?) | Schema(text) | Output(rpc, nodes)
/// ```
@NullMarked
package io.chronoconf.agent.netconf.message;

import org.jspecify.annotations.NullMarked;
