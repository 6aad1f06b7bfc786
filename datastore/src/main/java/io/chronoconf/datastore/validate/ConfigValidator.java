package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Checks a whole configuration (RFC 7950 section 8): first nodes whose `when` is false are taken
/// away until none is left (section 8.2), then everything that section 8.1 wants is looked at in
/// one walk. Types were checked when the values were read. Any thread; a long check lets other
/// virtual threads in.
public final class ConfigValidator {
  /// More errors than this are not collected.
  public static final int MAX_ERRORS = 100;

  private final EffectiveModelContext schema;
  private final NodeSchema root;
  private final CheckPlan plan;
  private final long steps;

  public ConfigValidator(EffectiveModelContext schema) {
    this(schema, XPathBudget.VALIDATION_STEPS);
  }

  /// A validator that gives up earlier.
  ///
  /// @param steps how many steps of evaluation one validation may take
  ConfigValidator(EffectiveModelContext schema, long steps) {
    this.schema = schema;
    this.root = NodeSchema.rootOf(schema);
    this.plan = new CheckPlan(schema);
    this.steps = steps;
  }

  public EffectiveModelContext schema() {
    return schema;
  }

  /// Checks a configuration that follows no other: whatever its conditions exclude just goes.
  public ValidatedConfig validate(ContainerNode config) {
    return validate(config, config);
  }

  /// Checks a configuration that is to follow another. What was there before and is now excluded by
  /// its `when` goes (RFC 7950 section 8.2); what is new and excluded is an error (section 8.3.1),
  /// so that nothing that a client has just written is lost without a word.
  public ValidatedConfig validate(ContainerNode before, ContainerNode config) {
    ErrorList errors = new ErrorList();
    XPathBudget budget = new XPathBudget(steps);
    ContainerNode pruned = config;
    List<DataPath> lost = new ArrayList<>();
    try {
      WhenPruning pruning = new WhenPruning(root, plan, budget, errors);
      pruned = pruning.prune(config);
      pruning.pruned().forEach(node -> judge(node, before, lost, errors));
      XPathTree tree = XPathTree.of(root, pruned, budget, new Conditions(plan));
      new ConstraintWalk(plan, tree, errors, false).check();
    } catch (XPathCostException e) {
      errors.add(
          RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.RESOURCE_DENIED,
              "This configuration is too large to check: " + e.getMessage() + "."));
    }
    return new ValidatedConfig(pruned, errors.all(), lost);
  }

  private static void judge(
      WhenPruning.Pruned node, ContainerNode before, List<DataPath> lost, ErrorList errors) {
    if (NormalizedNodes.findNode(before, node.path().identifier()).isEmpty()) {
      errors.add(excluded(node));
    } else {
      lost.add(node.path());
    }
  }

  /// The error for a node that its conditions exclude.
  static RpcError excluded(WhenPruning.Pruned node) {
    String name = node.path().schema().name().getLocalName();
    String conditions =
        node.whens().stream()
            .map(when -> "\"" + when.text() + "\"")
            .collect(Collectors.joining(" and "));
    return ErrorList.of(
            ErrorTag.UNKNOWN_ELEMENT,
            node.path(),
            name
                + " may be here only when "
                + conditions
                + "; take it out, or make that true in the same change.")
        .withInfo(Info.badElement(name));
  }
}
