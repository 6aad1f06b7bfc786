package io.chronoconf.datastore.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Builds state nodes out of names and values, one line per leaf. Choices need not be mentioned.
/// Values are taken as [LeafCodec#kept] takes them. Used by one thread.
public final class StateBuilder {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private final NodeSchema schema;
  private final DataAssembler children = new DataAssembler();
  private final Map<QName, List<DataContainerNode>> entries = new LinkedHashMap<>();

  private StateBuilder(NodeSchema schema) {
    this.schema = schema;
  }

  /// A top-level container.
  ///
  /// @param root the schema's root
  public static ContainerNode container(
      NodeSchema root, QName name, Consumer<StateBuilder> content) {
    return new StateBuilder(child(root, name)).filled(content).build();
  }

  /// Builds a root, such as that of an rpc's output.
  ///
  /// @param root the schema of what is built
  /// @param content sets what is in it
  public static ContainerNode root(NodeSchema root, Consumer<StateBuilder> content) {
    return new StateBuilder(root).filled(content).build();
  }

  /// Sets a leaf.
  public StateBuilder leaf(QName name, Object value) {
    NodeSchema leaf = child(schema, name);
    Object kept = leaf.codec().kept(value);
    assert isOfType(leaf, kept) : name + " does not take " + value;
    children.put(leaf, ImmutableNodes.leafNode(leaf.id(), kept));
    return this;
  }

  /// Sets a leaf if there is a value.
  public StateBuilder leaf(QName name, Optional<?> value) {
    value.ifPresent(v -> leaf(name, (Object) v));
    return this;
  }

  /// Sets the values of a leaf-list.
  public StateBuilder leafList(QName name, Collection<?> values) {
    NodeSchema leafList = child(schema, name);
    LeafSetNode.Builder<Object, ?> builder =
        leafList.isUserOrdered() ? NODES.newUserLeafSetBuilder() : NODES.newSystemLeafSetBuilder();
    builder.withNodeIdentifier(leafList.id());
    values.forEach(value -> builder.withChildValue(leafList.codec().kept(value)));
    if (!values.isEmpty()) {
      children.put(leafList, builder.build());
    }
    return this;
  }

  /// Sets a container.
  public StateBuilder container(QName name, Consumer<StateBuilder> content) {
    NodeSchema container = child(schema, name);
    children.put(container, new StateBuilder(container).filled(content).build());
    return this;
  }

  /// Adds an entry to a list; its keys are set like any other leaf.
  public StateBuilder entry(QName name, Consumer<StateBuilder> content) {
    NodeSchema list = child(schema, name);
    DataContainerNode entry = new StateBuilder(list).filled(content).buildEntry();
    entries.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
    return this;
  }

  private static NodeSchema child(NodeSchema parent, QName name) {
    return parent
        .child(name)
        .orElseThrow(() -> new IllegalArgumentException(parent + " has no " + name));
  }

  private static boolean isOfType(NodeSchema leaf, Object value) {
    ValueText text = leaf.codec().text(value);
    try {
      return leaf.codec().parse(text.text(), text.namespaces()::get) != null;
    } catch (InvalidValueException e) {
      return false;
    }
  }

  private StateBuilder filled(Consumer<StateBuilder> content) {
    content.accept(this);
    entries.forEach(
        (name, list) -> {
          NodeSchema child = child(schema, name);
          children.put(child, child.keys().isEmpty() ? unkeyed(child, list) : keyed(child, list));
        });
    return this;
  }

  private static MapNode keyed(NodeSchema list, List<DataContainerNode> entries) {
    MapNode.Builder<?> builder =
        list.isUserOrdered() ? NODES.newUserMapBuilder() : NODES.newSystemMapBuilder();
    builder.withNodeIdentifier(list.id());
    entries.forEach(entry -> builder.withChild((MapEntryNode) entry));
    return builder.build();
  }

  private static UnkeyedListNode unkeyed(NodeSchema list, List<DataContainerNode> entries) {
    UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
    builder.withNodeIdentifier(list.id());
    entries.forEach(entry -> builder.withChild((UnkeyedListEntryNode) entry));
    return builder.build();
  }

  private ContainerNode build() {
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(schema.id());
    children.into(builder);
    return builder.build();
  }

  private DataContainerNode buildEntry() {
    if (schema.keys().isEmpty()) {
      UnkeyedListEntryNode.Builder builder = NODES.newUnkeyedListEntryBuilder();
      builder.withNodeIdentifier(schema.id());
      children.into(builder);
      return builder.build();
    }
    Map<QName, Object> keys = new LinkedHashMap<>();
    for (QName key : schema.keys()) {
      DataContainerChild leaf = children.get(NodeIdentifier.create(key)).orElse(null);
      if (leaf == null) {
        throw new IllegalArgumentException("an entry of " + schema + " lacks its key " + key);
      }
      keys.put(key, leaf.body());
    }
    MapEntryNode.Builder builder = NODES.newMapEntryBuilder();
    builder.withNodeIdentifier(NodeIdentifierWithPredicates.of(schema.name(), keys));
    children.into(builder);
    return builder.build();
  }
}
