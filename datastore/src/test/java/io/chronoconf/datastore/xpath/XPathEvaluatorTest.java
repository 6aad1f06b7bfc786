package io.chronoconf.datastore.xpath;

import static io.chronoconf.datastore.testing.CheckTrees.accessible;
import static io.chronoconf.datastore.testing.CheckTrees.facts;
import static io.chronoconf.datastore.testing.CheckTrees.host;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.testing.CheckTrees;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XPathEvaluatorTest {
  private static final String TWO_HOSTS =
      host("a", "<uplink>b</uplink>")
          + host("b", "<port>443</port><maybe>nobody</maybe>")
          + facts(
              "<kind>c:cox</kind><size>l</size><colours>red</colours><bag>3</bag><bag>4</bag>"
                  + "<plain> a\u00e9\ud83d\ude00 </plain>");

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Paths and axes
        "count(/c:host) = 2",
        "/c:host[c:name='b']/c:port = 443",
        "/c:host[c:name='a']/c:port = 80",
        "/c:host[c:name='a'][c:port=80]/c:uplink = 'b'",
        "not(/c:host[c:name='a'][c:port=81])",
        "count(/c:host[position() = 2]) = 1",
        "count(/c:host[last()]) = 1",
        "count(/c:host[3]) = 0",
        "not(/c:host[c:name='z'])",
        "count(/c:host | /c:host[1]) = 2",
        "count(//c:port) = 2",
        "count(//*) > 10 and count(//node()) = count(//*) and count(//c:facts) = 1",
        "count(/c:facts/../c:host) = 2 and count(/c:facts/..) = 1 and count(/c:facts/../..) = 0",
        "count(/c:host[1]/following-sibling::c:host) = 1",
        "count(/c:host[2]/preceding-sibling::c:host) = 1",
        "count(/c:host[1]/preceding-sibling::c:host) = 0",
        "count(/c:host[2]/c:port/ancestor::c:host) = 1",
        "count(/c:host[1]/c:port/ancestor-or-self::*) = 2",
        "count(/c:host[1]/self::c:facts) = 0 and count(/c:host[1]/self::c:host) = 1",
        "count(/c:facts/descendant::*) = count(/c:facts/descendant-or-self::*) - 1",
        "count(/c:facts/following::c:port) = 2 and count(/c:host[1]/c:name/preceding::c:low) = 1",
        "local-name(/c:facts/c:low/ancestor-or-self::*[1]) = 'low'",
        "local-name(/c:facts/c:low/ancestor-or-self::*) = 'facts'",
        "local-name(/c:facts/c:high/preceding-sibling::*[1]) = 'low'",
        "local-name(/c:facts/c:size | /c:facts/c:low) = 'low'",
        "string(/c:facts/c:size/text()) = 'l' and count(/c:facts/c:size/text()/..) = 1",
        "count(/c:facts/@*) = 0",
        "count(/c:facts/c:bag) = 2 and /c:facts/c:bag[. = 4] = 4",
        "count(/c:facts/c:preset) = 2 and sum(/c:facts/c:preset) = 30",
        "count(/c:top) = 1 and count(/c:box) = 0",
        "current()/c:facts/c:low = 1",
        "/c:facts/c:high > /c:facts/c:low",
        // Numbers
        "sum(/c:host/c:port) = 523",
        "floor(-1.5) = -2 and ceiling(-1.5) = -1 and round(2.5) = 3 and round(-2.5) = -2",
        "7 mod 3 = 1 and -7 mod 3 = -1 and 7 div 2 = 3.5 and -1 < 0 and 2 - 1 = 1 and 2 * 3 = 6",
        "1 div 0 > 1000000 and string(-1 div 0) = '-Infinity'",
        "string(0 div 0) = 'NaN' and not(0 div 0 = 0 div 0)",
        "not(number(/c:host[1]/c:name) = 0 or number(/c:host[1]/c:name) > 0)",
        "number(' 12.50 ') = 12.5 and string(number(/c:host[1]/c:name)) = 'NaN' and number(true())"
            + " = 1",
        "string(1) = '1' and string(0.5) = '0.5' and string(true()) = 'true'",
        "string(100000000000) = '100000000000' and string(-0.0000001) = '-0.0000001'",
        // Texts
        "concat('a', 'b', 1) = 'ab1'",
        "substring('12345', 2, 3) = '234' and substring('12345', 2) = '2345'",
        "substring('12345', 1.5, 2.6) = '234' and substring('12345', 0, 3) = '12'",
        "substring('12345', 0 div 0, 3) = '' and substring('12345', -42, 1 div 0) = '12345'",
        "substring-before('1999/04', '/') = '1999' and substring-before('a', 'x') = ''",
        "substring-after('1999/04', '/') = '04' and substring-after('a', 'x') = ''",
        "translate('bar', 'abc', 'AB') = 'BAr' and translate('--aaa--', 'abc-', 'ABC') = 'AAA'",
        "normalize-space('  a  b ') = 'a b' and normalize-space(/c:facts/c:plain) ="
            + " 'a\u00e9\ud83d\ude00'",
        "starts-with('abc', 'ab') and not(starts-with('abc', 'b'))",
        "contains('abc', 'bc') and not(contains(/c:host[1]/c:name, 'ca'))",
        "string-length('abc') = 3 and string-length(normalize-space(/c:facts/c:plain)) = 3",
        "local-name(/c:host[1]) = 'host' and local-name(/) = '' and local-name(/c:box) = ''",
        "name(/c:host[1]) = 'c:host' and namespace-uri(/c:host[1]) = 'urn:test:check'",
        "count(id('a')) = 0 and not(lang('en'))",
        // Booleans and comparisons
        "boolean(/c:host) = true() and boolean('') = false() and not(boolean(0))",
        "/c:host = true() and not(/c:box = true()) and /c:box = false()",
        "true() > /c:box and not(true() > /c:host)",
        "/c:host/c:name = 'a' and /c:host/c:name != 'a' and not(/c:host/c:name = 'z')",
        "/c:host/c:name = /c:host/c:uplink and /c:host/c:name != /c:host/c:uplink",
        "not(/c:box = '') and not(/c:box != '')",
        "80 = /c:host/c:port and 100 > /c:host/c:port and 100 < /c:host/c:port",
        "'2' = 2 and 'a' != 2 and '10' > '9'",
        "1 = 1 and not(/c:box or 2 = 3) and (/c:box or 2 = 2)",
        // What YANG adds
        "deref(/c:host[c:name='a']/c:uplink)/../c:port = 443",
        "not(deref(/c:host[c:name='b']/c:maybe)) and not(deref(/c:box)) and not(deref(/c:facts))",
        "re-match('a^b', 'a^b') and not(re-match('xaby', 'ab'))",
        "derived-from(/c:facts/c:kind, 'c:fruit') and derived-from(/c:facts/c:kind, 'fruit')",
        "not(derived-from(/c:facts/c:kind, 'c:cox')) and not(derived-from(/c:box, 'c:cox'))",
        "not(derived-from(/c:facts/c:size, 'c:fruit'))",
        "derived-from-or-self(/c:facts/c:kind, 'c:cox')",
        "not(derived-from-or-self(/c:facts/c:kind, 'c:stone'))",
        "/c:facts/c:kind = 'c:cox' and 'c:cox' = /c:facts/c:kind and /c:facts/c:kind = 'cox'",
        "/c:facts/c:kind != 'c:apple' and not(/c:facts/c:kind = 'c:apple')",
        "enum-value(/c:facts/c:size) = 30 and string(enum-value(/c:facts/c:low)) = 'NaN'",
        "string(enum-value(/c:box)) = 'NaN'",
        "bit-is-set(/c:facts/c:colours, 'red') and not(bit-is-set(/c:facts/c:colours, 'blue'))",
        "not(bit-is-set(/c:facts/c:low, 'red')) and not(bit-is-set(/c:box, 'red'))"
      })
  void evaluates(String expression) throws Exception {
    assertTrue(XPathEvaluator.test(Expressions.of(expression), accessible(TWO_HOSTS).root()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "count('a') # nodes are needed where the expression gives a",
        "'a' | /c:host # nodes are needed where the expression gives a",
        "re-match('a', '[a') # not a regular expression: [a",
      })
  void saysWhatIsWrong(String expression, String message) throws Exception {
    XPathNode root = accessible(TWO_HOSTS).root();
    XPathException e =
        assertThrows(
            XPathException.class, () -> XPathEvaluator.test(Expressions.of(expression), root));
    assertEquals(message, e.getMessage());
  }

  @Test
  void keepsTheContextNodeInPredicates() throws Exception {
    XPathNode uplink =
        XPathEvaluator.select(
                Expressions.of("/c:host[c:name='a']/c:uplink"), accessible(TWO_HOSTS).root())
            .getFirst();
    assertTrue(
        XPathEvaluator.test(
            Expressions.of("/c:host[c:name = current()]/c:port = 443 and ../c:port = 80"), uplink));
  }

  @Test
  void findsEntriesByLeavesWithoutLookingAtEach() throws Exception {
    String hosts =
        IntStream.range(0, 500)
            .mapToObj(i -> host("h" + i, "<uplink>h" + (i + 1) % 500 + "</uplink>"))
            .collect(Collectors.joining());
    XPathTree tree = XPathTree.of(CheckTrees.ROOT, CheckTrees.tree(hosts), new XPathBudget(20_000));
    assertTrue(
        XPathEvaluator.test(
            Expressions.of("count(/c:host[c:name = /c:host/c:uplink]) = 500"), tree.root()));
    for (XPathNode uplink :
        XPathEvaluator.select(Expressions.of("/c:host/c:uplink"), tree.root())) {
      assertTrue(
          XPathEvaluator.test(Expressions.of("/c:host[c:name = current()]/c:port = 80"), uplink));
    }
  }

  @Test
  void endsExpressionsThatCostTooMuch() throws Exception {
    String hosts =
        IntStream.range(0, 60).mapToObj(i -> host("h" + i, "")).collect(Collectors.joining());
    XPathTree tree = XPathTree.of(CheckTrees.ROOT, CheckTrees.tree(hosts), new XPathBudget(10_000));
    XPathException e =
        assertThrows(
            XPathCostException.class,
            () -> XPathEvaluator.test(Expressions.of("//*[//*[//* = 'x']]"), tree.root()));
    assertEquals("it takes more than 10000 steps; make it more specific", e.getMessage());
  }
}
