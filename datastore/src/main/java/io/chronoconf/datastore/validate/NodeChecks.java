package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.CaseStep;
import java.util.List;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// What there is to check at one schema node.
///
/// @param whens the conditions under which it exists
/// @param musts the conditions on each of its instances
/// @param isReference whether its values may be leafrefs or instance-identifiers
/// @param choices the mandatory choices below it
/// @param conditional the children that have conditions, or have such below them
/// @param checked the children at which, or below which, there is anything but conditions to check
record NodeChecks(
    List<When> whens,
    List<Must> musts,
    boolean isReference,
    List<MandatoryChoice> choices,
    List<NodeSchema> conditional,
    List<NodeSchema> checked) {

  /// A condition on an instance.
  ///
  /// @param expression the condition
  /// @param message what to say if it does not hold
  /// @param appTag of the error
  record Must(YangXPathExpression expression, String message, String appTag) {}

  /// A choice of which one case must be there, if it may.
  ///
  /// @param around the cases around it: it is needed if they are selected
  /// @param whens the conditions on it
  record MandatoryChoice(ChoiceSchemaNode choice, List<CaseStep> around, List<When> whens) {}
}
