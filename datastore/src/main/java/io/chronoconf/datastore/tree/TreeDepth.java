package io.chronoconf.datastore.tree;

import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Cuts trees off below some level, as max-depth wants it (RFC 8526 section 3.1.1). A node is one
/// level, its children are the next; entries keep their keys, without which they would be others.
public final class TreeDepth {
  /// No limit.
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private TreeDepth() {}

  /// The tree of which every child has that many levels.
  ///
  /// @param schema of the root
  /// @param levels of the children, from 1
  public static ContainerNode cutBelow(NodeSchema schema, ContainerNode root, int levels) {
    return levels == UNBOUNDED ? root : container(schema, root, levels + 1);
  }

  /// The node with that many levels.
  ///
  /// @param levels from 1, which is the node without children
  public static DataContainerChild cut(NodeSchema schema, DataContainerChild node, int levels) {
    if (levels == UNBOUNDED) {
      return node;
    }
    return switch (node) {
      case ContainerNode container -> container(schema, container, levels);
      case MapNode list -> {
        MapNode.Builder<?> builder =
            schema.isUserOrdered() ? NODES.newUserMapBuilder() : NODES.newSystemMapBuilder();
        builder.withNodeIdentifier(schema.id());
        list.body().forEach(entry -> builder.withChild(entry(schema, entry, levels)));
        yield builder.build();
      }
      case UnkeyedListNode list -> {
        UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
        builder.withNodeIdentifier(schema.id());
        list.body().forEach(entry -> builder.withChild(entry(schema, entry, levels)));
        yield builder.build();
      }
      default -> node;
    };
  }

  private static ContainerNode container(NodeSchema schema, ContainerNode node, int levels) {
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(node.name());
    children(schema, node, levels).into(builder);
    return builder.build();
  }

  /// The entry with that many levels.
  public static MapEntryNode entry(NodeSchema schema, MapEntryNode entry, int levels) {
    DataAssembler inside = children(schema, entry, levels);
    for (QName name : schema.keys()) {
      NodeSchema key = schema.child(name).orElseThrow();
      DataChildren.get(entry, key).ifPresent(leaf -> inside.put(key, leaf));
    }
    MapEntryNode.Builder builder = NODES.newMapEntryBuilder();
    builder.withNodeIdentifier(entry.name());
    inside.into(builder);
    return builder.build();
  }

  /// The entry with that many levels.
  public static UnkeyedListEntryNode entry(
      NodeSchema schema, UnkeyedListEntryNode entry, int levels) {
    UnkeyedListEntryNode.Builder builder = NODES.newUnkeyedListEntryBuilder();
    builder.withNodeIdentifier(schema.id());
    children(schema, entry, levels).into(builder);
    return builder.build();
  }

  private static DataAssembler children(NodeSchema schema, DataContainerNode node, int levels) {
    DataAssembler children = new DataAssembler();
    if (levels > 1) {
      for (DataContainerChild child : DataChildren.all(node)) {
        NodeSchema ofChild = schema.child(child.name().getNodeType()).orElseThrow();
        children.put(ofChild, cut(ofChild, child, levels - 1));
      }
    }
    return children;
  }
}
