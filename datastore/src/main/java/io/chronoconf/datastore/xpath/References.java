package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// What leafref and instance-identifier leaves of one tree point to (RFC 7950 sections 9.9 and
/// 9.13). Targets of paths without predicates are looked up in an index that is made once per tree
/// and start of the path, so that many references into one list cost no more than reading it.
public final class References {
  private record IndexKey(PathExpression path, XPathNode start) {}

  private final XPathTree tree;
  private final Map<PathExpression, LeafrefPath> paths = new HashMap<>();
  private final Map<IndexKey, Map<String, List<XPathNode>>> indexes = new HashMap<>();

  References(XPathTree tree) {
    this.tree = tree;
  }

  /// The instances that the node's value points to; empty if it dangles or is no reference.
  public List<XPathNode> targets(XPathNode node) {
    if (node.value().orElse("") instanceof YangInstanceIdentifier path) {
      return instance(tree.root(), path).map(List::of).orElse(List.of());
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
    PathExpression statement = leafref.getPathStatement();
    LeafrefPath path = paths.computeIfAbsent(statement, LeafrefPath::of);
    Optional<XPathNode> start = path.sharedStart(node);
    if (start.isEmpty()) {
      return path.select(node).stream()
          .filter(target -> target.text().equals(node.text()))
          .toList();
    }
    IndexKey key = new IndexKey(statement, start.get());
    Map<String, List<XPathNode>> index = indexes.get(key);
    if (index == null) {
      index = new HashMap<>();
      for (XPathNode target : path.select(node)) {
        index.computeIfAbsent(target.text(), t -> new ArrayList<>(1)).add(target);
      }
      indexes.put(key, index);
    }
    return index.getOrDefault(node.text(), List.of());
  }

  private Optional<XPathNode> instance(XPathNode root, YangInstanceIdentifier path) {
    XPathNode at = root;
    for (PathArgument step : path.getPathArguments()) {
      NodeSchema child = at.schema().child(step.getNodeType()).orElse(null);
      boolean isWhole =
          step instanceof NodeIdentifier
              && (child == null || child.kind() == Kind.LIST || child.kind() == Kind.LEAF_LIST);
      if (isWhole) {
        // A choice, or a list as a whole: the entry follows.
        continue;
      }
      Optional<XPathNode> next = child == null ? Optional.empty() : instance(at, child, step);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private Optional<XPathNode> instance(XPathNode parent, NodeSchema child, PathArgument step) {
    List<XPathNode> candidates =
        step instanceof NodeIdentifierWithPredicates keys
            ? entries(parent, child, keys)
            : parent.children(child);
    return candidates.stream()
        .filter(found -> found.path().identifier().getLastPathArgument().equals(step))
        .findFirst();
  }

  private List<XPathNode> entries(
      XPathNode parent, NodeSchema list, NodeIdentifierWithPredicates keys) {
    Map.Entry<QName, Object> first = keys.entrySet().iterator().next();
    NodeSchema key = list.child(first.getKey()).orElseThrow();
    return tree.entries(parent, list, key.name(), key.codec().text(first.getValue()).text());
  }
}
