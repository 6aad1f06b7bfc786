package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import io.chronoconf.datastore.xpath.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.AugmentationSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.MustConstraintAware;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.UsesNode;
import org.opendaylight.yangtools.yang.model.api.WhenConditionAware;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// What there is to check at each schema node, and whether there is anything below it, so that the
/// walks leave out whole subtrees. Computed as nodes are first met. Any thread.
final class CheckPlan {
  /// A condition on the existence of a node.
  ///
  /// @param expression the condition
  /// @param isOfParent true if it is evaluated at the parent data node (a `when` of a choice, case,
  ///   uses or augment, RFC 7950 section 7.21.5), false if at the node itself
  record When(YangXPathExpression expression, boolean isOfParent) {}

  private record Answer(List<When> whens, boolean hasWhens, boolean hasChecks) {}

  private final ConcurrentMap<NodeSchema, Answer> answers = new ConcurrentHashMap<>();
  // Conditions of augments, by the node that they add.
  private final Map<SchemaNodeIdentifier, List<AugmentationSchemaNode>> augments = new HashMap<>();

  CheckPlan(EffectiveModelContext schema) {
    for (Module module : schema.getModules()) {
      for (AugmentationSchemaNode augment : module.getAugmentations()) {
        if (augment.getWhenCondition().isPresent()) {
          augments.computeIfAbsent(augment.getTargetPath(), p -> new ArrayList<>()).add(augment);
        }
      }
    }
  }

  /// The conditions under which the node exists.
  List<When> whens(NodeSchema node) {
    return answer(node).whens();
  }

  /// Whether the node or one below it has conditions.
  boolean hasWhens(NodeSchema node) {
    return answer(node).hasWhens();
  }

  /// Whether there is anything to check at the node or below it.
  boolean hasChecks(NodeSchema node) {
    return answer(node).hasChecks();
  }

  static Collection<? extends MustDefinition> musts(NodeSchema node) {
    return node.yang() instanceof MustConstraintAware aware
        ? aware.getMustConstraints()
        : List.of();
  }

  private Answer answer(NodeSchema node) {
    Answer known = answers.get(node);
    if (known == null) {
      known = compute(node);
      answers.put(node, known);
    }
    return known;
  }

  private Answer compute(NodeSchema node) {
    List<When> whens = conditions(node);
    boolean hasWhens = !whens.isEmpty();
    boolean hasChecks = hasOwnChecks(node);
    for (NodeSchema child : node.children()) {
      if (child.isConfig()) {
        hasWhens |= hasWhens(child);
        hasChecks |= hasChecks(child);
      }
    }
    return new Answer(whens, hasWhens, hasChecks);
  }

  private static boolean hasOwnChecks(NodeSchema node) {
    boolean isInMandatoryChoice =
        node.choices().stream().anyMatch(step -> step.choice().isMandatory());
    boolean refers =
        node.yang() instanceof TypeAware typed
            && (!References.leafrefs(typed.getType()).isEmpty() || holdsPaths(typed.getType()));
    return isInMandatoryChoice
        || refers
        || !musts(node).isEmpty()
        || (node.yang() instanceof MandatoryAware aware && aware.isMandatory())
        || (node.yang() instanceof ElementCountConstraintAware aware
            && aware.getElementCountConstraint().isPresent())
        || (node.yang() instanceof ListSchemaNode list && !list.getUniqueConstraints().isEmpty());
  }

  static boolean holdsPaths(TypeDefinition<?> type) {
    return switch (type) {
      case InstanceIdentifierTypeDefinition _ -> true;
      case UnionTypeDefinition union -> union.getTypes().stream().anyMatch(CheckPlan::holdsPaths);
      default -> false;
    };
  }

  private List<When> conditions(NodeSchema node) {
    if (node.kind() == Kind.ROOT) {
      return List.of();
    }
    List<When> whens = new ArrayList<>();
    node.yang().getWhenCondition().ifPresent(own -> whens.add(new When(own, false)));
    for (NodeSchema.CaseStep step : node.choices()) {
      add(step.choice(), whens);
      add(step.chosen(), whens);
    }
    NodeSchema parent = node.parent().orElseThrow();
    for (AugmentationSchemaNode augment : augments.getOrDefault(target(parent), List.of())) {
      if (augment.dataChildByName(node.name()) != null
          && node.yang().getWhenCondition().isEmpty()) {
        add(augment, whens);
      }
    }
    if (parent.yang() instanceof DataNodeContainer container) {
      for (UsesNode uses : container.getUses()) {
        if (brings(uses, node) && node.yang().getWhenCondition().isEmpty()) {
          add(uses, whens);
        }
      }
    }
    return List.copyOf(whens);
  }

  private static boolean brings(UsesNode uses, NodeSchema node) {
    DataSchemaNode yang = node.yang();
    return yang.isAddedByUses()
        && uses.getSourceGrouping().getChildNodes().stream()
            .anyMatch(child -> sameName(child.getQName(), node.name()));
  }

  private static boolean sameName(QName one, QName other) {
    return one.getLocalName().equals(other.getLocalName());
  }

  private static void add(WhenConditionAware aware, List<When> whens) {
    aware.getWhenCondition().ifPresent(condition -> whens.add(new When(condition, true)));
  }

  private static SchemaNodeIdentifier target(NodeSchema node) {
    List<QName> names = new ArrayList<>();
    for (NodeSchema at = node; at.kind() != Kind.ROOT; at = at.parent().orElseThrow()) {
      names.addFirst(at.name());
    }
    return names.isEmpty()
        ? SchemaNodeIdentifier.Absolute.of(node.name())
        : SchemaNodeIdentifier.Absolute.of(names);
  }
}
