package io.chronoconf.datastore.xpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XsdPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "a^b a^b axb",
        "a$ a$ a",
        "(ab)+ abab xabab",
        "[a-z-[aeiou]]+ bcd ace",
        "[^a-z-[0-9]]+ AB A1",
        "[a-z-[^x]]+ x y",
        "[a&&b]+ a&b c",
        "[a^]+ ^a b",
        "[-a]+ a- b",
        "\\d+ \u0663 x",
        "\\w+ a\u00e9 a-b",
        "\\W+ -! a",
        "\\i\\c* _a-1 -a",
        "[\\i-[:]]+ ab a:b",
        "\\I+ -1 a",
        "\\p{Lu}+ AB Ab",
        "\\P{Lu}+ ab aB",
        "\\p{IsBasicLatin}+ ab \u00e9",
        "a{2,3} aaa a",
        "\\.\\[ .[ a[",
      })
  void matchesWhollyAsXmlSchemaSays(String pattern, String match, String other) {
    assertTrue(XsdPattern.matches(match, pattern));
    assertFalse(XsdPattern.matches(other, pattern));
  }

  @Test
  void takesNoLineEndForAnyCharacter() {
    assertTrue(XsdPattern.matches("a b\tc", ".*"));
    assertFalse(XsdPattern.matches("a\nb", ".*"));
    assertTrue(XsdPattern.matches("a\nb", "a\\sb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "(a", "a\\", "[a-[b]c]", "\\p{Nonsense}", "\\p", "*"})
  void refusesWhatIsNoPattern(String pattern) {
    XPathException e = assertThrows(XPathException.class, () -> XsdPattern.matches("a", pattern));
    assertEquals("not a regular expression: " + pattern, e.getMessage());
  }

  @Test
  void endsMatchesThatTakeExponentialTime() {
    String value = "a".repeat(200);
    XPathException e =
        assertThrows(XPathException.class, () -> XsdPattern.matches(value, "a*a*a*a*a*a*c"));
    assertEquals("re-match() has too much work with this value; shorten it", e.getMessage());
  }

  @Test
  void refusesLongInput() {
    String value = "a".repeat(XsdPattern.MAX_INPUT);
    assertTrue(XsdPattern.matches(value, "a*"));
    assertThrows(XPathException.class, () -> XsdPattern.matches(value + "a", "a*"));
  }
}
