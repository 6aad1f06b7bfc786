package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Takes away the nodes whose `when` is false (RFC 7950 section 8.2). What goes may be what another
/// condition looks at, so this repeats until nothing more goes. One thread, used once.
final class WhenPruning {
  /// A node taken away.
  ///
  /// @param path where it was
  /// @param whens one of them is false
  record Pruned(DataPath path, List<When> whens) {}

  /// Each round takes at least one node; conditions that depend on each other this deep are a fault
  /// of the modules.
  private static final int MAX_ROUNDS = 64;

  private final NodeSchema root;
  private final CheckPlan plan;
  private final XPathBudget budget;
  private final ErrorList errors;
  private final List<Pruned> pruned = new ArrayList<>();

  WhenPruning(NodeSchema root, CheckPlan plan, XPathBudget budget, ErrorList errors) {
    this.root = root;
    this.plan = plan;
    this.budget = budget;
    this.errors = errors;
  }

  /// What was taken away.
  List<Pruned> pruned() {
    return pruned;
  }

  /// The configuration without what its conditions exclude, as far as they could be evaluated.
  ContainerNode prune(ContainerNode config) {
    return prune(config, root -> root);
  }

  /// The same below one node.
  ///
  /// @param top finds it from the root
  ContainerNode prune(ContainerNode config, UnaryOperator<XPathNode> top) {
    ContainerNode at = config;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<Pruned> gone = new ArrayList<>();
      Conditions conditions = new Conditions(plan);
      visit(top.apply(XPathTree.of(root, at, budget, conditions).root()), conditions, gone);
      if (gone.isEmpty()) {
        return at;
      }
      pruned.addAll(gone);
      at = RemovalEdit.apply(root, at, gone.stream().map(Pruned::path).toList());
    }
    throw new XPathException("conditions of the modules depend on each other without end");
  }

  private void visit(XPathNode node, Conditions conditions, List<Pruned> gone) {
    for (NodeSchema child : plan.of(node.schema()).conditional()) {
      List<XPathNode> instances =
          node.children(child).stream().filter(XPathNode::isInData).toList();
      if (instances.isEmpty() || holds(node, child, conditions)) {
        instances.forEach(instance -> visit(instance, conditions, gone));
      } else {
        List<When> whens = plan.of(child).whens();
        instances.forEach(instance -> gone.add(new Pruned(instance.path(), whens)));
      }
    }
  }

  private boolean holds(XPathNode parent, NodeSchema child, Conditions conditions) {
    try {
      return conditions.holdOrThrow(parent, child);
    } catch (XPathException e) {
      errors.add(e, parent.path().child(child), "The condition for this node cannot be evaluated");
      return true;
    }
  }
}
