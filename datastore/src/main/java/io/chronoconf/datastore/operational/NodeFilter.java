package io.chronoconf.datastore.operational;

import io.chronoconf.datastore.tree.DataAssembler;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
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

/// Leaves of a tree the nodes that a test admits, with their ancestors and the keys of these (RFC
/// 8526 section 3.1.1: config-filter and origin filters). One thread.
public final class NodeFilter {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  /// Decides about one leaf, value, container or entry.
  @FunctionalInterface
  public interface Test {
    /// True if the node is to stay.
    ///
    /// @param origin null for state, which has none
    boolean admits(NodeSchema schema, @Nullable Origin origin);
  }

  private final Origins origins;
  private final Test test;
  private final List<PathArgument> path = new ArrayList<>();

  private NodeFilter(Origins origins, Test test) {
    this.origins = origins;
    this.test = test;
  }

  /// What the test leaves.
  ///
  /// @param root the schema's root
  public static ContainerNode apply(
      NodeSchema root, ContainerNode tree, Origins origins, Test test) {
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(tree.name());
    new NodeFilter(origins, test).children(root, tree, null, builder);
    return builder.build();
  }

  /// @return whether anything but keys is left
  private boolean children(
      NodeSchema schema,
      DataContainerNode node,
      @Nullable Origin inherited,
      DataContainerNodeBuilder<?, ?> into) {
    DataAssembler left = new DataAssembler();
    boolean isAny = false;
    for (DataContainerChild child : DataChildren.all(node)) {
      NodeSchema ofChild = schema.child(child.name().getNodeType()).orElseThrow();
      if (schema.keys().contains(ofChild.name())) {
        left.put(ofChild, child);
        continue;
      }
      Optional<DataContainerChild> kept = child(ofChild, child, inherited);
      if (kept.isPresent()) {
        left.put(ofChild, kept.get());
        isAny = true;
      }
    }
    left.into(into);
    return isAny;
  }

  private Optional<DataContainerChild> child(
      NodeSchema schema, DataContainerChild node, @Nullable Origin inherited) {
    return switch (node) {
      case LeafNode<?> leaf ->
          test.admits(schema, origin(schema, leaf.name(), inherited))
              ? Optional.of(leaf)
              : Optional.empty();
      case LeafSetNode<?> items -> items(schema, items, inherited);
      case ContainerNode container -> container(schema, container, inherited);
      case MapNode list -> entries(schema, list, inherited);
      case UnkeyedListNode list -> entries(schema, list);
      default -> test.admits(schema, null) ? Optional.of(node) : Optional.empty();
    };
  }

  private @Nullable Origin origin(NodeSchema schema, PathArgument id, @Nullable Origin inherited) {
    if (!schema.isConfig()) {
      return null;
    }
    path.addLast(id);
    Origin own = origins.changed(path);
    path.removeLast();
    return own == null ? inherited : own;
  }

  private Optional<DataContainerChild> items(
      NodeSchema schema, LeafSetNode<?> items, @Nullable Origin inherited) {
    LeafSetNode.Builder<Object, ?> builder =
        schema.isUserOrdered() ? NODES.newUserLeafSetBuilder() : NODES.newSystemLeafSetBuilder();
    builder.withNodeIdentifier(schema.id());
    boolean isAny = false;
    for (LeafSetEntryNode<?> item : items.body()) {
      if (test.admits(schema, origin(schema, item.name(), inherited))) {
        builder.withChildValue(item.body());
        isAny = true;
      }
    }
    return isAny ? Optional.of(builder.build()) : Optional.empty();
  }

  private Optional<DataContainerChild> container(
      NodeSchema schema, ContainerNode container, @Nullable Origin inherited) {
    Origin own = origin(schema, container.name(), inherited);
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(container.name());
    path.addLast(container.name());
    boolean isAny = children(schema, container, own, builder);
    path.removeLast();
    boolean countsItself = schema.isPresence() || container.isEmpty();
    return isAny || (countsItself && test.admits(schema, own))
        ? Optional.of(builder.build())
        : Optional.empty();
  }

  private Optional<DataContainerChild> entries(
      NodeSchema schema, MapNode list, @Nullable Origin inherited) {
    MapNode.Builder<?> builder =
        schema.isUserOrdered() ? NODES.newUserMapBuilder() : NODES.newSystemMapBuilder();
    builder.withNodeIdentifier(schema.id());
    boolean isAny = false;
    for (MapEntryNode entry : list.body()) {
      Origin own = origin(schema, entry.name(), inherited);
      MapEntryNode.Builder inside = NODES.newMapEntryBuilder();
      inside.withNodeIdentifier(entry.name());
      path.addLast(entry.name());
      if (children(schema, entry, own, inside) || test.admits(schema, own)) {
        builder.withChild(inside.build());
        isAny = true;
      }
      path.removeLast();
    }
    return isAny ? Optional.of(builder.build()) : Optional.empty();
  }

  // Lists without keys are state, in which there is nothing but state.
  private Optional<DataContainerChild> entries(NodeSchema schema, UnkeyedListNode list) {
    UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
    builder.withNodeIdentifier(schema.id());
    boolean isAny = false;
    for (UnkeyedListEntryNode entry : list.body()) {
      UnkeyedListEntryNode.Builder inside = NODES.newUnkeyedListEntryBuilder();
      inside.withNodeIdentifier(schema.id());
      if (children(schema, entry, null, inside) || test.admits(schema, null)) {
        builder.withChild(inside.build());
        isAny = true;
      }
    }
    return isAny ? Optional.of(builder.build()) : Optional.empty();
  }
}
