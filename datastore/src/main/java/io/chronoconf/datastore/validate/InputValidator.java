package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.List;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Checks the input of one rpc against everything that its module demands of it (RFC 7950 section
/// 8.1): mandatory nodes, conditions, numbers of entries, references. Any thread.
public final class InputValidator {
  private final NodeSchema root;
  private final NodeSchema input;
  private final CheckPlan plan;
  private final long steps;

  public InputValidator(NodeSchema dataRoot, RpcDefinition rpc) {
    this(dataRoot, rpc, XPathBudget.VALIDATION_STEPS);
  }

  InputValidator(NodeSchema dataRoot, RpcDefinition rpc, long steps) {
    this.root = NodeSchema.callOf(dataRoot.context(), rpc);
    this.input = root.child(rpc.getInput().getQName()).orElseThrow();
    this.plan = new CheckPlan(dataRoot.context());
    this.steps = steps;
  }

  /// Checks an input.
  ///
  /// @param given the parameters under a node of any name, checked against their types
  /// @param data all configuration and state of the device; asked for only if the module looks at
  ///   it
  /// @throws RpcException with each error that was found
  public void validate(ContainerNode given, Supplier<ContainerNode> data) throws RpcException {
    NodeChecks checks = plan.of(input);
    boolean isFree =
        checks.checked().isEmpty() && checks.conditional().isEmpty() && checks.choices().isEmpty();
    if (isFree) {
      return;
    }
    List<RpcError> found = errors(call(given, data.get()));
    if (!found.isEmpty()) {
      throw new RpcException(found);
    }
  }

  private ContainerNode call(ContainerNode given, ContainerNode data) {
    DataContainerNodeBuilder<NodeIdentifier, ContainerNode> parameters =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(input.id());
    given.body().forEach(parameters::withChild);
    DataContainerNodeBuilder<NodeIdentifier, ContainerNode> call =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id());
    data.body().stream().filter(node -> !node.name().equals(input.id())).forEach(call::withChild);
    return call.withChild(parameters.build()).build();
  }

  private List<RpcError> errors(ContainerNode call) {
    ErrorList errors = new ErrorList();
    XPathBudget budget = new XPathBudget(steps);
    try {
      WhenPruning pruning = new WhenPruning(root, plan, budget, errors);
      ContainerNode pruned = pruning.prune(call, this::input);
      pruning.pruned().forEach(node -> errors.add(ConfigValidator.excluded(node)));
      XPathTree tree = XPathTree.of(root, pruned, budget, new Conditions(plan));
      new ConstraintWalk(plan, tree, errors, true).check(input(tree.root()));
    } catch (XPathCostException e) {
      errors.add(
          RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.RESOURCE_DENIED,
              "This input is too large to check: " + e.getMessage() + "."));
    }
    return errors.all();
  }

  private XPathNode input(XPathNode top) {
    return top.children(input).getFirst();
  }
}
