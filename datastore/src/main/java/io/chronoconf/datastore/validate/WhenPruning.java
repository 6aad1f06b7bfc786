package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathEvaluator;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;

/// Takes away the nodes whose `when` is false (RFC 7950 section 8.2.1). What goes may be what
/// another condition looks at, so this repeats until nothing more goes.
final class WhenPruning {
  /// Each round takes at least one node; conditions that depend on each other this deep are a fault
  /// of the modules.
  private static final int MAX_ROUNDS = 64;

  private final NodeSchema root;
  private final CheckPlan plan;
  private final List<RpcError> errors = new ArrayList<>();
  private final List<YangInstanceIdentifier> gone = new ArrayList<>();

  WhenPruning(NodeSchema root, CheckPlan plan) {
    this.root = root;
    this.plan = plan;
  }

  List<RpcError> errors() {
    return errors;
  }

  ContainerNode prune(ContainerNode config) {
    ContainerNode at = config;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      gone.clear();
      XPathBudget budget = new XPathBudget(XPathBudget.DEFAULT_STEPS);
      visit(XPathNode.root(root, at), budget);
      if (gone.isEmpty() || !errors.isEmpty()) {
        return at;
      }
      at = without(at);
    }
    return at;
  }

  private void visit(XPathNode node, XPathBudget budget) {
    for (NodeSchema child : node.schema().children()) {
      if (!child.isConfig() || !plan.hasWhens(child)) {
        continue;
      }
      List<CheckPlan.When> whens = plan.whens(child);
      for (XPathNode instance : node.children(child.name())) {
        if (instance.isInData()) {
          if (whens.stream().allMatch(when -> holds(when, instance, budget))) {
            visit(instance, budget);
          } else {
            gone.add(instance.path().identifier());
          }
        }
      }
    }
  }

  private boolean holds(CheckPlan.When when, XPathNode node, XPathBudget budget) {
    try {
      XPathNode context = when.isOfParent() ? node.parent().orElseThrow() : node;
      return XPathEvaluator.test(when.expression(), context, budget);
    } catch (XPathException e) {
      errors.add(
          RpcError.of(
                  ErrorType.APPLICATION,
                  ErrorTag.OPERATION_FAILED,
                  "The condition for this node cannot be evaluated: " + e.getMessage() + ".")
              .withPath(node.path().errorPath()));
      return true;
    }
  }

  private ContainerNode without(ContainerNode config) {
    DataTree tree =
        new ReferenceDataTreeFactory()
            .create(
                DataTreeConfiguration.builder(
                        org.opendaylight.yangtools.yang.data.tree.api.TreeType.CONFIGURATION)
                    .setMandatoryNodesValidation(false)
                    .setUniqueIndexes(false)
                    .build(),
                root.context());
    try {
      DataTreeModification change = tree.takeSnapshot().newModification();
      change.write(YangInstanceIdentifier.of(), config);
      gone.forEach(change::delete);
      change.ready();
      tree.validate(change);
      return (ContainerNode) tree.prepare(change).getRootNode().dataAfter();
    } catch (DataValidationFailedException e) {
      throw new IllegalStateException("taking nodes away cannot fail", e);
    }
  }
}
