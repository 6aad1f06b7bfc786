package io.chronoconf.datastore.xpath;

import com.google.common.collect.ImmutableBiMap;
import io.chronoconf.datastore.testing.CheckTrees;
import java.util.ServiceLoader;
import javax.xml.xpath.XPathExpressionException;
import org.opendaylight.yangtools.yang.common.BiMapYangNamespaceContext;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathParserFactory;

/// Expressions as the module `check`, whose prefix is `c`, would have them.
final class Expressions {
  private Expressions() {}

  static YangXPathExpression of(String expression) throws XPathExpressionException {
    QNameModule module =
        CheckTrees.SCHEMA.context().findModules("check").iterator().next().getQNameModule();
    return ServiceLoader.load(YangXPathParserFactory.class)
        .findFirst()
        .orElseThrow()
        .newParser(new BiMapYangNamespaceContext(ImmutableBiMap.of("c", module)), module)
        .parseExpression(expression);
  }
}
