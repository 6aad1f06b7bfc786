package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import io.chronoconf.datastore.xpath.XPathEvaluator.Focus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.NodeTypeStep;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.ResolvedQNameStep;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.Step;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.UnresolvedQNameStep;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathNodeType;

/// Location paths: axes, node tests, predicates (XPath 1.0 section 2).
final class XPathSteps {
  private final XPathEvaluator evaluator;
  private final XPathBudget budget;

  XPathSteps(XPathEvaluator evaluator, XPathBudget budget) {
    this.evaluator = evaluator;
    this.budget = budget;
  }

  List<XPathNode> walk(List<XPathNode> from, List<Step> steps) {
    List<XPathNode> at = from;
    for (Step step : steps) {
      // One node may be reached from several: a node set holds it once.
      Map<String, XPathNode> next = at.size() > 1 ? new LinkedHashMap<>() : Map.of();
      List<XPathNode> only = new ArrayList<>();
      for (XPathNode node : at) {
        only = step(node, step);
        if (at.size() > 1) {
          only.forEach(found -> next.putIfAbsent(found.toString(), found));
        }
      }
      at = at.size() > 1 ? List.copyOf(next.values()) : at.isEmpty() ? List.of() : only;
    }
    return at;
  }

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

  private List<XPathNode> step(XPathNode node, Step step) {
    budget.spend();
    Set<YangExpr> predicates = step.getPredicates();
    if (step instanceof ResolvedQNameStep named && step.getAxis() == YangXPathAxis.CHILD) {
      Optional<List<XPathNode>> looked = lookedUp(node, named.getQName(), predicates);
      return looked.orElseGet(() -> filtered(node.children(named.getQName()), predicates));
    }
    List<XPathNode> found = new ArrayList<>();
    Predicate<XPathNode> test = test(step);
    for (XPathNode candidate : along(node, step.getAxis())) {
      budget.spend();
      if (test.test(candidate)) {
        found.add(candidate);
      }
    }
    return filtered(found, predicates);
  }

  /// `list[leaf = value]` without looking at every entry; empty if the first predicate is not of
  /// that form.
  private Optional<List<XPathNode>> lookedUp(
      XPathNode parent, QName name, Set<YangExpr> predicates) {
    NodeSchema list = parent.schema().child(name).orElse(null);
    if (list == null || list.kind() != Kind.LIST || predicates.isEmpty()) {
      return Optional.empty();
    }
    YangExpr first = predicates.iterator().next();
    if (!(first instanceof YangBinaryExpr equality)
        || equality.getOperator() != YangBinaryOperator.EQUALS) {
      return Optional.empty();
    }
    Optional<NodeSchema> leaf = childLeaf(list, equality.getLeftExpr());
    if (leaf.isEmpty() || !isConstant(equality.getRightExpr())) {
      return Optional.empty();
    }
    Object value = evaluator.value(equality.getRightExpr(), new Focus(parent, 1, 1));
    List<XPathNode> found = new ArrayList<>();
    for (String text : texts(value)) {
      found.addAll(budget.entries(parent, list, leaf.get().name(), text));
    }
    List<YangExpr> rest = List.copyOf(predicates).subList(1, predicates.size());
    return Optional.of(filtered(found, rest));
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?>
        ? XPathValues.nodes(value).stream().map(XPathNode::text).distinct().toList()
        : List.of(XPathValues.toText(value));
  }

  /// The leaf that a relative path of one step names, if text equality is what equality means: not
  /// for identities, whose prefixes are the expression's.
  private static Optional<NodeSchema> childLeaf(NodeSchema list, YangExpr expr) {
    if (expr instanceof YangLocationPath.Relative path
        && path.getSteps().size() == 1
        && path.getSteps().getFirst() instanceof ResolvedQNameStep step
        && step.getAxis() == YangXPathAxis.CHILD
        && step.getPredicates().isEmpty()) {
      return list.child(step.getQName())
          .filter(leaf -> leaf.kind() == Kind.LEAF)
          .filter(leaf -> !DefaultsInUse.holdsIdentities(leaf));
    }
    return Optional.empty();
  }

  /// True if the value does not depend on the entry that the predicate looks at, nor is a number.
  private static boolean isConstant(YangExpr expr) {
    return switch (expr) {
      case YangLiteralExpr _ -> true;
      case YangLocationPath path -> path.isAbsolute();
      case YangFunctionCallExpr call -> call.getName().equals(YangFunction.CURRENT.getIdentifier());
      case YangPathExpr path -> isConstant(path.getFilterExpr());
      default -> false;
    };
  }

  private static Predicate<XPathNode> test(Step step) {
    return switch (step) {
      case ResolvedQNameStep named -> node -> node.schema().name().equals(named.getQName());
      case UnresolvedQNameStep named ->
          node -> node.schema().name().getLocalName().equals(named.getQName().getLocalName());
      case NodeTypeStep typed -> node -> typed.getNodeType() == YangXPathNodeType.NODE;
      default -> node -> node.parent().isPresent();
    };
  }

  private List<XPathNode> along(XPathNode node, YangXPathAxis axis) {
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
      case FOLLOWING, PRECEDING -> {
        List<XPathNode> all = new ArrayList<>();
        for (XPathNode up : ancestors(Optional.of(node))) {
          YangXPathAxis side =
              axis == YangXPathAxis.FOLLOWING
                  ? YangXPathAxis.FOLLOWING_SIBLING
                  : YangXPathAxis.PRECEDING_SIBLING;
          siblings(up, side).forEach(sibling -> collect(sibling, all));
        }
        yield all;
      }
      // Data has neither attributes nor namespace nodes (RFC 7950 section 6.4.1).
      case ATTRIBUTE, NAMESPACE -> List.of();
    };
  }

  private static List<XPathNode> siblings(XPathNode node, YangXPathAxis axis) {
    if (node.parent().isEmpty()) {
      return List.of();
    }
    List<XPathNode> all = node.parent().get().children();
    List<String> places = all.stream().map(XPathNode::toString).toList();
    int at = places.indexOf(node.toString());
    return axis == YangXPathAxis.FOLLOWING_SIBLING
        ? all.subList(at + 1, all.size())
        : all.subList(0, at).reversed();
  }

  private static List<XPathNode> ancestors(Optional<XPathNode> from) {
    List<XPathNode> up = new ArrayList<>();
    for (Optional<XPathNode> at = from; at.isPresent(); at = at.get().parent()) {
      up.add(at.get());
    }
    return up;
  }

  private void collect(XPathNode node, List<XPathNode> into) {
    budget.spend();
    into.add(node);
    node.children().forEach(child -> collect(child, into));
  }
}
