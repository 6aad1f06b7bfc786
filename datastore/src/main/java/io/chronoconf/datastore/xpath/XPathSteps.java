package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.xpath.XPathEvaluator.Focus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.NodeTypeStep;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.ResolvedQNameStep;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.Step;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.UnresolvedQNameStep;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathNodeType;

/// Location paths: axes, node tests, predicates (XPath 1.0 section 2).
final class XPathSteps {
  private final XPathEvaluator evaluator;
  private final EntryLookup lookup;

  XPathSteps(XPathEvaluator evaluator) {
    this.evaluator = evaluator;
    this.lookup = new EntryLookup(evaluator);
  }

  /// The nodes at the end of the steps, in document order and each once.
  List<XPathNode> walk(List<XPathNode> from, List<Step> steps) {
    List<XPathNode> at = from;
    for (Step step : steps) {
      if (at.size() == 1) {
        List<XPathNode> found = step(at.getFirst(), step);
        at = isReverse(step.getAxis()) ? found.reversed() : found;
      } else {
        Set<XPathNode> found = new LinkedHashSet<>();
        at.forEach(node -> found.addAll(step(node, step)));
        at = keepsOrder(at, step.getAxis()) ? List.copyOf(found) : sorted(found);
      }
    }
    return at;
  }

  private static List<XPathNode> sorted(Set<XPathNode> nodes) {
    return nodes.stream().sorted(DocumentOrder.ORDER).toList();
  }

  private static boolean isReverse(YangXPathAxis axis) {
    return switch (axis) {
      case ANCESTOR, ANCESTOR_OR_SELF, PRECEDING, PRECEDING_SIBLING -> true;
      case ATTRIBUTE,
          CHILD,
          DESCENDANT,
          DESCENDANT_OR_SELF,
          FOLLOWING,
          FOLLOWING_SIBLING,
          NAMESPACE,
          PARENT,
          SELF ->
          false;
    };
  }

  /// True if what comes after each node of the set comes in document order too: children of nodes
  /// of one schema node do.
  private static boolean keepsOrder(List<XPathNode> nodes, YangXPathAxis axis) {
    boolean isAlike = nodes.stream().map(XPathNode::schema).distinct().count() <= 1;
    return axis == YangXPathAxis.SELF || (isAlike && axis == YangXPathAxis.CHILD);
  }

  /// The nodes for which all predicates hold.
  List<XPathNode> filtered(List<XPathNode> nodes, Collection<YangExpr> predicates) {
    List<XPathNode> left = nodes;
    for (YangExpr predicate : predicates) {
      List<XPathNode> kept = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        Object value = evaluator.value(predicate, new Focus(left.get(i), i + 1, left.size()));
        boolean holds = value instanceof Double d ? d == i + 1 : XPathValues.toBoolean(value);
        if (holds) {
          kept.add(left.get(i));
        }
      }
      left = kept;
    }
    return left;
  }

  /// One step from one node, nearest first, which is what positions count by.
  private List<XPathNode> step(XPathNode node, Step step) {
    evaluator.budget().spend();
    Set<YangExpr> predicates = step.getPredicates();
    if (step instanceof ResolvedQNameStep named && step.getAxis() == YangXPathAxis.CHILD) {
      Optional<EntryLookup.Found> known = lookup.find(node, named.getQName(), predicates);
      return known.isPresent()
          ? filtered(known.get().entries(), known.get().rest())
          : filtered(node.children(named.getQName()), predicates);
    }
    if (step instanceof NodeTypeStep typed && typed.getNodeType() == YangXPathNodeType.TEXT) {
      return filtered(texts(XPathAxes.along(node, step.getAxis()), node, step), predicates);
    }
    List<XPathNode> found = new ArrayList<>();
    Predicate<XPathNode> test = test(step);
    for (XPathNode candidate : XPathAxes.along(node, step.getAxis())) {
      if (test.test(candidate)) {
        found.add(candidate);
      }
    }
    return filtered(found, predicates);
  }

  /// Leaves have one text node below them, which only text() shows.
  private static List<XPathNode> texts(List<XPathNode> along, XPathNode node, Step step) {
    List<XPathNode> holders =
        step.getAxis() == YangXPathAxis.CHILD
            ? List.of(node)
            : step.getAxis() == YangXPathAxis.DESCENDANT_OR_SELF ? along : List.of();
    return holders.stream()
        .filter(holder -> holder.value().isPresent())
        .map(XPathNode::textNode)
        .toList();
  }

  private static Predicate<XPathNode> test(Step step) {
    return switch (step) {
      case ResolvedQNameStep named -> node -> node.schema().name().equals(named.getQName());
      case UnresolvedQNameStep named ->
          node -> node.schema().name().getLocalName().equals(named.getQName().getLocalName());
      case NodeTypeStep typed -> _ -> typed.getNodeType() == YangXPathNodeType.NODE;
      // yangtools has one class for `*`, `.`, `..` and `//`; the root is no element and not in `*`.
      default -> node -> node.parent().isPresent() || includesRoot(step.getAxis());
    };
  }

  private static boolean includesRoot(YangXPathAxis axis) {
    return axis == YangXPathAxis.SELF
        || axis == YangXPathAxis.PARENT
        || axis == YangXPathAxis.DESCENDANT_OR_SELF;
  }
}
