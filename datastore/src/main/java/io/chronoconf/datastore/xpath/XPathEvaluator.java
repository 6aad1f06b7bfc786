package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.xpath.XPathExpressionException;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangBooleanConstantExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFilterExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangNaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangNegateExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNumberExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// Evaluates one expression for one node (XPath 1.0; RFC 7950 section 6.4). Use one evaluator per
/// evaluation; the budget may be shared by many. One thread.
public final class XPathEvaluator {
  private final YangXPathExpression expression;
  private final XPathNode current;
  private final XPathBudget budget;
  private final XPathSteps steps;

  private XPathEvaluator(YangXPathExpression expression, XPathNode current, XPathBudget budget) {
    this.expression = expression;
    this.current = current;
    this.budget = budget;
    this.steps = new XPathSteps(this, budget);
  }

  /// The place of evaluation: a node, and where it stands in the set that a predicate filters.
  record Focus(XPathNode node, int position, int size) {}

  /// The value of the expression as a boolean, as `must` and `when` want it.
  ///
  /// @param context the context node, also what `current()` returns
  /// @throws XPathException if it cannot be evaluated within the budget
  public static boolean test(
      YangXPathExpression expression, XPathNode context, XPathBudget budget) {
    return XPathValues.toBoolean(evaluate(expression.getRootExpr(), expression, context, budget));
  }

  /// The nodes that a location path selects.
  ///
  /// @throws XPathException if the expression is no node set or costs too much
  public static List<XPathNode> select(
      YangExpr path, YangXPathExpression expression, XPathNode context, XPathBudget budget) {
    return XPathValues.nodes(evaluate(path, expression, context, budget));
  }

  private static Object evaluate(
      YangExpr expr, YangXPathExpression expression, XPathNode context, XPathBudget budget) {
    return new XPathEvaluator(expression, context, budget).value(expr, new Focus(context, 1, 1));
  }

  XPathNode current() {
    return current;
  }

  XPathBudget budget() {
    return budget;
  }

  Object value(YangExpr expr, Focus focus) {
    budget.spend();
    return switch (expr) {
      case YangLiteralExpr literal -> literal.getLiteral();
      case YangNumberExpr number -> number.getNumber().doubleValue();
      case YangBooleanConstantExpr constant -> constant.getValue();
      case YangNegateExpr negated -> -XPathValues.toNumber(value(negated.getSubExpr(), focus));
      case YangBinaryExpr binary -> binary(binary, focus);
      case YangNaryExpr nary -> nary(nary, focus);
      case YangLocationPath path ->
          steps.walk(
              List.of(path.isAbsolute() ? focus.node().root() : focus.node()), path.getSteps());
      case YangFilterExpr filter ->
          steps.filtered(XPathValues.nodes(value(filter.getExpr(), focus)), filter.getPredicates());
      case YangPathExpr path -> {
        List<XPathNode> from = XPathValues.nodes(value(path.getFilterExpr(), focus));
        yield path.getLocationPath().isEmpty()
            ? from
            : steps.walk(from, path.getLocationPath().get().getSteps());
      }
      case YangFunctionCallExpr call -> new XPathFunctions(this, call, focus).call();
      case YangQNameExpr name -> name.getQName().toString();
      default -> throw new XPathException("not understood: " + expr);
    };
  }

  private Object nary(YangNaryExpr nary, Focus focus) {
    Collection<YangExpr> parts = nary.getExpressions();
    if (nary.getOperator() == YangNaryOperator.UNION) {
      Map<String, XPathNode> union = new LinkedHashMap<>();
      for (YangExpr part : parts) {
        for (XPathNode node : XPathValues.nodes(value(part, focus))) {
          union.putIfAbsent(node.toString(), node);
        }
      }
      return List.copyOf(union.values());
    }
    boolean isAnd = nary.getOperator() == YangNaryOperator.AND;
    for (YangExpr part : parts) {
      if (XPathValues.toBoolean(value(part, focus)) != isAnd) {
        return !isAnd;
      }
    }
    return isAnd;
  }

  private Object binary(YangBinaryExpr binary, Focus focus) {
    Object left = value(binary.getLeftExpr(), focus);
    Object right = value(binary.getRightExpr(), focus);
    return switch (binary.getOperator()) {
      case PLUS -> XPathValues.toNumber(left) + XPathValues.toNumber(right);
      case MINUS -> XPathValues.toNumber(left) - XPathValues.toNumber(right);
      case MUL -> XPathValues.toNumber(left) * XPathValues.toNumber(right);
      case DIV -> XPathValues.toNumber(left) / XPathValues.toNumber(right);
      case MOD -> XPathValues.toNumber(left) % XPathValues.toNumber(right);
      case EQUALS, NOT_EQUALS, GT, GTE, LT, LTE -> compare(binary.getOperator(), left, right);
    };
  }

  /// A comparison with a node set holds if it holds for any of its nodes (XPath 1.0 section 3.4).
  private boolean compare(YangBinaryOperator operator, Object left, Object right) {
    if (left instanceof List<?> && !(right instanceof Boolean)) {
      for (XPathNode node : XPathValues.nodes(left)) {
        if (right instanceof List<?>) {
          for (XPathNode other : XPathValues.nodes(right)) {
            budget.spend();
            if (holds(operator, node.text(), other.text())) {
              return true;
            }
          }
        } else if (holdsForNode(operator, node, right, false)) {
          return true;
        }
      }
      return false;
    }
    if (right instanceof List<?> && !(left instanceof Boolean)) {
      for (XPathNode node : XPathValues.nodes(right)) {
        if (holdsForNode(operator, node, left, true)) {
          return true;
        }
      }
      return false;
    }
    return holds(operator, left, right);
  }

  private boolean holdsForNode(
      YangBinaryOperator operator, XPathNode node, Object other, boolean isSwapped) {
    budget.spend();
    Object text = node.text();
    Object compared = other;
    if (node.value().orElse("") instanceof QName identity && other instanceof String literal) {
      // An identity is the same whatever prefix the expression's module gives its module.
      Optional<QName> named = identity(literal);
      if (named.isPresent()) {
        text = identity.toString();
        compared = named.get().toString();
      }
    } else if (other instanceof Double) {
      text = XPathValues.parse(node.text());
    }
    return isSwapped ? holds(operator, compared, text) : holds(operator, text, compared);
  }

  private static boolean holds(YangBinaryOperator operator, Object left, Object right) {
    boolean isEquality =
        operator == YangBinaryOperator.EQUALS || operator == YangBinaryOperator.NOT_EQUALS;
    if (isEquality) {
      return equal(left, right) == (operator == YangBinaryOperator.EQUALS);
    }
    double a = XPathValues.toNumber(left);
    double b = XPathValues.toNumber(right);
    return switch (operator) {
      case GT -> a > b;
      case GTE -> a >= b;
      case LT -> a < b;
      case LTE -> a <= b;
      default -> throw new IllegalStateException(operator + " does not compare");
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

  /// The identity that a text names with the prefixes of the expression's module.
  Optional<QName> identity(String text) {
    try {
      return expression.interpretAsQName(YangLiteralExpr.of(text))
              instanceof YangQNameExpr.Resolved resolved
          ? Optional.of(resolved.getQName())
          : Optional.empty();
    } catch (XPathExpressionException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The nodes that a leafref or instance-identifier leaf points to.
  List<XPathNode> dereferenced(XPathNode node) {
    if (node.schema().kind() != Kind.LEAF && node.schema().kind() != Kind.LEAF_LIST) {
      return List.of();
    }
    return new References(budget).targets(node);
  }
}
