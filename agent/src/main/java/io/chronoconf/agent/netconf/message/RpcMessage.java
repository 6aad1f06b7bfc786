package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.RpcError;
import java.util.List;
import java.util.Optional;

/// What became of a message when it was read.
public sealed interface RpcMessage {
  /// A request to perform.
  record Accepted(Rpc rpc) implements RpcMessage {}

  /// A message to answer with errors.
  ///
  /// @param envelope what the reply echoes; empty if the message was no rpc
  record Refused(Optional<RpcEnvelope> envelope, List<RpcError> errors) implements RpcMessage {
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
