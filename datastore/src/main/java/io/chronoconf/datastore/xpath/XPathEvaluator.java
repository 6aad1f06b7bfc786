package io.chronoconf.datastore.xpath;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.xpath.XPathExpressionException;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
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

/// Evaluates one expression for one node (XPath 1.0; RFC 7950 section 6.4). The costs go to the
/// budget of the node's tree. One thread.
public final class XPathEvaluator {
  private final YangXPathExpression expression;
  private final XPathNode current;
  private final XPathSteps steps;

  private XPathEvaluator(YangXPathExpression expression, XPathNode current) {
    this.expression = expression;
    this.current = current;
    this.steps = new XPathSteps(this);
  }

  /// The place of evaluation: a node, and where it stands in the set that a predicate filters.
  record Focus(XPathNode node, int position, int size) {}

  /// The value of the expression as a boolean, as `must` and `when` want it.
  ///
  /// @param context the context node, also what `current()` returns
  /// @throws XPathException if it cannot be evaluated, or not within the budget
  public static boolean test(YangXPathExpression expression, XPathNode context) {
    return XPathValues.toBoolean(evaluate(expression.getRootExpr(), expression, context));
  }

  /// The nodes that the expression selects, in document order and each once.
  ///
  /// @throws XPathException if its value is no node set, or costs too much
  public static List<XPathNode> select(YangXPathExpression expression, XPathNode context) {
    return XPathValues.nodes(evaluate(expression.getRootExpr(), expression, context));
  }

  /// True if the value is a node set.
  static boolean isNodes(YangXPathExpression expression, XPathNode context) {
    return evaluate(expression.getRootExpr(), expression, context) instanceof List<?>;
  }

  private static Object evaluate(YangExpr expr, YangXPathExpression expression, XPathNode context) {
    return new XPathEvaluator(expression, context).value(expr, new Focus(context, 1, 1));
  }

  XPathNode current() {
    return current;
  }

  XPathBudget budget() {
    return current.tree().budget();
  }

  Object value(YangExpr expr, Focus focus) {
    budget().spend();
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
      // In predicates of a leafref's path this is what a relative path of one name is elsewhere.
      case YangQNameExpr.Resolved name -> focus.node().children(name.getQName());
      default -> throw new XPathException("not understood: " + expr);
    };
  }

  private Object nary(YangNaryExpr nary, Focus focus) {
    Collection<YangExpr> parts = nary.getExpressions();
    if (nary.getOperator() == YangNaryOperator.UNION) {
      Set<XPathNode> union = new LinkedHashSet<>();
      for (YangExpr part : parts) {
        union.addAll(XPathValues.nodes(value(part, focus)));
      }
      return union.stream().sorted(DocumentOrder.ORDER).toList();
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
      case EQUALS, NOT_EQUALS, GT, GTE, LT, LTE ->
          new XPathComparison(this, binary.getOperator()).holds(left, right);
    };
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
}
