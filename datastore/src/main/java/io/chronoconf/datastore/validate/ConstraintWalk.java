package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import io.chronoconf.datastore.xpath.References;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathEvaluator;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraint;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeAware;

/// One walk over a configuration that finds what RFC 7950 section 8.1 forbids. Conditions are met
/// already. One thread, used once.
final class ConstraintWalk {
  private static final String YANG = "urn:ietf:params:xml:ns:yang:1";

  private final CheckPlan plan;
  private final XPathBudget budget;
  private final ReferenceCheck references;
  private final UniqueCheck unique;
  private final List<RpcError> errors = new ArrayList<>();

  ConstraintWalk(CheckPlan plan, XPathBudget budget) {
    this.plan = plan;
    this.budget = budget;
    this.references = new ReferenceCheck(new References(budget), errors);
    this.unique = new UniqueCheck(errors);
  }

  List<RpcError> check(XPathNode root) {
    children(root);
    return errors;
  }

  private void visit(XPathNode node) {
    for (MustDefinition must : CheckPlan.musts(node.schema())) {
      must(node, must);
    }
    if (node.schema().yang() instanceof TypeAware && node.isInData()) {
      references.check(node);
    }
    children(node);
  }

  private void children(XPathNode parent) {
    Set<QName> choicesSeen = new HashSet<>();
    for (NodeSchema child : parent.schema().children()) {
      if (!child.isConfig()
          || !plan.hasChecks(child)
          || errors.size() >= ConfigValidator.MAX_ERRORS) {
        continue;
      }
      boolean isRequired = true;
      for (CaseStep step : child.choices()) {
        if (isRequired && choicesSeen.add(step.choice().getQName())) {
          choice(parent, step.choice());
        }
        isRequired = isRequired && isSelected(parent, step.chosen());
      }
      List<XPathNode> instances = parent.children(child.name());
      if (isRequired && whensHold(parent, child)) {
        presence(parent, child, instances);
      }
      instances.forEach(this::visit);
    }
  }

  /// A missing node is missed only where it could be: its own condition, if it looks at its parent
  /// or further, must hold. One that looks at the node itself cannot be asked of an absent node,
  /// and is asked of the parent's view of an empty one.
  private boolean whensHold(XPathNode parent, NodeSchema child) {
    for (CheckPlan.When when : plan.whens(child)) {
      XPathNode context = when.isOfParent() ? parent : XPathNode.absent(parent, child);
      try {
        if (!XPathEvaluator.test(when.expression(), context, budget)) {
          return false;
        }
      } catch (XPathException e) {
        return false;
      }
    }
    return true;
  }

  private void presence(XPathNode parent, NodeSchema child, List<XPathNode> instances) {
    if (child.kind() != Kind.LIST
        && child.kind() != Kind.LEAF_LIST
        && child.yang() instanceof MandatoryAware aware
        && aware.isMandatory()
        && instances.isEmpty()) {
      errors.add(
          error(
              ErrorTag.DATA_MISSING,
              child.name().getLocalName() + " is mandatory; give it a value.",
              parent.path().child(child)));
    }
    if (child.yang() instanceof ElementCountConstraintAware aware) {
      aware
          .getElementCountConstraint()
          .ifPresent(constraint -> count(parent, child, instances, constraint));
    }
    if (child.yang() instanceof ListSchemaNode list) {
      list.getUniqueConstraints()
          .forEach(constraint -> unique.check(instances, constraint.argument()));
    }
  }

  private void count(
      XPathNode parent,
      NodeSchema child,
      List<XPathNode> instances,
      ElementCountConstraint constraint) {
    Integer least = constraint.getMinElements();
    Integer most = constraint.getMaxElements();
    String name = child.name().getLocalName();
    if (least != null && instances.size() < least) {
      errors.add(
          error(
                  ErrorTag.OPERATION_FAILED,
                  name + " has " + instances.size() + " entries and needs at least " + least + ".",
                  parent.path().child(child))
              .withAppTag("too-few-elements"));
    }
    if (most != null && instances.size() > most) {
      errors.add(
          error(
                  ErrorTag.OPERATION_FAILED,
                  name + " has " + instances.size() + " entries and may have " + most + ".",
                  parent.path().child(child))
              .withAppTag("too-many-elements"));
    }
  }

  private void choice(XPathNode parent, ChoiceSchemaNode choice) {
    if (!choice.isMandatory()
        || choice.getCases().stream().anyMatch(chosen -> isSelected(parent, chosen))) {
      return;
    }
    List<String> ways =
        choice.getCases().stream()
            .flatMap(chosen -> chosen.getChildNodes().stream())
            .map(node -> node.getQName().getLocalName())
            .toList();
    errors.add(
        error(
                ErrorTag.DATA_MISSING,
                "One of " + String.join(", ", ways) + " is needed here.",
                parent.path())
            .withAppTag("missing-choice")
            .withInfo(new Info("missing-choice", YANG, choice.getQName().getLocalName())));
  }

  private static boolean isSelected(XPathNode parent, CaseSchemaNode chosen) {
    for (NodeSchema child : parent.schema().children()) {
      boolean isOfCase =
          child.choices().stream()
              .anyMatch(step -> step.chosen().getQName().equals(chosen.getQName()));
      if (isOfCase && parent.children(child.name()).stream().anyMatch(XPathNode::isInData)) {
        return true;
      }
    }
    return false;
  }

  private void must(XPathNode node, MustDefinition must) {
    try {
      if (XPathEvaluator.test(must.getXpath(), node, budget)) {
        return;
      }
    } catch (XPathException e) {
      errors.add(
          error(
              ErrorTag.OPERATION_FAILED,
              "A condition of this node cannot be evaluated: " + e.getMessage() + ".",
              node.path()));
      return;
    }
    String message =
        must.getErrorMessage()
            .orElseGet(() -> "The condition \"" + ConstraintText.of(must) + "\" must hold here.");
    errors.add(
        error(ErrorTag.OPERATION_FAILED, message.strip().replaceAll("\\s+", " "), node.path())
            .withAppTag(must.getErrorAppTag().orElse("must-violation")));
  }

  private static RpcError error(
      ErrorTag tag, String message, io.chronoconf.datastore.tree.DataPath path) {
    return RpcError.of(ErrorType.APPLICATION, tag, message).withPath(path.errorPath());
  }
}
