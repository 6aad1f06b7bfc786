package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.NodeChecks.MandatoryChoice;
import io.chronoconf.datastore.validate.NodeChecks.Must;
import io.chronoconf.datastore.xpath.CaseSelection;
import io.chronoconf.datastore.xpath.XPathEvaluator;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.datastore.xpath.XPathTree;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraint;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// One walk over a configuration that finds what RFC 7950 section 8.1 forbids. Nodes with data have
/// met their conditions already. One thread, used once.
final class ConstraintWalk {
  static final String YANG = "urn:ietf:params:xml:ns:yang:1";

  private final boolean isMessage;
  private final CheckPlan plan;
  private final XPathTree tree;
  private final ErrorList errors;
  private final ReferenceCheck references;
  private final UniqueCheck unique;

  /// @param isMessage whether the input of an rpc is checked, not a datastore
  ConstraintWalk(CheckPlan plan, XPathTree tree, ErrorList errors, boolean isMessage) {
    this.isMessage = isMessage;
    this.plan = plan;
    this.tree = tree;
    this.errors = errors;
    this.references = new ReferenceCheck(tree.references(), errors);
    this.unique = new UniqueCheck(errors);
  }

  void check() {
    check(tree.root());
  }

  /// Checks one node and all below it.
  void check(XPathNode top) {
    visit(top);
  }

  private void visit(XPathNode node) {
    if (errors.isFull()) {
      return;
    }
    NodeChecks checks = plan.of(node.schema());
    checks.musts().forEach(must -> must(node, must));
    if (checks.isReference()) {
      references.check(node);
    }
    checks.choices().forEach(choice -> choice(node, choice));
    for (NodeSchema child : checks.checked()) {
      List<XPathNode> instances = node.children(child);
      // A missing node is missed only where it could be.
      if (CaseSelection.isSelected(node.data().orElse(null), child.choices())
          && (!instances.isEmpty() || holds(node, child))) {
        presence(node, child, instances);
      }
      instances.forEach(this::visit);
    }
  }

  private boolean holds(XPathNode parent, NodeSchema child) {
    try {
      return Conditions.hold(plan.of(child).whens(), parent, child);
    } catch (XPathException e) {
      errors.add(e, parent.path().child(child), "The condition for this node cannot be evaluated");
      return false;
    }
  }

  private void presence(XPathNode parent, NodeSchema child, List<XPathNode> instances) {
    if (instances.isEmpty() && CheckPlan.isMandatory(child)) {
      errors.add(missing(parent, child));
    }
    if (child.yang() instanceof ElementCountConstraintAware aware) {
      aware
          .getElementCountConstraint()
          .ifPresent(constraint -> count(parent, child, instances.size(), constraint));
    }
    if (child.yang() instanceof ListSchemaNode list) {
      list.getUniqueConstraints().forEach(leaves -> unique.check(instances, leaves.argument()));
    }
  }

  /// What is missing of a message is a parameter, not data (RFC 6241 appendix A).
  private RpcError missing(XPathNode parent, NodeSchema child) {
    String name = child.name().getLocalName();
    String message = name + " is mandatory; give it a value.";
    DataPath path = parent.path().child(child);
    return isMessage
        ? ErrorList.of(ErrorTag.MISSING_ELEMENT, path, message).withInfo(Info.badElement(name))
        : ErrorList.of(ErrorTag.DATA_MISSING, path, message);
  }

  private void count(
      XPathNode parent, NodeSchema child, int found, ElementCountConstraint constraint) {
    Integer least = constraint.getMinElements();
    Integer most = constraint.getMaxElements();
    String has = child.name().getLocalName() + " has " + found + " entries";
    if (least != null && found < least) {
      errors.add(
          ErrorTag.OPERATION_FAILED,
          "too-few-elements",
          parent.path().child(child),
          has + " and needs at least " + least + "; add some.");
    }
    if (most != null && found > most) {
      errors.add(
          ErrorTag.OPERATION_FAILED,
          "too-many-elements",
          parent.path().child(child),
          has + " and may have at most " + most + "; remove some.");
    }
  }

  private void choice(XPathNode parent, MandatoryChoice mandatory) {
    DataContainerNode data = parent.data().orElse(null);
    if (!CaseSelection.isSelected(data, mandatory.around())
        || CaseSelection.isMade(data, mandatory.around(), mandatory.choice())
        || !holds(parent, mandatory)) {
      return;
    }
    List<String> ways =
        mandatory.choice().getCases().stream()
            .flatMap(chosen -> chosen.getChildNodes().stream())
            .map(DataSchemaNode::getQName)
            .map(name -> name.getLocalName())
            .toList();
    errors.add(
        ErrorList.of(
                ErrorTag.DATA_MISSING,
                parent.path(),
                ways.size() == 1
                    ? ways.getFirst() + " is needed here; add it."
                    : "One of " + String.join(", ", ways) + " is needed here; add one.")
            .withAppTag("missing-choice")
            .withInfo(
                new Info("missing-choice", YANG, mandatory.choice().getQName().getLocalName())));
  }

  private boolean holds(XPathNode parent, MandatoryChoice mandatory) {
    try {
      return Conditions.hold(mandatory.whens(), parent);
    } catch (XPathException e) {
      errors.add(e, parent.path(), "The condition for a choice here cannot be evaluated");
      return false;
    }
  }

  private void must(XPathNode node, Must must) {
    try {
      if (!XPathEvaluator.test(must.expression(), node)) {
        errors.add(ErrorTag.OPERATION_FAILED, must.appTag(), node.path(), must.message());
      }
    } catch (XPathException e) {
      errors.add(e, node.path(), "A condition of this node cannot be evaluated");
    }
  }
}
