package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.YangVersion;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.model.api.PathExpression.DerefSteps;
import org.opendaylight.yangtools.yang.model.api.PathExpression.LocationPathSteps;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathMathMode;

/// What leafref and instance-identifier leaves point to (RFC 7950 sections 9.9 and 9.13). Targets
/// of absolute paths without predicates are looked up in an index that is made once per tree.
public final class References {
  private final XPathBudget budget;
  private final IdentityHashMap<LeafrefTypeDefinition, Map<String, List<XPathNode>>> indexes =
      new IdentityHashMap<>();

  public References(XPathBudget budget) {
    this.budget = budget;
  }

  /// The instances that the node's value points to; empty if it dangles or is no reference.
  public List<XPathNode> targets(XPathNode node) {
    if (node.value().orElse("") instanceof YangInstanceIdentifier path) {
      return instance(node.root(), path);
    }
    if (node.schema().yang() instanceof TypeAware typed) {
      for (LeafrefTypeDefinition leafref : leafrefs(typed.getType())) {
        List<XPathNode> found = targets(node, leafref);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  /// The leafrefs in a type: itself, or the members of a union.
  public static List<LeafrefTypeDefinition> leafrefs(TypeDefinition<?> type) {
    List<LeafrefTypeDefinition> found = new ArrayList<>();
    if (type instanceof LeafrefTypeDefinition leafref) {
      found.add(leafref);
    } else if (type instanceof UnionTypeDefinition union) {
      union.getTypes().forEach(member -> found.addAll(leafrefs(member)));
    }
    return found;
  }

  /// The instances that one leafref type lets the node's value point to.
  public List<XPathNode> targets(XPathNode node, LeafrefTypeDefinition leafref) {
    YangExpr path = expression(leafref.getPathStatement());
    String text = node.text();
    if (path instanceof YangLocationPath location
        && location.isAbsolute()
        && location.getSteps().stream().allMatch(step -> step.getPredicates().isEmpty())) {
      Map<String, List<XPathNode>> index = indexes.get(leafref);
      if (index == null) {
        index = new HashMap<>();
        for (XPathNode target : select(path, node)) {
          index.computeIfAbsent(target.text(), t -> new ArrayList<>()).add(target);
        }
        indexes.put(leafref, index);
      }
      return index.getOrDefault(text, List.of());
    }
    return select(path, node).stream().filter(target -> target.text().equals(text)).toList();
  }

  private List<XPathNode> select(YangExpr path, XPathNode node) {
    return XPathEvaluator.select(path, new Bare(path), node, budget);
  }

  private static YangExpr expression(PathExpression path) {
    return switch (path.getSteps()) {
      case LocationPathSteps steps -> steps.getLocationPath();
      case DerefSteps steps ->
          YangPathExpr.of(
              YangFunctionCallExpr.of(YangFunction.DEREF.getIdentifier(), steps.getDerefArgument()),
              steps.getRelativePath());
      default -> throw new XPathException("not understood: " + path.getOriginalString());
    };
  }

  private static List<XPathNode> instance(XPathNode root, YangInstanceIdentifier path) {
    @Nullable XPathNode at = root;
    for (YangInstanceIdentifier.PathArgument step : path.getPathArguments()) {
      QName name = step.getNodeType();
      XPathNode from = at;
      if (step instanceof YangInstanceIdentifier.NodeIdentifier) {
        NodeSchema child = from.schema().child(name).orElse(null);
        if (child == null
            || child.kind() == NodeSchema.Kind.LIST
            || child.kind() == NodeSchema.Kind.LEAF_LIST) {
          // A choice, or a list as a whole: the entry follows.
          continue;
        }
      }
      at = null;
      for (XPathNode child : from.children(name)) {
        if (child.path().identifier().getLastPathArgument().equals(step)) {
          at = child;
        }
      }
      if (at == null) {
        return List.of();
      }
    }
    return List.of(at);
  }

  /// A path outside of any `must` or `when`: its names are resolved already.
  private record Bare(YangExpr path) implements YangXPathExpression {
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
}
