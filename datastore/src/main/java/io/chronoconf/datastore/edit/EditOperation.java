package io.chronoconf.datastore.edit;

import java.util.Locale;
import java.util.Optional;

/// What an edit does to the node it stands on (RFC 6241 section 7.2).
public enum EditOperation {
  MERGE,
  REPLACE,
  CREATE,
  DELETE,
  REMOVE,
  /// Only the default operation can be this: go through the node, which must exist.
  NONE;

  /// The attribute value on the wire.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The operation that an `operation` attribute names; empty for a bad one. `none` is a bad one.
  public static Optional<EditOperation> fromAttribute(String text) {
    for (EditOperation operation : values()) {
      if (operation != NONE && operation.wire().equals(text)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }

  boolean isDeletion() {
    return this == DELETE || this == REMOVE;
  }
}
