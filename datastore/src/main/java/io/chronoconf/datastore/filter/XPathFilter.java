package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.TreeDepth;
import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathExpressions;
import io.chronoconf.datastore.xpath.XPathSelection;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// An XPath filter (RFC 6241 section 8.9). It looks at the data that it is given and at nothing
/// else: defaults are there if the with-defaults mode put them there. Immutable; any thread.
public final class XPathFilter implements DataFilter {
  private static final long TRIAL_STEPS = 1_000_000;

  private final NodeSchema root;
  private final YangXPathExpression expression;

  private XPathFilter(NodeSchema root, YangXPathExpression expression) {
    this.root = root;
    this.expression = expression;
  }

  /// Reads an expression.
  ///
  /// @param root above what is filtered
  /// @param prefixes the namespaces in scope where the expression stands, by prefix
  /// @throws XPathException if it is none, or uses names without prefix
  public static XPathFilter parse(
      NodeSchema root, String expression, Map<String, String> prefixes) {
    return new XPathFilter(root, XPathExpressions.parse(root, expression, prefixes));
  }

  /// True if the expression gives nodes and not a text, number or boolean: of which type a value
  /// is, does not depend on the data.
  public boolean givesNodes() {
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
    return XPathSelection.isNodes(root, empty, expression, new XPathBudget(TRIAL_STEPS));
  }

  /// What the filter wants of a tree: the selected nodes with all that is in them, and the way to
  /// them with its list keys.
  ///
  /// @param steps how much the evaluation may cost
  /// @throws io.chronoconf.datastore.xpath.XPathCostException if it would cost more
  /// @throws XPathException if it cannot be evaluated
  public ContainerNode select(ContainerNode tree, long steps) {
    return select(tree, steps, TreeDepth.UNBOUNDED);
  }

  /// The same with a limit to what is shown of the selected nodes.
  ///
  /// @param levels 1 is without their children
  public ContainerNode select(ContainerNode tree, long steps, int levels) {
    return XPathSelection.of(root, tree, expression, new XPathBudget(steps), levels);
  }

  /// Where the selected nodes are.
  ///
  /// @param steps how much the evaluation may cost
  /// @throws io.chronoconf.datastore.xpath.XPathCostException if it would cost more
  /// @throws XPathException if it cannot be evaluated
  public List<DataPath> paths(ContainerNode tree, long steps) {
    return XPathSelection.paths(root, tree, expression, new XPathBudget(steps));
  }
}
