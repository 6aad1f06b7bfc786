package io.chronoconf.datastore.error;

import java.util.List;

/// Carries refusals up to the one place that writes them into the reply.
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<RpcError> errors;

  /// @param errors at least one
  public RpcException(List<RpcError> errors) {
    super(errors.getFirst().message());
    this.errors = List.copyOf(errors);
  }

  public List<RpcError> errors() {
    return errors;
  }
}
