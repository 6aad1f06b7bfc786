package io.chronoconf.datastore.xpath;

import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.YangVersion;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.model.api.PathExpression.DerefSteps;
import org.opendaylight.yangtools.yang.model.api.PathExpression.LocationPathSteps;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.Step;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathMathMode;

/// The path of a leafref as an expression: it stands outside of any `must` or `when`, and its names
/// are resolved already (RFC 7950 section 9.9.2).
///
/// @param path the expression
public record LeafrefPath(YangExpr path) implements YangXPathExpression {
  /// The expression that a path statement is.
  ///
  /// @throws XPathException if it is of no known form
  public static LeafrefPath of(PathExpression statement) {
    return switch (statement.getSteps()) {
      case LocationPathSteps steps -> new LeafrefPath(steps.getLocationPath());
      case DerefSteps steps ->
          new LeafrefPath(
              YangPathExpr.of(
                  YangFunctionCallExpr.of(
                      YangFunction.DEREF.getIdentifier(), steps.getDerefArgument()),
                  steps.getRelativePath()));
      default -> throw new XPathException("not understood: " + statement.getOriginalString());
    };
  }

  List<XPathNode> select(XPathNode node) {
    return XPathEvaluator.select(this, node);
  }

  /// The node from which the path only goes down, without predicates: all leaves that share it
  /// choose among the same targets. Empty if there is none.
  Optional<XPathNode> sharedStart(XPathNode node) {
    if (!(path instanceof YangLocationPath location)
        || location.getSteps().stream().anyMatch(step -> !step.getPredicates().isEmpty())) {
      return Optional.empty();
    }
    Optional<XPathNode> start = Optional.of(location.isAbsolute() ? node.root() : node);
    for (Step step : location.getSteps()) {
      if (step.getAxis() == YangXPathAxis.PARENT) {
        start = start.flatMap(XPathNode::parent);
      }
    }
    return start;
  }

  @Override
  public YangExpr getRootExpr() {
    return path;
  }

  @Override
  public YangXPathMathMode getMathMode() {
    return YangXPathMathMode.IEEE754;
  }

  @Override
  public YangVersion getYangVersion() {
    return YangVersion.VERSION_1_1;
  }

  @Override
  public YangQNameExpr interpretAsQName(YangLiteralExpr literal) {
    throw new IllegalArgumentException("no prefixes here");
  }

  @Override
  public YangLocationPath interpretAsInstanceIdentifier(YangLiteralExpr literal) {
    throw new IllegalArgumentException("no prefixes here");
  }
}
