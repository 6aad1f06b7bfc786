package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.edit.EditNode.Insert;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// The edit that leads from one tree to another, by merge and remove alone. Shared subtrees are
/// passed over.
public final class EditDiff {
  private static final Optional<EditOperation> REMOVE = Optional.of(EditOperation.REMOVE);

  private EditDiff() {}

  /// Finds the difference.
  ///
  /// @param root the schema's root
  /// @param scope outside of which both are known to be equal
  public static EditTree between(
      NodeSchema root, ContainerNode before, ContainerNode after, EditScope scope) {
    return new EditTree(children(root, before, after, scope));
  }

  /// The whole tree as an edit.
  public static EditTree of(NodeSchema root, ContainerNode tree) {
    return new EditTree(children(root, null, tree, EditScope.everything()));
  }

  @SuppressWarnings("ReferenceEquality")
  private static List<EditNode> children(
      NodeSchema parent,
      @Nullable DataContainerNode before,
      @Nullable DataContainerNode after,
      EditScope scope) {
    List<EditNode> edits = new ArrayList<>();
    if (before == after) {
      return edits;
    }
    for (PathArgument id : scope.isWhole() ? present(before, after) : scope.steps()) {
      NodeSchema child = parent.child(id.getNodeType()).orElseThrow();
      if (!parent.keys().contains(child.name())) {
        child(child, get(before, child), get(after, child), scope.at(id), edits);
      }
    }
    return edits;
  }

  private static Set<PathArgument> present(
      @Nullable DataContainerNode before, @Nullable DataContainerNode after) {
    Set<PathArgument> ids = new LinkedHashSet<>();
    for (DataContainerNode node : new DataContainerNode[] {before, after}) {
      if (node != null) {
        DataChildren.all(node).forEach(child -> ids.add(child.name()));
      }
    }
    return ids;
  }

  private static @Nullable DataContainerChild get(
      @Nullable DataContainerNode parent, NodeSchema child) {
    return parent == null ? null : DataChildren.get(parent, child).orElse(null);
  }

  @SuppressWarnings("ReferenceEquality")
  private static void child(
      NodeSchema schema,
      @Nullable DataContainerChild before,
      @Nullable DataContainerChild after,
      EditScope scope,
      List<EditNode> edits) {
    if (before == after) {
      return;
    }
    switch (schema.kind()) {
      case LEAF, OPAQUE -> leaf(schema, before, after, edits);
      case CONTAINER -> container(schema, before, after, scope, edits);
      case LIST, LEAF_LIST -> {
        if (schema.isUserOrdered()) {
          ordered(schema, entries(before), entries(after), scope, edits);
        } else {
          for (PathArgument id : scope.isWhole() ? union(before, after) : scope.steps()) {
            entry(schema, id, entry(before, id), entry(after, id), scope.at(id), edits);
          }
        }
      }
      case ROOT -> throw new IllegalStateException("not configuration: " + schema);
    }
  }

  private static void leaf(
      NodeSchema schema,
      @Nullable DataContainerChild before,
      @Nullable DataContainerChild after,
      List<EditNode> edits) {
    if (after instanceof LeafNode<?> leaf) {
      if (!(before instanceof LeafNode<?> old) || !Objects.deepEquals(old.body(), leaf.body())) {
        edits.add(new EditNode.Leaf(schema, Optional.empty(), Optional.of(leaf.body())));
      }
    } else {
      edits.add(new EditNode.Leaf(schema, REMOVE, Optional.empty()));
    }
  }

  private static void container(
      NodeSchema schema,
      @Nullable DataContainerChild before,
      @Nullable DataContainerChild after,
      EditScope scope,
      List<EditNode> edits) {
    if (after == null) {
      edits.add(new EditNode.Container(schema, REMOVE, List.of()));
      return;
    }
    EditScope inner = before == null ? EditScope.everything() : scope;
    List<EditNode> changes = children(schema, (ContainerNode) before, (ContainerNode) after, inner);
    if (!changes.isEmpty() || before == null) {
      edits.add(new EditNode.Container(schema, Optional.empty(), changes));
    }
  }

  // Entries that are only moved are listed too; the steps replay one after the other.
  private static void ordered(
      NodeSchema schema,
      Map<PathArgument, NormalizedNode> old,
      Map<PathArgument, NormalizedNode> fresh,
      EditScope scope,
      List<EditNode> edits) {
    List<PathArgument> order = new ArrayList<>(old.size());
    for (PathArgument id : old.keySet()) {
      if (fresh.containsKey(id)) {
        order.add(id);
      } else {
        entry(schema, id, old.get(id), null, EditScope.everything(), edits);
      }
    }
    int at = 0;
    PathArgument last = null;
    for (Map.Entry<PathArgument, NormalizedNode> entry : fresh.entrySet()) {
      PathArgument id = entry.getKey();
      boolean isInPlace = at < order.size() ? order.get(at).equals(id) : !old.containsKey(id);
      if (isInPlace && old.containsKey(id)) {
        entry(schema, id, old.get(id), entry.getValue(), scope.at(id), edits);
      } else {
        Insert insert = last == null ? new Insert.First() : new Insert.After(last);
        Optional<Insert> where = isInPlace ? Optional.empty() : Optional.of(insert);
        moved(schema, id, old.get(id), entry.getValue(), where, edits);
        // To look for what is not there would make long lists cost the square of their length.
        if (old.containsKey(id)) {
          order.remove(id);
        }
        order.add(at, id);
      }
      last = id;
      at++;
    }
  }

  private static void moved(
      NodeSchema schema,
      PathArgument id,
      @Nullable NormalizedNode before,
      NormalizedNode after,
      Optional<Insert> where,
      List<EditNode> edits) {
    if (id instanceof NodeIdentifierWithPredicates keys) {
      List<EditNode> changes =
          children(
              schema,
              (DataContainerNode) before,
              (DataContainerNode) after,
              EditScope.everything());
      edits.add(new EditNode.Entry(schema, keys, Optional.empty(), where, changes));
    } else if (id instanceof NodeWithValue<?> value) {
      edits.add(new EditNode.Item(schema, value, Optional.empty(), where));
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static void entry(
      NodeSchema schema,
      PathArgument id,
      @Nullable NormalizedNode before,
      @Nullable NormalizedNode after,
      EditScope scope,
      List<EditNode> edits) {
    if (before == after) {
      return;
    }
    Optional<EditOperation> operation = after == null ? REMOVE : Optional.empty();
    if (id instanceof NodeWithValue<?> value) {
      if (before == null || after == null) {
        edits.add(new EditNode.Item(schema, value, operation, Optional.empty()));
      }
    } else if (id instanceof NodeIdentifierWithPredicates keys) {
      List<EditNode> changes =
          after == null
              ? List.of()
              : children(
                  schema,
                  (DataContainerNode) before,
                  (DataContainerNode) after,
                  before == null ? EditScope.everything() : scope);
      if (before == null || after == null || !changes.isEmpty()) {
        edits.add(new EditNode.Entry(schema, keys, operation, Optional.empty(), changes));
      }
    }
  }

  private static Map<PathArgument, NormalizedNode> entries(@Nullable DataContainerChild list) {
    Collection<? extends NormalizedNode> body =
        switch (list) {
          case MapNode map -> map.body();
          case LeafSetNode<?> set -> set.body();
          case null, default -> List.of();
        };
    Map<PathArgument, NormalizedNode> entries = new LinkedHashMap<>();
    body.forEach(entry -> entries.put(entry.name(), entry));
    return entries;
  }

  private static @Nullable NormalizedNode entry(
      @Nullable DataContainerChild list, PathArgument id) {
    return switch (list) {
      case MapNode map when id instanceof NodeIdentifierWithPredicates keys -> map.childByArg(keys);
      case LeafSetNode<?> set when id instanceof NodeWithValue<?> value -> set.childByArg(value);
      case null, default -> null;
    };
  }

  private static Set<PathArgument> union(
      @Nullable DataContainerChild before, @Nullable DataContainerChild after) {
    Set<PathArgument> ids = new LinkedHashSet<>(entries(before).keySet());
    ids.addAll(entries(after).keySet());
    return ids;
  }
}
