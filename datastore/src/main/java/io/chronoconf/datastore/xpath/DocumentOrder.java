package io.chronoconf.datastore.xpath;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Parents before their children, siblings as the schema and their list order them (XPath 1.0
/// section 5).
final class DocumentOrder implements Comparator<XPathNode> {
  static final DocumentOrder ORDER = new DocumentOrder();

  private DocumentOrder() {}

  @Override
  public int compare(XPathNode one, XPathNode other) {
    List<XPathNode> left = fromRoot(one);
    List<XPathNode> right = fromRoot(other);
    int shared = Math.min(left.size(), right.size());
    for (int i = 0; i < shared; i++) {
      XPathNode a = left.get(i);
      XPathNode b = right.get(i);
      int order =
          a.schema().equals(b.schema())
              ? Integer.compare(a.ordinal(), b.ordinal())
              : Integer.compare(a.tree().place(a.schema()), b.tree().place(b.schema()));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<XPathNode> fromRoot(XPathNode node) {
    List<XPathNode> way = new ArrayList<>();
    way.add(node);
    while (way.getLast().parent().isPresent()) {
      way.add(way.getLast().parent().get());
    }
    return way.reversed();
  }
}
