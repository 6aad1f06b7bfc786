package io.chronoconf.datastore.edit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Which parts of a tree some edits may have changed: what lets the difference between two trees
/// cost what the edits cost. Used by one thread.
public final class EditScope {
  private final Map<PathArgument, EditScope> inner = new HashMap<>();
  private boolean isWhole;

  /// The scope of everything.
  public static EditScope everything() {
    EditScope scope = new EditScope();
    scope.isWhole = true;
    return scope;
  }

  /// Adds what the request may change.
  public void add(EditRequest request) {
    isWhole |= request.defaultOperation() == EditOperation.REPLACE;
    addAll(request.edit().roots());
  }

  private void addAll(List<EditNode> nodes) {
    for (EditNode node : nodes) {
      // Setting a node of one case removes nodes of the others, which the edit does not name.
      isWhole |= !node.schema().choices().isEmpty();
      EditScope named = step(node.schema().id());
      boolean isMerge = node.operation().isEmpty() || node.operation().get() == EditOperation.MERGE;
      switch (node) {
        case EditNode.Container container -> named.addBelow(isMerge, container.children());
        case EditNode.Entry entry -> named.step(entry.id()).addBelow(isMerge, entry.children());
        case EditNode.Item item -> named.step(item.id()).isWhole = true;
        case EditNode.Leaf _ -> named.isWhole = true;
      }
    }
  }

  private void addBelow(boolean isMerge, List<EditNode> children) {
    isWhole |= !isMerge;
    addAll(children);
  }

  private EditScope step(PathArgument id) {
    return inner.computeIfAbsent(id, _ -> new EditScope());
  }

  boolean isWhole() {
    return isWhole;
  }

  Set<PathArgument> steps() {
    return inner.keySet();
  }

  EditScope at(PathArgument id) {
    @Nullable EditScope known = isWhole ? null : inner.get(id);
    return known == null ? everything() : known;
  }
}
