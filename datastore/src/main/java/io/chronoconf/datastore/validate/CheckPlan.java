package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import io.chronoconf.datastore.validate.NodeChecks.MandatoryChoice;
import io.chronoconf.datastore.validate.NodeChecks.Must;
import io.chronoconf.datastore.xpath.References;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.MustConstraintAware;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// What there is to check at each schema node and below it, so that the walks leave out whole
/// subtrees. Computed as nodes are first met. Any thread.
final class CheckPlan {
  private final ConcurrentMap<NodeSchema, NodeChecks> known = new ConcurrentHashMap<>();
  private final WhenFinder whens;

  CheckPlan(EffectiveModelContext schema) {
    this.whens = new WhenFinder(schema);
  }

  NodeChecks of(NodeSchema node) {
    NodeChecks checks = known.get(node);
    if (checks == null) {
      // Racing threads compute equal values.
      checks = compute(node);
      known.put(node, checks);
    }
    return checks;
  }

  private NodeChecks compute(NodeSchema node) {
    List<NodeSchema> conditional = new ArrayList<>();
    List<NodeSchema> checked = new ArrayList<>();
    for (NodeSchema child : node.children()) {
      if (child.isConfig()) {
        NodeChecks below = of(child);
        if (!below.whens().isEmpty() || !below.conditional().isEmpty()) {
          conditional.add(child);
        }
        if (isChecked(child, below)) {
          checked.add(child);
        }
      }
    }
    List<MandatoryChoice> choices = new ArrayList<>();
    if (node.yang() instanceof DataNodeContainer container) {
      collect(node, container, List.of(), choices);
    }
    return new NodeChecks(
        whens.of(node),
        musts(node),
        isReference(node),
        List.copyOf(choices),
        List.copyOf(conditional),
        List.copyOf(checked));
  }

  private static boolean isChecked(NodeSchema node, NodeChecks checks) {
    return !checks.musts().isEmpty()
        || checks.isReference()
        || !checks.choices().isEmpty()
        || !checks.checked().isEmpty()
        || isMandatory(node)
        || (node.yang() instanceof ElementCountConstraintAware aware
            && aware.getElementCountConstraint().isPresent())
        || (node.yang() instanceof ListSchemaNode list && !list.getUniqueConstraints().isEmpty());
  }

  /// True for a node that must be there itself; for a container, what is below it decides.
  static boolean isMandatory(NodeSchema node) {
    return (node.kind() == Kind.LEAF || node.kind() == Kind.OPAQUE)
        && node.yang() instanceof MandatoryAware aware
        && aware.isMandatory();
  }

  private static boolean isReference(NodeSchema node) {
    return node.yang() instanceof TypeAware typed
        && (!References.leafrefs(typed.getType()).isEmpty() || holdsPaths(typed.getType()));
  }

  static boolean holdsPaths(TypeDefinition<?> type) {
    return switch (type) {
      case InstanceIdentifierTypeDefinition _ -> true;
      case UnionTypeDefinition union -> union.getTypes().stream().anyMatch(CheckPlan::holdsPaths);
      default -> false;
    };
  }

  private static List<Must> musts(NodeSchema node) {
    List<Must> musts = new ArrayList<>();
    if (node.yang() instanceof MustConstraintAware aware) {
      for (MustDefinition must : aware.getMustConstraints()) {
        musts.add(
            new Must(
                must.getXpath(),
                must.getErrorMessage()
                    .map(ConstraintText::oneLine)
                    .orElseGet(
                        () ->
                            "The condition \""
                                + ConstraintText.of(must)
                                + "\" must hold here; change this node, or what that names."),
                must.getErrorAppTag().orElse("must-violation")));
      }
    }
    return List.copyOf(musts);
  }

  private void collect(
      NodeSchema parent,
      DataNodeContainer container,
      List<CaseStep> around,
      List<MandatoryChoice> into) {
    for (DataSchemaNode child : container.getChildNodes()) {
      if (child instanceof ChoiceSchemaNode choice && choice.effectiveConfig().orElse(true)) {
        if (choice.isMandatory()) {
          into.add(
              new MandatoryChoice(
                  choice,
                  List.copyOf(around),
                  whens.of(parent, around, choice, choice.getQName())));
        }
        for (CaseSchemaNode chosen : choice.getCases()) {
          List<CaseStep> deeper = new ArrayList<>(around);
          deeper.add(new CaseStep(choice, chosen));
          collect(parent, chosen, deeper, into);
        }
      }
    }
  }
}
