package io.chronoconf.datastore.validate;

import io.chronoconf.datastore.xpath.XPathBudget;
import io.chronoconf.datastore.xpath.XPathEvaluator;
import io.chronoconf.datastore.xpath.XPathNode;
import io.chronoconf.yang.YangSchema;
import java.util.ServiceLoader;
import javax.xml.xpath.XPathExpressionException;
import org.opendaylight.yangtools.yang.common.BiMapYangNamespaceContext;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathParserFactory;

/// Expressions as a module with the prefix `c` for the test module would write them.
final class Expressions {
  private Expressions() {}

  static boolean test(YangSchema schema, String expression, XPathNode context)
      throws XPathExpressionException {
    return test(schema, expression, context, new XPathBudget(XPathBudget.DEFAULT_STEPS));
  }

  static boolean test(YangSchema schema, String expression, XPathNode context, XPathBudget budget)
      throws XPathExpressionException {
    QNameModule module = schema.context().findModules("check").iterator().next().getQNameModule();
    return XPathEvaluator.test(
        ServiceLoader.load(YangXPathParserFactory.class)
            .findFirst()
            .orElseThrow()
            .newParser(
                new BiMapYangNamespaceContext(
                    com.google.common.collect.ImmutableBiMap.of("c", module)),
                module)
            .parseExpression(expression),
        context,
        budget);
  }
}
