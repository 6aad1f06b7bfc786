package io.chronoconf.datastore.xpath;

import static io.chronoconf.datastore.testing.CheckTrees.ROOT;
import static io.chronoconf.datastore.testing.CheckTrees.accessible;
import static io.chronoconf.datastore.testing.CheckTrees.host;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XPathExpressionsTest {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "t", "urn:test:check", "same", "urn:test:check", "gone", "urn:gone", "strange", "no uri");

  @Test
  void selectsByTheClientsPrefixes() throws Exception {
    assertEquals(
        List.of("/c:host[c:name='b']/c:port"),
        select("/t:host[t:name = 'b']/same:port").stream().map(XPathNode::toString).toList());
  }

  @Test
  void refusesNamesWithoutPrefixWhereverTheyStand() {
    for (String expression :
        List.of(
            "/host",
            "/t:host/name",
            "/t:host[name='a']",
            "//host | /t:host",
            "-count(host)",
            "(/t:host)[name]",
            "(/t:host)/name",
            "/t:host[1 = 1 and not(name)]")) {
      XPathException e =
          assertThrows(
              XPathException.class, () -> XPathExpressions.parse(ROOT, expression, PREFIXES));
      assertTrue(
          String.valueOf(e.getMessage()).contains(" has no prefix, and without one it is in no"),
          e::getMessage);
    }
    XPathException e =
        assertThrows(XPathException.class, () -> XPathExpressions.parse(ROOT, "/host", PREFIXES));
    assertEquals(
        "the name host has no prefix, and without one it is in no namespace: declare"
            + " xmlns:m=\"urn:test:check\" and write m:host",
        e.getMessage());
  }

  @Test
  void selectsNothingInNamespacesOfNoModule() throws Exception {
    assertEquals(List.of(), select("/gone:host"));
    assertEquals(List.of(), select("/strange:host"));
  }

  @Test
  void findsThePrefixesThatAnExpressionUses() {
    assertEquals(
        Map.of("t", "urn:t", "s-1.b", "urn:s-1.b"),
        XPathExpressions.prefixes(
            "child::t:host[self::node() = 's-1.b:x' and unbound:y]",
            prefix -> prefix.equals("unbound") ? null : "urn:" + prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t:host[",
        "/x:host",
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
    assertFalse(String.valueOf(e.getMessage()).contains("Exception"), e::getMessage);
  }

  @Test
  void bracketsInLiteralsAreText() throws Exception {
    assertEquals(List.of(), select("/t:host[contains(., ')') or contains(., \"(]'\")]"));
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
