package io.chronoconf.datastore.xpath;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFilterExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.Step;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.UnresolvedQNameStep;
import org.opendaylight.yangtools.yang.xpath.api.YangNaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNegateExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;

/// Finds names without prefix in location paths. In XPath 1.0 section 2.3 they are in no namespace
/// whatever the default one is, so that they never select data of a YANG module.
final class UnprefixedName {
  private UnprefixedName() {}

  /// The first such name.
  static Optional<String> in(YangExpr expr) {
    return switch (expr) {
      case YangLocationPath path -> inSteps(path.getSteps());
      case YangPathExpr path ->
          in(path.getFilterExpr())
              .or(() -> path.getLocationPath().flatMap(rest -> inSteps(rest.getSteps())));
      case YangFilterExpr filter -> in(filter.getExpr()).or(() -> inAny(filter.getPredicates()));
      case YangFunctionCallExpr call -> inAny(call.getArguments());
      case YangBinaryExpr binary -> inAny(List.of(binary.getLeftExpr(), binary.getRightExpr()));
      case YangNaryExpr nary -> inAny(nary.getExpressions());
      case YangNegateExpr negated -> in(negated.getSubExpr());
      default -> Optional.empty();
    };
  }

  private static Optional<String> inSteps(List<Step> steps) {
    for (Step step : steps) {
      Optional<String> found =
          step instanceof UnresolvedQNameStep named
              ? Optional.of(named.getQName().getLocalName())
              : inAny(step.getPredicates());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inAny(Collection<YangExpr> parts) {
    return parts.stream().flatMap(part -> in(part).stream()).findFirst();
  }
}
