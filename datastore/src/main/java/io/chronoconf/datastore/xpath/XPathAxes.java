package io.chronoconf.datastore.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;

/// The nodes along an axis, nearest first (XPath 1.0 section 2.2).
final class XPathAxes {
  private XPathAxes() {}

  static List<XPathNode> along(XPathNode node, YangXPathAxis axis) {
    return switch (axis) {
      case CHILD -> node.children();
      case SELF -> List.of(node);
      case PARENT -> node.parent().map(List::of).orElse(List.of());
      case ANCESTOR -> ancestors(node.parent());
      case ANCESTOR_OR_SELF -> ancestors(Optional.of(node));
      case DESCENDANT -> {
        List<XPathNode> below = new ArrayList<>();
        node.children().forEach(child -> collect(child, below));
        yield below;
      }
      case DESCENDANT_OR_SELF -> {
        List<XPathNode> all = new ArrayList<>();
        collect(node, all);
        yield all;
      }
      case FOLLOWING_SIBLING, PRECEDING_SIBLING -> siblings(node, axis);
      case FOLLOWING -> beside(node, YangXPathAxis.FOLLOWING_SIBLING);
      case PRECEDING -> beside(node, YangXPathAxis.PRECEDING_SIBLING);
      // Data has neither attributes nor namespace nodes (RFC 7950 section 6.4.1).
      case ATTRIBUTE, NAMESPACE -> List.of();
    };
  }

  private static List<XPathNode> beside(XPathNode node, YangXPathAxis side) {
    List<XPathNode> all = new ArrayList<>();
    for (XPathNode up : ancestors(Optional.of(node))) {
      for (XPathNode sibling : siblings(up, side)) {
        List<XPathNode> below = new ArrayList<>();
        collect(sibling, below);
        all.addAll(side == YangXPathAxis.FOLLOWING_SIBLING ? below : below.reversed());
      }
    }
    return all;
  }

  private static List<XPathNode> siblings(XPathNode node, YangXPathAxis axis) {
    if (node.parent().isEmpty()) {
      return List.of();
    }
    List<XPathNode> all = node.parent().get().children();
    int at = all.indexOf(node);
    return axis == YangXPathAxis.FOLLOWING_SIBLING
        ? all.subList(at + 1, all.size())
        : all.subList(0, Math.max(at, 0)).reversed();
  }

  private static List<XPathNode> ancestors(Optional<XPathNode> from) {
    List<XPathNode> up = new ArrayList<>();
    for (Optional<XPathNode> at = from; at.isPresent(); at = at.get().parent()) {
      up.add(at.get());
    }
    return up;
  }

  private static void collect(XPathNode node, List<XPathNode> into) {
    into.add(node);
    node.children().forEach(child -> collect(child, into));
  }
}
