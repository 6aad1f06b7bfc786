package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.DataAssembler;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.TreeDepth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
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
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// The part of a tree that an expression selects (RFC 6241 section 8.9.5.1): selected nodes whole,
/// what is above them with its list keys, everything in the tree's own order. Only what is in the
/// data counts: neither defaults nor empty containers come in. One thread.
public final class XPathSelection {
  private static final NormalizedNode.BuilderFactory NODES = ImmutableNodes.builderFactory();

  private final Set<XPathNode> whole = new HashSet<>();
  // Of the nodes on the way to the selected ones, the children that are wanted.
  private final Map<XPathNode, Set<XPathNode>> wanted = new HashMap<>();

  private final int levels;

  private XPathSelection(int levels) {
    this.levels = levels;
  }

  /// The tree with only what is selected.
  ///
  /// @param levels how deep the selected nodes are shown: 1 is without their children
  /// @throws XPathException if the value is no node set, or costs too much
  public static ContainerNode of(
      NodeSchema root,
      ContainerNode data,
      YangXPathExpression expression,
      XPathBudget budget,
      int levels) {
    XPathTree tree = tree(root, data, budget);
    XPathSelection selection = new XPathSelection(levels);
    XPathEvaluator.select(expression, tree.root()).forEach(selection::add);
    int ofRoot = selection.levels(tree.root(), 0);
    if (ofRoot == TreeDepth.UNBOUNDED) {
      return data;
    }
    ContainerNode.Builder builder = NODES.newContainerBuilder();
    builder.withNodeIdentifier(data.name());
    selection.children(tree.root(), ofRoot).into(builder);
    return builder.build();
  }

  /// Where the selected nodes are, in document order.
  ///
  /// @throws XPathException if the value is no node set, or costs too much
  public static List<DataPath> paths(
      NodeSchema root, ContainerNode data, YangXPathExpression expression, XPathBudget budget) {
    XPathTree tree = tree(root, data, budget);
    return XPathEvaluator.select(expression, tree.root()).stream()
        .map(XPathNode::path)
        .distinct()
        .toList();
  }

  /// True if the value of the expression is a node set.
  ///
  /// @throws XPathException if it cannot be evaluated
  public static boolean isNodes(
      NodeSchema root, ContainerNode data, YangXPathExpression expression, XPathBudget budget) {
    return XPathEvaluator.isNodes(expression, tree(root, data, budget).root());
  }

  private static XPathTree tree(NodeSchema root, ContainerNode data, XPathBudget budget) {
    return XPathTree.of(root, data, budget, (_, _) -> false);
  }

  private void add(XPathNode selected) {
    Optional<XPathNode> holder = selected.parent();
    if (holder.isPresent() && holder.get().schema().equals(selected.schema())) {
      add(holder.get()); // A text node comes as the leaf that it is in.
      return;
    }
    whole.add(selected);
    XPathNode at = selected;
    while (at.parent().isPresent()) {
      XPathNode parent = at.parent().get();
      if (!wanted.computeIfAbsent(parent, _ -> new HashSet<>()).add(at)) {
        return;
      }
      at = parent;
    }
  }

  /// How many levels of a node are shown, itself included.
  ///
  /// @param left how many its parent leaves to it, 0 if none
  private int levels(XPathNode node, int left) {
    return whole.contains(node) ? Math.max(levels, left) : left;
  }

  /// @param ofParent how many levels of the node are shown
  private DataAssembler children(XPathNode node, int ofParent) {
    DataAssembler children = new DataAssembler();
    Map<NodeSchema, List<XPathNode>> bySchema = new LinkedHashMap<>();
    Collection<XPathNode> shown =
        ofParent > 1 ? node.children() : wanted.getOrDefault(node, Set.of());
    for (XPathNode child : shown) {
      bySchema.computeIfAbsent(child.schema(), _ -> new ArrayList<>()).add(child);
    }
    int left = Math.max(ofParent - 1, 0);
    DataContainerNode data = node.data().orElseThrow();
    bySchema.forEach(
        (schema, found) -> {
          found.sort(Comparator.comparingInt(XPathNode::ordinal));
          children.put(
              schema, child(schema, DataChildren.get(data, schema).orElseThrow(), found, left));
        });
    return children;
  }

  private DataContainerChild child(
      NodeSchema schema, DataContainerChild data, List<XPathNode> found, int left) {
    return switch (data) {
      case ContainerNode container when levels(found.getFirst(), left) != TreeDepth.UNBOUNDED -> {
        ContainerNode.Builder builder = NODES.newContainerBuilder();
        builder.withNodeIdentifier(container.name());
        children(found.getFirst(), levels(found.getFirst(), left)).into(builder);
        yield builder.build();
      }
      case MapNode _ -> map(schema, found, left);
      case UnkeyedListNode _ -> unkeyed(schema, found, left);
      case LeafSetNode<?> _ -> leafSet(schema, found);
      default -> data;
    };
  }

  private MapNode map(NodeSchema schema, List<XPathNode> found, int left) {
    MapNode.Builder<?> builder =
        schema.isUserOrdered() ? NODES.newUserMapBuilder() : NODES.newSystemMapBuilder();
    builder.withNodeIdentifier(schema.id());
    for (XPathNode node : found) {
      MapEntryNode entry = (MapEntryNode) node.data().orElseThrow();
      int ofNode = levels(node, left);
      if (ofNode == TreeDepth.UNBOUNDED) {
        builder.withChild(entry);
        continue;
      }
      DataAssembler inside = children(node, ofNode);
      for (QName name : schema.keys()) {
        NodeSchema key = schema.child(name).orElseThrow();
        DataChildren.get(entry, key).ifPresent(leaf -> inside.put(key, leaf));
      }
      MapEntryNode.Builder part = NODES.newMapEntryBuilder();
      part.withNodeIdentifier(entry.name());
      inside.into(part);
      builder.withChild(part.build());
    }
    return builder.build();
  }

  private UnkeyedListNode unkeyed(NodeSchema schema, List<XPathNode> found, int left) {
    UnkeyedListNode.Builder builder = NODES.newUnkeyedListBuilder();
    builder.withNodeIdentifier(schema.id());
    for (XPathNode node : found) {
      int ofNode = levels(node, left);
      if (ofNode == TreeDepth.UNBOUNDED) {
        builder.withChild((UnkeyedListEntryNode) node.data().orElseThrow());
        continue;
      }
      UnkeyedListEntryNode.Builder part = NODES.newUnkeyedListEntryBuilder();
      part.withNodeIdentifier(schema.id());
      children(node, ofNode).into(part);
      builder.withChild(part.build());
    }
    return builder.build();
  }

  private static LeafSetNode<?> leafSet(NodeSchema schema, List<XPathNode> found) {
    LeafSetNode.Builder<Object, ?> builder =
        schema.isUserOrdered() ? NODES.newUserLeafSetBuilder() : NODES.newSystemLeafSetBuilder();
    builder.withNodeIdentifier(schema.id());
    for (XPathNode node : found) {
      builder.withChild(
          ImmutableNodes.leafSetEntry(
              new NodeWithValue<>(schema.name(), node.value().orElseThrow())));
    }
    return builder.build();
  }
}
