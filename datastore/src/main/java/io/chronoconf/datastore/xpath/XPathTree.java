package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The accessible tree over one immutable data tree (RFC 7950 section 6.4.1), and what evaluations
/// remember of it. One thread, valid as long as the data is of interest.
public final class XPathTree {
  /// Says which of the nodes that only the schema provides are there: a default or a non-presence
  /// container is not if its `when` is false.
  @FunctionalInterface
  public interface Existence {
    /// Asked only of nodes without data.
    boolean holds(XPathNode parent, NodeSchema child);
  }

  private record IndexKey(XPathNode parent, NodeSchema list, QName leaf) {}

  private final XPathBudget budget;
  private final Existence existence;
  private final XPathNode root;
  private final References references = new References(this);
  private final Map<IndexKey, Map<String, List<XPathNode>>> indexes = new HashMap<>();
  private final Map<NodeSchema, Integer> places = new HashMap<>();

  private XPathTree(NodeSchema root, ContainerNode data, XPathBudget budget, Existence existence) {
    this.budget = budget;
    this.existence = existence;
    this.root = XPathNode.root(this, root, data);
  }

  /// The accessible tree in which `when` conditions hide nothing.
  public static XPathTree of(NodeSchema root, ContainerNode data, XPathBudget budget) {
    return new XPathTree(root, data, budget, (_, _) -> true);
  }

  /// The accessible tree.
  public static XPathTree of(
      NodeSchema root, ContainerNode data, XPathBudget budget, Existence existence) {
    return new XPathTree(root, data, budget, existence);
  }

  /// The node above all top-level nodes.
  public XPathNode root() {
    return root;
  }

  /// What the tree's leafrefs and instance-identifiers point to.
  public References references() {
    return references;
  }

  XPathBudget budget() {
    return budget;
  }

  boolean exists(XPathNode parent, NodeSchema child) {
    return existence.holds(parent, child);
  }

  /// The entries of a list by the text of one of their leaves, so that a predicate on it does not
  /// look at each entry. Made at the first question.
  List<XPathNode> entries(XPathNode parent, NodeSchema list, QName leaf, String text) {
    IndexKey key = new IndexKey(parent, list, leaf);
    Map<String, List<XPathNode>> byText = indexes.get(key);
    if (byText == null) {
      byText = new HashMap<>();
      for (XPathNode entry : parent.children(list.name())) {
        for (XPathNode value : entry.children(leaf)) {
          byText.computeIfAbsent(value.text(), t -> new ArrayList<>(1)).add(entry);
        }
      }
      indexes.put(key, byText);
    }
    return Collections.unmodifiableList(byText.getOrDefault(text, List.of()));
  }

  /// The place of a schema node among its siblings.
  int place(NodeSchema node) {
    Integer known = places.get(node);
    if (known == null) {
      int place = 0;
      for (NodeSchema sibling : node.parent().orElse(node).children()) {
        places.put(sibling, place++);
      }
      known = places.getOrDefault(node, 0);
    }
    return known;
  }
}
