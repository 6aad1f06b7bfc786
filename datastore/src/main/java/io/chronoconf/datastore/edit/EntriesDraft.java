package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.edit.EditNode.Insert;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;

/// The entries of a list or the values of a leaf-list while an edit changes them. Where the system
/// orders, the cost follows the number of entries changed; where the user orders, one pass over all
/// is made. Used by one thread.
final class EntriesDraft {
  private final NodeSchema schema;
  private final @Nullable DataContainerChild original;
  private final Map<PathArgument, Optional<NormalizedNode>> changes = new LinkedHashMap<>();
  private @Nullable EntryOrder order;

  /// @param original a map or leaf-set node, or null for none
  EntriesDraft(NodeSchema schema, @Nullable DataContainerChild original) {
    this.schema = schema;
    this.original = original;
  }

  @Nullable NormalizedNode get(PathArgument id) {
    Optional<NormalizedNode> change = changes.get(id);
    if (change != null) {
      return change.orElse(null);
    }
    return switch (original) {
      case MapNode map when id instanceof NodeIdentifierWithPredicates keys -> map.childByArg(keys);
      case LeafSetNode<?> set when id instanceof NodeWithValue<?> value -> set.childByArg(value);
      case null, default -> null;
    };
  }

  /// Sets an entry; a new one goes last.
  @SuppressWarnings("ReferenceEquality")
  void put(PathArgument id, NormalizedNode node) {
    NormalizedNode known = get(id);
    if (known == node) {
      return;
    }
    Optional<EntryOrder> all = order();
    if (known == null) {
      all.ifPresent(order -> order.addLast(id));
    }
    changes.put(id, Optional.of(node));
  }

  void remove(PathArgument id) {
    if (get(id) != null) {
      order().ifPresent(all -> all.remove(id));
      changes.put(id, Optional.empty());
    }
  }

  /// Moves an entry that exists; so does the target, if one is named.
  void move(PathArgument id, Insert where) {
    order()
        .ifPresent(
            all -> {
              switch (where) {
                case Insert.First _ -> all.moveFirst(id);
                case Insert.Last _ -> all.moveLast(id);
                case Insert.Before before -> all.moveBefore(id, before.target());
                case Insert.After after -> all.moveAfter(id, after.target());
              }
            });
  }

  /// The result; null if no entry is left.
  @Nullable DataContainerChild build() {
    if (changes.isEmpty() && order == null) {
      return original;
    }
    DataContainerChild built =
        switch (schema.kind()) {
          case LIST -> order == null ? systemMap() : userMap(order);
          case LEAF_LIST -> order == null ? systemLeafSet() : userLeafSet(order);
          case ROOT, CONTAINER, LEAF, OPAQUE -> throw new IllegalStateException(schema.toString());
        };
    return isEmpty(built) ? null : built;
  }

  private static boolean isEmpty(DataContainerChild built) {
    return switch (built) {
      case MapNode map -> map.isEmpty();
      case LeafSetNode<?> set -> set.isEmpty();
      default -> false;
    };
  }

  private MapNode systemMap() {
    SystemMapNode.Builder builder =
        original instanceof SystemMapNode map
            ? NodeDraft.NODES.newSystemMapBuilder(map)
            : NodeDraft.NODES.newSystemMapBuilder();
    builder.withNodeIdentifier(schema.id());
    changes.forEach(
        (id, node) -> {
          if (node.orElse(null) instanceof MapEntryNode entry) {
            builder.withChild(entry);
          } else {
            builder.withoutChild(id);
          }
        });
    return builder.build();
  }

  private MapNode userMap(EntryOrder all) {
    UserMapNode.Builder builder = NodeDraft.NODES.newUserMapBuilder(all.size());
    builder.withNodeIdentifier(schema.id());
    all.forEach(
        id -> {
          if (get(id) instanceof MapEntryNode entry) {
            builder.withChild(entry);
          }
        });
    return builder.build();
  }

  private LeafSetNode<Object> systemLeafSet() {
    SystemLeafSetNode.Builder<Object> builder =
        original instanceof SystemLeafSetNode<?> set
            ? NodeDraft.NODES.newSystemLeafSetBuilder(objects(set))
            : NodeDraft.NODES.newSystemLeafSetBuilder();
    builder.withNodeIdentifier(schema.id());
    changes.forEach(
        (id, node) -> {
          if (node.orElse(null) instanceof LeafSetEntryNode<?> entry) {
            builder.withChildValue(entry.body());
          } else {
            builder.withoutChild(id);
          }
        });
    return builder.build();
  }

  // What kind of values a leaf-list keeps does not matter for copying it.
  @SuppressWarnings("unchecked")
  private static SystemLeafSetNode<Object> objects(SystemLeafSetNode<?> set) {
    return (SystemLeafSetNode<Object>) set;
  }

  private LeafSetNode<Object> userLeafSet(EntryOrder all) {
    UserLeafSetNode.Builder<Object> builder = NodeDraft.NODES.newUserLeafSetBuilder(all.size());
    builder.withNodeIdentifier(schema.id());
    all.forEach(
        id -> {
          if (id instanceof NodeWithValue<?> value) {
            builder.withChildValue(value.getValue());
          }
        });
    return builder.build();
  }

  // Only user-ordered entries have an order; it is loaded when it first matters.
  private Optional<EntryOrder> order() {
    if (order == null && schema.isUserOrdered()) {
      EntryOrder all = new EntryOrder();
      switch (original) {
        case MapNode map -> map.body().forEach(entry -> all.addLast(entry.name()));
        case LeafSetNode<?> set -> set.body().forEach(entry -> all.addLast(entry.name()));
        case null, default -> {}
      }
      order = all;
    }
    return Optional.ofNullable(order);
  }
}
