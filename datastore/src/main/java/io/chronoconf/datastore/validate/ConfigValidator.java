package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathNode;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Checks a whole configuration (RFC 7950 section 8): first nodes whose `when` is false are taken
/// away until none is left (section 8.2.1), then everything that section 8.1 wants is looked at in
/// one walk. Types were checked when the values were read. Any thread.
public final class ConfigValidator {
  /// More errors than this are not collected.
  public static final int MAX_ERRORS = 100;

  private final EffectiveModelContext schema;
  private final NodeSchema root;
  private final CheckPlan plan;

  public ConfigValidator(EffectiveModelContext schema) {
    this.schema = schema;
    this.root = NodeSchema.rootOf(schema);
    this.plan = new CheckPlan(schema);
  }

  public EffectiveModelContext schema() {
    return schema;
  }

  /// Checks everything that RFC 7950 section 8.1 wants true of a configuration.
  public ValidatedConfig validate(ContainerNode config) {
    WhenPruning pruning = new WhenPruning(root, plan);
    ContainerNode pruned = pruning.prune(config);
    if (!pruning.errors().isEmpty()) {
      return new ValidatedConfig(pruned, pruning.errors());
    }
    ConstraintWalk walk = new ConstraintWalk(plan, new XPathBudget(XPathBudget.DEFAULT_STEPS));
    List<RpcError> errors = walk.check(XPathNode.root(root, pruned));
    return new ValidatedConfig(pruned, errors);
  }
}
