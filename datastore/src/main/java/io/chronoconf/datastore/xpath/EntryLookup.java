package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import io.chronoconf.datastore.xpath.XPathEvaluator.Focus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath.ResolvedQNameStep;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathAxis;

/// Finds `list[leaf = value]` by the tree's index instead of looking at every entry. Conditions
/// that compare each entry of a list with another list would cost the square of their length.
final class EntryLookup {
  private final XPathEvaluator evaluator;

  EntryLookup(XPathEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  /// The entries for which the first predicate holds, and the predicates that are left.
  record Found(List<XPathNode> entries, List<YangExpr> rest) {}

  /// Empty if the step or its first predicate is not of that form.
  Optional<Found> find(XPathNode parent, QName name, Set<YangExpr> predicates) {
    if (predicates.isEmpty()
        || !(predicates.iterator().next() instanceof YangBinaryExpr equality)
        || equality.getOperator() != YangBinaryOperator.EQUALS) {
      return Optional.empty();
    }
    NodeSchema list = parent.schema().child(name).orElse(null);
    if (list == null || list.kind() != Kind.LIST || parent.isDummy(list)) {
      return Optional.empty();
    }
    Optional<NodeSchema> leaf = childLeaf(list, equality.getLeftExpr());
    if (leaf.isEmpty() || !isConstant(equality.getRightExpr())) {
      return Optional.empty();
    }
    Object value = evaluator.value(equality.getRightExpr(), new Focus(parent, 1, 1));
    if (!(value instanceof String) && !(value instanceof List<?>)) {
      // Numbers and booleans compare by other rules than texts do.
      return Optional.empty();
    }
    List<XPathNode> found = new ArrayList<>();
    List<String> texts = texts(value);
    for (String text : texts) {
      found.addAll(parent.tree().entries(parent, list, leaf.get().name(), text));
    }
    if (texts.size() > 1) {
      found.sort(Comparator.comparingInt(XPathNode::ordinal)); // Further predicates may count.
    }
    return Optional.of(new Found(found, List.copyOf(predicates).subList(1, predicates.size())));
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?>
        ? XPathValues.nodes(value).stream().map(XPathNode::text).distinct().toList()
        : List.of(XPathValues.toText(value));
  }

  /// The leaf that a relative path of one step names, if text equality is what equality means: not
  /// for identities, whose prefixes are the expression's.
  private static Optional<NodeSchema> childLeaf(NodeSchema list, YangExpr expr) {
    return named(expr)
        .flatMap(list::child)
        .filter(leaf -> leaf.kind() == Kind.LEAF)
        .filter(leaf -> leaf.yang() instanceof TypeAware typed && !mayBeIdentity(typed.getType()));
  }

  private static Optional<QName> named(YangExpr expr) {
    if (expr instanceof YangQNameExpr.Resolved name) {
      return Optional.of(name.getQName());
    }
    return expr instanceof YangLocationPath.Relative path
            && path.getSteps().size() == 1
            && path.getSteps().getFirst() instanceof ResolvedQNameStep step
            && step.getAxis() == YangXPathAxis.CHILD
            && step.getPredicates().isEmpty()
        ? Optional.of(step.getQName())
        : Optional.empty();
  }

  private static boolean mayBeIdentity(TypeDefinition<?> type) {
    return switch (type) {
      case IdentityrefTypeDefinition _, LeafrefTypeDefinition _ -> true;
      case UnionTypeDefinition union ->
          union.getTypes().stream().anyMatch(EntryLookup::mayBeIdentity);
      default -> false;
    };
  }

  /// True if the value does not depend on the entry that the predicate looks at.
  private static boolean isConstant(YangExpr expr) {
    return switch (expr) {
      case YangLiteralExpr _ -> true;
      case YangLocationPath path -> path.isAbsolute();
      case YangFunctionCallExpr call ->
          call.getName().equals(YangFunction.CURRENT.getIdentifier())
              || (!call.getArguments().isEmpty()
                  && call.getArguments().stream().allMatch(EntryLookup::isConstant));
      case YangPathExpr path -> isConstant(path.getFilterExpr());
      default -> false;
    };
  }
}
