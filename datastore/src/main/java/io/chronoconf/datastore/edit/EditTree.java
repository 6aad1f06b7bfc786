package io.chronoconf.datastore.edit;

import java.util.List;
import java.util.function.UnaryOperator;

/// An edit: what stands inside a `config` element, checked against the schema.
///
/// @param roots the top-level nodes in the order in which they were written
public record EditTree(List<EditNode> roots) {
  /// The edit that changes nothing.
  public static final EditTree EMPTY = new EditTree(List.of());

  public EditTree {
    roots = List.copyOf(roots);
  }

  public boolean isEmpty() {
    return roots.isEmpty();
  }

  /// The same edit with other leaves; this very object if none becomes another.
  ///
  /// @param change what a leaf becomes; it stays in its place
  public EditTree mapLeaves(UnaryOperator<EditNode.Leaf> change) {
    List<EditNode> changed = mapped(roots, change);
    return isSame(roots, changed) ? this : new EditTree(changed);
  }

  private static List<EditNode> mapped(List<EditNode> nodes, UnaryOperator<EditNode.Leaf> change) {
    return nodes.stream().map(node -> mapped(node, change)).toList();
  }

  private static EditNode mapped(EditNode node, UnaryOperator<EditNode.Leaf> change) {
    return switch (node) {
      case EditNode.Leaf leaf -> change.apply(leaf);
      case EditNode.Container at -> {
        List<EditNode> children = mapped(at.children(), change);
        yield isSame(at.children(), children)
            ? at
            : new EditNode.Container(at.schema(), at.operation(), children);
      }
      case EditNode.Entry at -> {
        List<EditNode> children = mapped(at.children(), change);
        yield isSame(at.children(), children)
            ? at
            : new EditNode.Entry(at.schema(), at.id(), at.operation(), at.insert(), children);
      }
      case EditNode.Item item -> item;
    };
  }

  @SuppressWarnings("ReferenceEquality") // What was not touched is the same object.
  private static boolean isSame(List<EditNode> before, List<EditNode> after) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != after.get(i)) {
        return false;
      }
    }
    return true;
  }
}
