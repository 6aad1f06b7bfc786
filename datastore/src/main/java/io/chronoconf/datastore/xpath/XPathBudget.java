package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;

/// What evaluations over one tree may cost together, and what they remember of it. One thread.
public final class XPathBudget {
  /// Enough for a configuration of a hundred thousand entries; a hostile expression runs out of it
  /// within seconds.
  public static final long DEFAULT_STEPS = 50_000_000;

  // Virtual threads are not preempted: a long evaluation lets others in.
  private static final long YIELD_EVERY = 1 << 14;

  private final IdentityHashMap<Object, Map<QName, Map<String, List<XPathNode>>>> indexes =
      new IdentityHashMap<>();
  private long left;

  public XPathBudget(long steps) {
    this.left = steps;
  }

  /// Takes one step.
  ///
  /// @throws XPathException if none is left
  @SuppressWarnings("ThreadPriorityCheck")
  void spend() {
    if (--left <= 0) {
      throw new XPathException("the expression costs too much; make it more specific");
    }
    if (left % YIELD_EVERY == 0) {
      Thread.yield();
    }
  }

  /// The entries of a list by the text of one of their leaves, so that a predicate on it does not
  /// look at each entry. Made at the first question, valid as long as the tree.
  List<XPathNode> entries(XPathNode parent, NodeSchema list, QName leaf, String text) {
    if (parent.data().isEmpty()) {
      return List.of();
    }
    Map<QName, Map<String, List<XPathNode>>> byLeaf =
        indexes.computeIfAbsent(parent.data().get(), data -> new HashMap<>());
    QName key = QName.create(list.name(), list.name().getLocalName() + "." + leaf.getLocalName());
    Map<String, List<XPathNode>> byText = byLeaf.get(key);
    if (byText == null) {
      byText = new HashMap<>();
      for (XPathNode entry : parent.children(list.name())) {
        for (XPathNode value : entry.children(leaf)) {
          spend();
          byText.computeIfAbsent(value.text(), t -> new ArrayList<>()).add(entry);
        }
      }
      byLeaf.put(key, byText);
    }
    return byText.getOrDefault(text, List.of());
  }
}
