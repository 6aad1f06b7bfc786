package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.tree.DataAssembler;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.TreeDepth;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// The part of a tree that a subtree filter wants, as a tree: just what [DataWriter] would write.
/// What is wanted whole is shared.
final class SubtreeSelection {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private final int levels;

  private SubtreeSelection(int levels) {
    this.levels = levels;
  }

  /// @param levels how deep the selected nodes are shown: 1 is without their children
  static ContainerNode of(NodeSchema root, ContainerNode tree, SiblingSet top, int levels) {
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(tree.name());
    new SubtreeSelection(levels).children(builder, root, tree, new Wanted.Parts(List.of(top)));
    return builder.build();
  }

  /// @return whether anything was wanted
  private boolean children(
      DataContainerNodeBuilder<?, ?> builder,
      NodeSchema schema,
      DataContainerNode node,
      Wanted wanted) {
    DataAssembler left = new DataAssembler();
    boolean isAny = false;
    for (NodeSchema child : schema.children()) {
      if (schema.keys().contains(child.name())) {
        isAny |= wanted.of(child) instanceof Wanted.Whole;
        continue;
      }
      Optional<DataContainerChild> part =
          DataChildren.get(node, child).flatMap(data -> part(child, data, wanted));
      if (part.isPresent()) {
        left.put(child, part.get());
        isAny = true;
      }
    }
    left.into(builder);
    return isAny;
  }

  private Optional<DataContainerChild> part(
      NodeSchema schema, DataContainerChild data, Wanted ofParent) {
    Wanted wanted = ofParent.of(schema);
    if (wanted instanceof Wanted.Whole) {
      return Optional.of(TreeDepth.cut(schema, data, levels));
    }
    return switch (data) {
      case LeafNode<?> _ -> Optional.empty();
      case LeafSetNode<?> items -> items(schema, items, ofParent);
      case ContainerNode container -> container(schema, container, wanted);
      case MapNode list -> list(schema, list, wanted);
      case UnkeyedListNode list -> list(schema, list, wanted);
      default -> Optional.empty();
    };
  }

  private static Optional<DataContainerChild> items(
      NodeSchema schema, LeafSetNode<?> items, Wanted ofParent) {
    LeafSetNode.Builder<Object, ?> builder =
        schema.isUserOrdered() ? NODES.newUserLeafSetBuilder() : NODES.newSystemLeafSetBuilder();
    builder.withNodeIdentifier(schema.id());
    boolean isAny = false;
    for (LeafSetEntryNode<?> item : items.body()) {
      if (ofParent.hasItem(schema, item.body())) {
        builder.withChildValue(item.body());
        isAny = true;
      }
    }
    return isAny ? Optional.of(builder.build()) : Optional.empty();
  }

  private Optional<DataContainerChild> container(
      NodeSchema schema, ContainerNode container, Wanted wanted) {
    Wanted inside = wanted.in(container);
    if (inside instanceof Wanted.Whole) {
      return Optional.of((ContainerNode) TreeDepth.cut(schema, container, levels));
    }
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(container.name());
    boolean isWanted = children(builder, schema, container, inside) || isMatched(inside);
    return isWanted ? Optional.of(builder.build()) : Optional.empty();
  }

  private Optional<DataContainerChild> list(NodeSchema schema, MapNode list, Wanted wanted) {
    MapNode.Builder<?> builder =
        schema.isUserOrdered() ? NODES.newUserMapBuilder() : NODES.newSystemMapBuilder();
    builder.withNodeIdentifier(schema.id());
    boolean isAny = false;
    for (MapEntryNode entry : list.body()) {
      Optional<MapEntryNode> part = entry(schema, entry, wanted);
      part.ifPresent(builder::withChild);
      isAny |= part.isPresent();
    }
    return isAny ? Optional.of(builder.build()) : Optional.empty();
  }

  private Optional<MapEntryNode> entry(NodeSchema schema, MapEntryNode entry, Wanted wanted) {
    Wanted inside = wanted.in(entry);
    if (inside instanceof Wanted.Whole) {
      return Optional.of(
          levels == TreeDepth.UNBOUNDED ? entry : TreeDepth.entry(schema, entry, levels));
    }
    MapEntryNode.Builder builder = NODES.newMapEntryBuilder();
    builder.withNodeIdentifier(entry.name());
    if (!children(builder, schema, entry, inside) && !isMatched(inside)) {
      return Optional.empty();
    }
    for (QName name : schema.keys()) {
      DataChildren.get(entry, schema.child(name).orElseThrow()).ifPresent(builder::withChild);
    }
    return Optional.of(builder.build());
  }

  private Optional<DataContainerChild> list(
      NodeSchema schema, UnkeyedListNode list, Wanted wanted) {
    UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
    builder.withNodeIdentifier(schema.id());
    boolean isAny = false;
    for (UnkeyedListEntryNode entry : list.body()) {
      Wanted inside = wanted.in(entry);
      if (inside instanceof Wanted.Whole) {
        builder.withChild(
            levels == TreeDepth.UNBOUNDED ? entry : TreeDepth.entry(schema, entry, levels));
        isAny = true;
        continue;
      }
      UnkeyedListEntryNode.Builder part = NODES.newUnkeyedListEntryBuilder();
      part.withNodeIdentifier(schema.id());
      if (children(part, schema, entry, inside) || isMatched(inside)) {
        builder.withChild(part.build());
        isAny = true;
      }
    }
    return isAny ? Optional.of(builder.build()) : Optional.empty();
  }

  private static boolean isMatched(Wanted wanted) {
    return wanted instanceof Wanted.Parts parts && parts.isMatched();
  }
}
