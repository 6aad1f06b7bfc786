package io.chronoconf.datastore.change;

import io.chronoconf.datastore.change.TreeChange.Operation;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Finds the difference of two trees, configuration and state alike, by its topmost nodes. Done in
/// their order, the changes lead from the one tree to the other. Shared subtrees are passed over.
public final class TreeChanges {
  private final List<TreeChange> changes = new ArrayList<>();

  private TreeChanges() {}

  /// Finds the difference.
  ///
  /// @param root the schema's root
  public static List<TreeChange> between(
      NodeSchema root, ContainerNode before, ContainerNode after) {
    TreeChanges found = new TreeChanges();
    found.children(root, DataPath.root(root), before, after);
    return List.copyOf(found.changes);
  }

  private void children(
      NodeSchema schema, DataPath path, DataContainerNode before, DataContainerNode after) {
    for (NodeSchema child : schema.children()) {
      if (!schema.keys().contains(child.name())) {
        child(
            child,
            path,
            DataChildren.get(before, child).orElse(null),
            DataChildren.get(after, child).orElse(null));
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void child(
      NodeSchema schema,
      DataPath parent,
      @Nullable DataContainerChild before,
      @Nullable DataContainerChild after) {
    if (before == after) {
      return;
    }
    switch (schema.kind()) {
      case LIST, LEAF_LIST -> {
        if (schema.kind() == NodeSchema.Kind.LIST && schema.keys().isEmpty()) {
          single(schema, parent.child(schema), before, after);
        } else {
          entries(schema, parent, before, after);
        }
      }
      case LEAF, CONTAINER, OPAQUE -> single(schema, parent.child(schema), before, after);
      case ROOT -> throw new IllegalStateException("no child is the root");
    }
  }

  // Entries without keys cannot be told apart: their list is one value.
  private void single(
      NodeSchema schema,
      DataPath path,
      @Nullable DataContainerChild before,
      @Nullable DataContainerChild after) {
    if (after == null) {
      add(path, Operation.DELETE, null, null);
    } else if (before == null) {
      add(path, Operation.CREATE, after, null);
    } else if (before instanceof ContainerNode old && after instanceof ContainerNode now) {
      children(schema, path, old, now);
    } else if (!before.equals(after)) {
      add(path, Operation.REPLACE, after, null);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void entries(
      NodeSchema schema,
      DataPath parent,
      @Nullable DataContainerChild before,
      @Nullable DataContainerChild after) {
    Map<PathArgument, NormalizedNode> old = entries(before);
    Map<PathArgument, NormalizedNode> now = entries(after);
    List<PathArgument> order = new ArrayList<>();
    for (PathArgument id : old.keySet()) {
      if (now.containsKey(id)) {
        order.add(id);
      } else {
        add(path(schema, parent, id), Operation.DELETE, null, null);
      }
    }
    PathArgument previous = null;
    int at = 0;
    for (Map.Entry<PathArgument, NormalizedNode> entry : now.entrySet()) {
      PathArgument id = entry.getKey();
      DataPath path = path(schema, parent, id);
      @Nullable DataPath point = previous == null ? null : path(schema, parent, previous);
      NormalizedNode was = old.get(id);
      if (!schema.isUserOrdered()) {
        if (was == null) {
          add(path, Operation.CREATE, entry.getValue(), null);
        }
      } else if (was == null) {
        add(path, Operation.INSERT, entry.getValue(), point);
        order.add(at, id);
      } else if (!order.get(at).equals(id)) {
        add(path, Operation.MOVE, null, point);
        order.remove(id);
        order.add(at, id);
      }
      if (was instanceof DataContainerNode from
          && entry.getValue() instanceof DataContainerNode to
          && from != to) {
        children(schema, path, from, to);
      }
      previous = id;
      at++;
    }
  }

  private static Map<PathArgument, NormalizedNode> entries(@Nullable DataContainerChild list) {
    Map<PathArgument, NormalizedNode> entries = new LinkedHashMap<>();
    if (list instanceof DistinctNodeContainer<?, ?> container) {
      Collection<? extends NormalizedNode> body = container.body();
      body.forEach(entry -> entries.put(entry.name(), entry));
    }
    return entries;
  }

  private static DataPath path(NodeSchema schema, DataPath parent, PathArgument id) {
    return switch (id) {
      case NodeIdentifierWithPredicates keys -> parent.entry(schema, keys);
      case NodeWithValue<?> item -> parent.item(schema, item);
      default -> throw new IllegalStateException("no entry: " + id);
    };
  }

  private void add(
      DataPath target,
      Operation operation,
      @Nullable NormalizedNode value,
      @Nullable DataPath after) {
    changes.add(
        new TreeChange(target, operation, Optional.ofNullable(value), Optional.ofNullable(after)));
  }
}
