package io.chronoconf.datastore.access;

import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;

/// Finds the first node of a change that a user may not change so (RFC 8341 section 3.2.5). What
/// goes with a node that is deleted has to be deletable itself. Containers that say nothing by
/// being there are neither created nor deleted.
final class WriteCheck {
  private final UserAccess access;

  WriteCheck(UserAccess access) {
    this.access = access;
  }

  /// What is refused.
  record Denial(AccessOperation operation, DataPath path) {}

  /// @param before the tree that the change is to be made to
  /// @param change by merges and removals alone
  Optional<Denial> find(NodeSchema root, ContainerNode before, EditTree change) {
    return inside(DataPath.root(root), before, change.roots());
  }

  /// Finds the first node that is to be created or deleted by name without the right to it. Asked
  /// before anything is looked up: who may not write must not learn by data-exists or data-missing
  /// what there is.
  Optional<Denial> findRequested(NodeSchema root, EditTree request) {
    return requested(DataPath.root(root), request.roots());
  }

  private Optional<Denial> requested(DataPath parent, List<EditNode> nodes) {
    for (EditNode node : nodes) {
      DataPath path = path(parent, node);
      Optional<Denial> denial =
          switch (node.operation().orElse(EditOperation.MERGE)) {
            case CREATE -> denied(AccessOperation.CREATE, path);
            case DELETE -> denied(AccessOperation.DELETE, path);
            case MERGE, REPLACE, REMOVE, NONE -> Optional.empty();
          };
      List<EditNode> children =
          switch (node) {
            case EditNode.Container container -> container.children();
            case EditNode.Entry entry -> entry.children();
            case EditNode.Leaf _, EditNode.Item _ -> List.of();
          };
      denial = denial.or(() -> requested(path, children));
      if (denial.isPresent()) {
        return denial;
      }
    }
    return Optional.empty();
  }

  private static DataPath path(DataPath parent, EditNode node) {
    return switch (node) {
      case EditNode.Entry entry -> parent.entry(entry.schema(), entry.id());
      case EditNode.Item item -> parent.item(item.schema(), item.id());
      case EditNode.Container _, EditNode.Leaf _ -> parent.child(node.schema());
    };
  }

  private Optional<Denial> inside(
      DataPath path, @Nullable DataContainerNode before, List<EditNode> changes) {
    for (EditNode change : changes) {
      Optional<Denial> denial = change(path, before, change);
      if (denial.isPresent()) {
        return denial;
      }
    }
    return Optional.empty();
  }

  private Optional<Denial> change(
      DataPath parent, @Nullable DataContainerNode before, EditNode change) {
    NodeSchema schema = change.schema();
    DataContainerChild old = before == null ? null : DataChildren.get(before, schema).orElse(null);
    boolean isRemoval = change.operation().filter(EditOperation.REMOVE::equals).isPresent();
    if (isRemoval) {
      return old == null ? Optional.empty() : removal(parent, change, old);
    }
    return switch (change) {
      case EditNode.Container container -> {
        DataPath path = parent.child(schema);
        yield (old == null && schema.isPresence()
                ? denied(AccessOperation.CREATE, path)
                : Optional.<Denial>empty())
            .or(() -> inside(path, (ContainerNode) old, container.children()));
      }
      case EditNode.Entry entry -> {
        DataPath path = parent.entry(schema, entry.id());
        MapEntryNode existing = entry(old, entry.id());
        yield (existing == null
                ? denied(AccessOperation.CREATE, path)
                : entry.insert().isPresent()
                    ? denied(AccessOperation.UPDATE, path)
                    : Optional.<Denial>empty())
            .or(() -> inside(path, existing, entry.children()));
      }
      case EditNode.Leaf _ ->
          denied(
              old == null ? AccessOperation.CREATE : AccessOperation.UPDATE, parent.child(schema));
      case EditNode.Item item -> {
        boolean exists =
            old instanceof LeafSetNode<?> set && set.childByArg((NodeWithValue) item.id()) != null;
        yield denied(
            exists ? AccessOperation.UPDATE : AccessOperation.CREATE,
            parent.item(schema, item.id()));
      }
    };
  }

  private Optional<Denial> removal(DataPath parent, EditNode change, DataContainerChild old) {
    NodeSchema schema = change.schema();
    return switch (change) {
      case EditNode.Entry entry -> {
        MapEntryNode existing = entry(old, entry.id());
        yield existing == null
            ? Optional.empty()
            : removed(parent.entry(schema, entry.id()), existing);
      }
      case EditNode.Item item -> denied(AccessOperation.DELETE, parent.item(schema, item.id()));
      case EditNode.Container _, EditNode.Leaf _ -> removed(schema, parent, old);
    };
  }

  private Optional<Denial> removed(NodeSchema schema, DataPath parent, DataContainerChild old) {
    return switch (old) {
      case ContainerNode container -> {
        DataPath path = parent.child(schema);
        yield schema.isPresence() ? removed(path, container) : removedInside(path, container);
      }
      case MapNode map ->
          first(map.body().stream().map(e -> removed(parent.entry(schema, e.name()), e)).toList());
      case LeafSetNode<?> set -> {
        for (LeafSetEntryNode<?> item : set.body()) {
          Optional<Denial> denial =
              denied(AccessOperation.DELETE, parent.item(schema, item.name()));
          if (denial.isPresent()) {
            yield denial;
          }
        }
        yield Optional.empty();
      }
      default -> denied(AccessOperation.DELETE, parent.child(schema));
    };
  }

  private Optional<Denial> removed(DataPath path, DataContainerNode node) {
    return denied(AccessOperation.DELETE, path).or(() -> removedInside(path, node));
  }

  private Optional<Denial> removedInside(DataPath path, DataContainerNode node) {
    NodeSchema schema = path.schema();
    for (DataContainerChild child : DataChildren.all(node)) {
      NodeSchema ofChild = schema.child(child.name().getNodeType()).orElseThrow();
      if (!schema.keys().contains(ofChild.name())) {
        Optional<Denial> denial = removed(ofChild, path, child);
        if (denial.isPresent()) {
          return denial;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Denial> first(List<Optional<Denial>> denials) {
    return denials.stream().flatMap(Optional::stream).findFirst();
  }

  private Optional<Denial> denied(AccessOperation operation, DataPath path) {
    return access.permits(operation, path)
        ? Optional.empty()
        : Optional.of(new Denial(operation, path));
  }

  private static @Nullable MapEntryNode entry(
      @Nullable DataContainerChild list, NodeIdentifierWithPredicates id) {
    return list instanceof MapNode map ? map.childByArg(id) : null;
  }
}
