package io.chronoconf.datastore.xpath;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;

/// Comparisons (XPath 1.0 section 3.4). An identity and a text are equal if the text, with the
/// prefixes of the expression's module, names that identity; otherwise canonical texts are
/// compared.
final class XPathComparison {
  private final XPathEvaluator evaluator;
  private final YangBinaryOperator operator;

  XPathComparison(XPathEvaluator evaluator, YangBinaryOperator operator) {
    this.evaluator = evaluator;
    this.operator = operator;
  }

  /// A comparison with a node set holds if it holds for any of its nodes; with a boolean it is
  /// about whether the set has nodes.
  boolean holds(Object left, Object right) {
    if (left instanceof Boolean || right instanceof Boolean) {
      return compare(simple(left), simple(right));
    }
    if (left instanceof List<?> && right instanceof List<?>) {
      return holdsForPair(XPathValues.nodes(left), XPathValues.nodes(right));
    }
    if (left instanceof List<?>) {
      return XPathValues.nodes(left).stream().anyMatch(node -> compareNode(node, right, false));
    }
    if (right instanceof List<?>) {
      return XPathValues.nodes(right).stream().anyMatch(node -> compareNode(node, left, true));
    }
    return compare(left, right);
  }

  private static Object simple(Object value) {
    return value instanceof List<?> nodes ? (Object) !nodes.isEmpty() : value;
  }

  private boolean holdsForPair(List<XPathNode> left, List<XPathNode> right) {
    if (operator == YangBinaryOperator.EQUALS) {
      Set<String> texts = left.stream().map(XPathNode::text).collect(Collectors.toSet());
      return right.stream().anyMatch(node -> texts.contains(node.text()));
    }
    for (XPathNode one : left) {
      for (XPathNode other : right) {
        evaluator.budget().spend();
        if (compare(one.text(), other.text())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean compareNode(XPathNode node, Object other, boolean isSwapped) {
    evaluator.budget().spend();
    Object text = node.text();
    Object compared = other;
    if (node.value().orElse("") instanceof QName identity && other instanceof String literal) {
      Optional<QName> named = evaluator.identity(literal);
      if (named.isPresent()) {
        text = identity.toString();
        compared = named.get().toString();
      }
    }
    return isSwapped ? compare(compared, text) : compare(text, compared);
  }

  private boolean compare(Object left, Object right) {
    return switch (operator) {
      case EQUALS -> equal(left, right);
      case NOT_EQUALS -> !equal(left, right);
      case GT -> XPathValues.toNumber(left) > XPathValues.toNumber(right);
      case GTE -> XPathValues.toNumber(left) >= XPathValues.toNumber(right);
      case LT -> XPathValues.toNumber(left) < XPathValues.toNumber(right);
      case LTE -> XPathValues.toNumber(left) <= XPathValues.toNumber(right);
      case PLUS, MINUS, MUL, DIV, MOD ->
          throw new IllegalStateException(operator + " does not compare");
    };
  }

  private static boolean equal(Object left, Object right) {
    if (left instanceof Boolean || right instanceof Boolean) {
      return XPathValues.toBoolean(left) == XPathValues.toBoolean(right);
    }
    if (left instanceof Double || right instanceof Double) {
      return XPathValues.toNumber(left) == XPathValues.toNumber(right);
    }
    return Objects.equals(left, right);
  }
}
