package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.tree.NodeSchema;

/// One node of a subtree filter (RFC 6241 section 6.2), resolved to a schema node.
sealed interface Sibling {
  NodeSchema schema();

  /// Wants what the inner filter wants of the container, or of every entry of the list.
  record Containment(NodeSchema schema, SiblingSet inner) implements Sibling {}

  /// Wants its siblings only where the leaf has the value.
  ///
  /// @param value as trees hold it
  record ContentMatch(NodeSchema schema, Object value) implements Sibling {}

  /// Wants the node and everything in it.
  record Selection(NodeSchema schema) implements Sibling {}
}
