package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.tree.NodeSchema;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// One data node of an edit. Choices and cases do not show, as on the wire.
public sealed interface EditNode {
  NodeSchema schema();

  /// The operation written on this very node; without one, the nearest above counts.
  Optional<EditOperation> operation();

  /// A container.
  record Container(NodeSchema schema, Optional<EditOperation> operation, List<EditNode> children)
      implements EditNode {
    public Container {
      children = List.copyOf(children);
    }
  }

  /// A list entry.
  ///
  /// @param id its keys, in schema order
  /// @param insert where it goes in a user-ordered list, if that was said
  /// @param children all but the keys
  record Entry(
      NodeSchema schema,
      NodeIdentifierWithPredicates id,
      Optional<EditOperation> operation,
      Optional<Insert> insert,
      List<EditNode> children)
      implements EditNode {
    public Entry {
      children = List.copyOf(children);
    }
  }

  /// A leaf.
  ///
  /// @param value absent only under delete, remove and none, where none is needed
  record Leaf(NodeSchema schema, Optional<EditOperation> operation, Optional<Object> value)
      implements EditNode {}

  /// One value of a leaf-list.
  ///
  /// @param insert where it goes in a user-ordered leaf-list, if that was said
  record Item(
      NodeSchema schema,
      NodeWithValue<?> id,
      Optional<EditOperation> operation,
      Optional<Insert> insert)
      implements EditNode {}

  /// Where an entry goes (RFC 7950 sections 7.7.9 and 7.8.6).
  sealed interface Insert {
    record First() implements Insert {}

    record Last() implements Insert {}

    record Before(PathArgument target) implements Insert {}

    record After(PathArgument target) implements Insert {}
  }
}
