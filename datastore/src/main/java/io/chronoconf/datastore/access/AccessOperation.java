package io.chronoconf.datastore.access;

import java.util.Locale;

/// What is done to a node or with an rpc (RFC 8341 section 3.2.2).
public enum AccessOperation {
  CREATE,
  READ,
  UPDATE,
  DELETE,
  EXEC;

  /// As `access-operations` has it.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
