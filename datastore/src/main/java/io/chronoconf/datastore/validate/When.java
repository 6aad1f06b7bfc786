package io.chronoconf.datastore.validate;

import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// A condition on the existence of a node.
///
/// @param expression the condition
/// @param text as the module has it
/// @param isOfParent true if it is evaluated at the parent data node (a `when` of a choice, case,
///   uses or augment, RFC 7950 section 7.21.5), false if at the node itself
record When(YangXPathExpression expression, String text, boolean isOfParent) {}
