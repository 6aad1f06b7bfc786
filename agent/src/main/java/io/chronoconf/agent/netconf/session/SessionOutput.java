package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.message.Rpc;
import io.chronoconf.agent.netconf.message.RpcMessage;

/// What the driver of a session has to do next.
public sealed interface SessionOutput {
  /// Frame everything from now on in chunks.
  record SwitchToChunked() implements SessionOutput {}

  /// Do it and send the reply.
  record Perform(Rpc rpc) implements SessionOutput {}

  /// Send the refusal.
  record Answer(RpcMessage.Refused refused) implements SessionOutput {}

  /// Close the transport.
  record End(TerminationReason reason) implements SessionOutput {}
}
