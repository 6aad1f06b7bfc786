package io.chronoconf.datastore.xpath;

import static io.chronoconf.datastore.testing.CheckTrees.ROOT;
import static io.chronoconf.datastore.testing.CheckTrees.accessible;
import static io.chronoconf.datastore.testing.CheckTrees.host;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XPathExpressionsTest {
  private static final Map<String, String> PREFIXES =
      Map.of("t", "urn:test:check", "same", "urn:test:check", "gone", "urn:gone");

  @Test
  void selectsByTheClientsPrefixes() throws Exception {
    assertEquals(
        List.of("/c:host[c:name='b']/c:port"),
        select("/t:host[t:name = 'b']/same:port").stream().map(XPathNode::toString).toList());
  }

  @Test
  void takesANameWithoutPrefixForAnyNamespace() throws Exception {
    assertEquals(2, select("/host/name").size());
    assertEquals(1, select("/host[name='a']").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t:host[",
        "/x:host",
        "/gone:host",
        "",
        "nonsense()",
        "/t:host]",
        "1 +",
        "1)",
        "'a''b'",
        "/t:host /",
        ")("
      })
  void refusesWhatIsNone(String expression) {
    XPathException e =
        assertThrows(
            XPathException.class, () -> XPathExpressions.parse(ROOT, expression, PREFIXES));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("\"" + expression + "\" cannot be read: "),
        e::getMessage);
  }

  @Test
  void limitsLengthAndDepth() {
    String deep = "(".repeat(33) + "1" + ")".repeat(33);
    assertThrows(XPathException.class, () -> XPathExpressions.parse(ROOT, deep, PREFIXES));
    String longer = "1" + " ".repeat(XPathExpressions.MAX_LENGTH);
    assertThrows(XPathException.class, () -> XPathExpressions.parse(ROOT, longer, PREFIXES));
  }

  private static List<XPathNode> select(String expression) throws Exception {
    return XPathEvaluator.select(
        XPathExpressions.parse(ROOT, expression, PREFIXES),
        accessible(host("a", "") + host("b", "")).root());
  }
}
