package io.chronoconf.datastore.change;

import io.chronoconf.datastore.tree.DataPath;
import java.util.Locale;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// One edit that leads from one tree towards another.
///
/// @param target the node concerned
/// @param operation what happens to it
/// @param value the node as it is afterwards; empty if it is deleted or only moved
/// @param after for what is inserted or moved, the entry or value before it; empty if it comes
///   first
public record TreeChange(
    DataPath target,
    Operation operation,
    Optional<NormalizedNode> value,
    Optional<DataPath> after) {
  /// The operations of YANG Patch that a difference needs.
  public enum Operation {
    CREATE,
    DELETE,
    /// A new entry or value in an order that users set.
    INSERT,
    MOVE,
    REPLACE;

    /// The value on the wire.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
