package io.chronoconf.datastore.access;

import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Leaves out of a tree what a user may not read, with all below it (RFC 8341 section 3.2.4).
/// Subtrees that are read whole are shared. The keys of an entry that is read are read with it.
final class DataPruner {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private final UserAccess access;

  DataPruner(UserAccess access) {
    this.access = access;
  }

  ContainerNode prune(NodeSchema root, ContainerNode tree) {
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(tree.name());
    copy(builder, root, DataPath.root(root), tree);
    return builder.build();
  }

  private void copy(
      DataContainerNodeBuilder<?, ?> builder,
      NodeSchema schema,
      DataPath path,
      DataContainerNode node) {
    for (DataContainerChild child : node.body()) {
      if (child instanceof ChoiceNode choice) {
        ChoiceNode.Builder inside = NODES.newChoiceBuilder();
        inside.withNodeIdentifier(choice.name());
        copy(inside, schema, path, choice);
        ChoiceNode left = inside.build();
        if (!left.isEmpty()) {
          builder.withChild(left);
        }
      } else {
        NodeSchema ofChild = schema.child(child.name().getNodeType()).orElseThrow();
        if (schema.keys().contains(ofChild.name())) {
          builder.withChild(child);
        } else {
          prune(ofChild, path, child).ifPresent(builder::withChild);
        }
      }
    }
  }

  private Optional<DataContainerChild> prune(
      NodeSchema schema, DataPath parent, DataContainerChild child) {
    return switch (access.reading(schema)) {
      case ALL -> Optional.of(child);
      case NOTHING -> Optional.empty();
      case PARTS -> parts(schema, parent, child);
    };
  }

  private Optional<DataContainerChild> parts(
      NodeSchema schema, DataPath parent, DataContainerChild child) {
    return switch (child) {
      case SystemMapNode map -> {
        SystemMapNode.Builder builder = NODES.newSystemMapBuilder();
        builder.withNodeIdentifier(map.name());
        map.body().forEach(e -> entry(schema, parent, e).ifPresent(builder::withChild));
        yield Optional.of(builder.build());
      }
      case UserMapNode map -> {
        UserMapNode.Builder builder = NODES.newUserMapBuilder();
        builder.withNodeIdentifier(map.name());
        map.body().forEach(e -> entry(schema, parent, e).ifPresent(builder::withChild));
        yield Optional.of(builder.build());
      }
      case SystemLeafSetNode<?> items -> Optional.of(items(schema, parent, items));
      case UserLeafSetNode<?> items -> Optional.of(items(schema, parent, items));
      default -> single(schema, parent.child(schema), child);
    };
  }

  private Optional<DataContainerChild> single(
      NodeSchema schema, DataPath path, DataContainerChild child) {
    if (!access.permits(AccessOperation.READ, path)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (child) {
          case ContainerNode container -> {
            ContainerNode.Builder builder = NODES.newContainerBuilder();
            builder.withNodeIdentifier(container.name());
            copy(builder, schema, path, container);
            yield builder.build();
          }
          case UnkeyedListNode list -> {
            UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
            builder.withNodeIdentifier(list.name());
            for (UnkeyedListEntryNode entry : list.body()) {
              UnkeyedListEntryNode.Builder inside = NODES.newUnkeyedListEntryBuilder();
              inside.withNodeIdentifier(entry.name());
              copy(inside, schema, path, entry);
              builder.withChild(inside.build());
            }
            yield builder.build();
          }
          default -> child;
        });
  }

  private Optional<MapEntryNode> entry(NodeSchema schema, DataPath parent, MapEntryNode entry) {
    DataPath path = parent.entry(schema, entry.name());
    if (!access.permits(AccessOperation.READ, path)) {
      return Optional.empty();
    }
    MapEntryNode.Builder builder = NODES.newMapEntryBuilder();
    builder.withNodeIdentifier(entry.name());
    copy(builder, schema, path, entry);
    return Optional.of(builder.build());
  }

  private <T> DataContainerChild items(
      NodeSchema schema, DataPath parent, SystemLeafSetNode<T> items) {
    SystemLeafSetNode.Builder<T> builder = NODES.newSystemLeafSetBuilder();
    builder.withNodeIdentifier(items.name());
    items.body().stream()
        .filter(i -> access.permits(AccessOperation.READ, parent.item(schema, i.name())))
        .forEach(builder::withChild);
    return builder.build();
  }

  private <T> DataContainerChild items(
      NodeSchema schema, DataPath parent, UserLeafSetNode<T> items) {
    UserLeafSetNode.Builder<T> builder = NODES.newUserLeafSetBuilder();
    builder.withNodeIdentifier(items.name());
    items.body().stream()
        .filter(i -> access.permits(AccessOperation.READ, parent.item(schema, i.name())))
        .forEach(builder::withChild);
    return builder.build();
  }
}
