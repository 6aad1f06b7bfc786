package io.chronoconf.datastore.edit;

import java.util.List;

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
}
