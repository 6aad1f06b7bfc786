package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;

/// Says what a difference between two trees did, by its topmost nodes: what was created, deleted,
/// or got another value.
public final class EditSummary {
  private final List<Change> changes = new ArrayList<>();

  private EditSummary() {}

  /// One change.
  ///
  /// @param target the topmost node concerned
  /// @param operation create or delete of a node with all in it, replace of a leaf's value, merge
  ///   for an entry that was moved
  public record Change(DataPath target, EditOperation operation) {}

  /// The changes in the order of the difference.
  ///
  /// @param root the schema's root
  /// @param before the tree to which the difference was made
  /// @param difference as [EditDiff] finds it
  public static List<Change> of(NodeSchema root, ContainerNode before, EditTree difference) {
    EditSummary summary = new EditSummary();
    difference.roots().forEach(edit -> summary.add(DataPath.root(root), before, edit));
    return List.copyOf(summary.changes);
  }

  private void add(DataPath parent, DataContainerNode before, EditNode edit) {
    @Nullable DataContainerChild old = DataChildren.get(before, edit.schema()).orElse(null);
    switch (edit) {
      case EditNode.Leaf leaf -> {
        DataPath path = parent.child(leaf.schema());
        put(path, leaf, old != null ? EditOperation.REPLACE : EditOperation.CREATE);
      }
      case EditNode.Container container -> {
        DataPath path = parent.child(container.schema());
        if (old instanceof ContainerNode node && container.operation().isEmpty()) {
          container.children().forEach(child -> add(path, node, child));
        } else {
          put(path, container, EditOperation.CREATE);
        }
      }
      case EditNode.Entry entry -> add(parent.entry(entry.schema(), entry.id()), old, entry);
      case EditNode.Item item ->
          put(
              parent.item(item.schema(), item.id()),
              item,
              has(old, item.id()) ? EditOperation.MERGE : EditOperation.CREATE);
    }
  }

  private void add(DataPath path, @Nullable DataContainerChild list, EditNode.Entry entry) {
    Optional<? extends DataContainerNode> old = entry(list, entry.id());
    if (old.isEmpty() || entry.operation().isPresent()) {
      put(path, entry, EditOperation.CREATE);
      return;
    }
    if (entry.insert().isPresent()) {
      put(path, entry, EditOperation.MERGE);
    }
    entry.children().forEach(child -> add(path, old.get(), child));
  }

  /// @param otherwise what was done if nothing was removed
  private void put(DataPath path, EditNode edit, EditOperation otherwise) {
    boolean isRemoved = edit.operation().filter(EditOperation::isDeletion).isPresent();
    changes.add(new Change(path, isRemoved ? EditOperation.DELETE : otherwise));
  }

  private static Optional<? extends DataContainerNode> entry(
      @Nullable DataContainerChild list, NodeIdentifierWithPredicates id) {
    return list instanceof MapNode map ? Optional.ofNullable(map.childByArg(id)) : Optional.empty();
  }

  private static boolean has(@Nullable DataContainerChild leafList, NodeWithValue<?> id) {
    return leafList instanceof LeafSetNode<?> set && set.childByArg(id) != null;
  }
}
