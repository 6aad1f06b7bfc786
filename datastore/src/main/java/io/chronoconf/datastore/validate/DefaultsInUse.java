package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.DataAssembler;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
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
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Adds the defaults that are in use to a tree (RFC 7950 sections 7.6.1 and 7.7.2): those whose
/// `when` holds and whose case is chosen, or the default one. Any thread.
public final class DefaultsInUse {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private final NodeSchema root;
  private final CheckPlan plan;
  private final long steps;

  public DefaultsInUse(NodeSchema root) {
    this(root, XPathBudget.VALIDATION_STEPS);
  }

  DefaultsInUse(NodeSchema root, long steps) {
    this.root = root;
    this.plan = new CheckPlan(root.context());
    this.steps = steps;
  }

  /// A tree with its defaults.
  ///
  /// @param tree everything that there is
  /// @param defaults the leaves and leaf-list values that were added: the names on the way to them,
  ///   with keys and values, choices left out
  public record Completed(ContainerNode tree, Set<List<PathArgument>> defaults) {}

  /// Adds the defaults.
  ///
  /// @param tree a whole one, since conditions look at all of it
  /// @param withState whether state has defaults too
  /// @throws XPathCostException if it is too large
  public Completed complete(ContainerNode tree, boolean withState) {
    XPathTree accessible = XPathTree.of(root, tree, new XPathBudget(steps), new Conditions(plan));
    Walk walk = new Walk(withState);
    return new Completed(
        walk.container(accessible.root()), Collections.unmodifiableSet(walk.defaults));
  }

  /// Leaves out of a tree what equals its default, list keys excepted; a leaf-list goes if all its
  /// values are the default ones. What is in a case other than the default one stays: the case
  /// would go with it, and another default would be in use.
  public ContainerNode trim(ContainerNode tree) {
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(tree.name());
    trimmed(root, tree).into(builder);
    return builder.build();
  }

  private static DataAssembler trimmed(NodeSchema schema, DataContainerNode node) {
    DataAssembler children = new DataAssembler();
    for (DataContainerChild child : DataChildren.all(node)) {
      NodeSchema ofChild = schema.child(child.name().getNodeType()).orElseThrow();
      switch (child) {
        case LeafNode<?> leaf -> {
          boolean isDefault =
              !schema.keys().contains(ofChild.name())
                  && isInDefaultCases(ofChild)
                  && ofChild.defaults().stream().anyMatch(d -> Objects.deepEquals(d, leaf.body()));
          if (!isDefault) {
            children.put(ofChild, leaf);
          }
        }
        case LeafSetNode<?> values -> {
          List<Object> set = values.body().stream().<Object>map(LeafSetEntryNode::body).toList();
          if (!isInDefaultCases(ofChild) || !set.equals(ofChild.defaults())) {
            children.put(ofChild, values);
          }
        }
        case ContainerNode container -> {
          ContainerNode.Builder builder = NODES.newContainerBuilder();
          builder.withNodeIdentifier(container.name());
          trimmed(ofChild, container).into(builder);
          children.put(ofChild, builder.build());
        }
        case MapNode map -> {
          MapNode.Builder<?> builder = map(ofChild);
          for (MapEntryNode entry : map.body()) {
            MapEntryNode.Builder inside = NODES.newMapEntryBuilder();
            inside.withNodeIdentifier(entry.name());
            trimmed(ofChild, entry).into(inside);
            builder.withChild(inside.build());
          }
          children.put(ofChild, builder.build());
        }
        default -> children.put(ofChild, child);
      }
    }
    return children;
  }

  private static boolean isInDefaultCases(NodeSchema child) {
    return child.choices().stream()
        .allMatch(
            step ->
                step.choice()
                    .getDefaultCase()
                    .filter(standard -> standard.getQName().equals(step.chosen().getQName()))
                    .isPresent());
  }

  private static MapNode.Builder<?> map(NodeSchema list) {
    MapNode.Builder<?> builder =
        list.isUserOrdered() ? NODES.newUserMapBuilder() : NODES.newSystemMapBuilder();
    builder.withNodeIdentifier(list.id());
    return builder;
  }

  private static final class Walk {
    private final boolean withState;
    private final Set<List<PathArgument>> defaults = new HashSet<>();
    private final List<PathArgument> path = new ArrayList<>();

    Walk(boolean withState) {
      this.withState = withState;
    }

    ContainerNode container(XPathNode node) {
      ContainerNode.Builder builder = NODES.newContainerBuilder();
      builder.withNodeIdentifier(node.schema().id());
      children(node).into(builder);
      return builder.build();
    }

    private DataAssembler children(XPathNode node) {
      DataAssembler children = new DataAssembler();
      for (NodeSchema schema : node.schema().children()) {
        List<XPathNode> found = withState || schema.isConfig() ? node.children(schema) : List.of();
        if (!found.isEmpty()) {
          child(node, schema, found).ifPresent(child -> children.put(schema, child));
        }
      }
      return children;
    }

    private Optional<DataContainerChild> child(
        XPathNode parent, NodeSchema schema, List<XPathNode> found) {
      Optional<DataContainerChild> data = parent.data().flatMap(d -> DataChildren.get(d, schema));
      return switch (schema.kind()) {
        case LEAF -> Optional.of(data.orElseGet(() -> leaf(found.getFirst())));
        case LEAF_LIST -> Optional.of(data.orElseGet(() -> leafList(schema, found)));
        case CONTAINER -> {
          path.addLast(schema.id());
          ContainerNode container = container(found.getFirst());
          path.removeLast();
          yield Optional.of(container);
        }
        case LIST -> Optional.of(list(schema, found));
        case OPAQUE, ROOT -> data;
      };
    }

    private LeafNode<?> leaf(XPathNode node) {
      LeafNode<?> leaf = ImmutableNodes.leafNode(node.schema().id(), node.value().orElseThrow());
      tag(leaf.name());
      return leaf;
    }

    private void tag(PathArgument id) {
      List<PathArgument> whole = new ArrayList<>(path);
      whole.add(id);
      defaults.add(whole);
    }

    private LeafSetNode<?> leafList(NodeSchema schema, List<XPathNode> found) {
      LeafSetNode.Builder<Object, ?> builder =
          schema.isUserOrdered() ? NODES.newUserLeafSetBuilder() : NODES.newSystemLeafSetBuilder();
      builder.withNodeIdentifier(schema.id());
      for (XPathNode node : found) {
        Object value = node.value().orElseThrow();
        LeafSetEntryNode<Object> entry =
            ImmutableNodes.leafSetEntry(new NodeWithValue<>(schema.name(), value));
        tag(entry.name());
        builder.withChild(entry);
      }
      return builder.build();
    }

    private DataContainerChild list(NodeSchema schema, List<XPathNode> found) {
      if (schema.keys().isEmpty()) {
        UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
        builder.withNodeIdentifier(schema.id());
        for (XPathNode node : found) {
          UnkeyedListEntryNode.Builder entry = NODES.newUnkeyedListEntryBuilder();
          entry.withNodeIdentifier(schema.id());
          path.addLast(schema.id());
          children(node).into(entry);
          path.removeLast();
          builder.withChild(entry.build());
        }
        return builder.build();
      }
      MapNode.Builder<?> builder = map(schema);
      for (XPathNode node : found) {
        MapEntryNode.Builder entry = NODES.newMapEntryBuilder();
        NodeIdentifierWithPredicates id = ((MapEntryNode) node.data().orElseThrow()).name();
        entry.withNodeIdentifier(id);
        path.addLast(id);
        children(node).into(entry);
        path.removeLast();
        builder.withChild(entry.build());
      }
      return builder.build();
    }
  }
}
