package io.chronoconf.datastore.xpath;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Matches against regular expressions of XML Schema, which YANG uses: always anchored. Java's
/// matcher may need exponential time, so input length and work are limited. Any thread.
final class XsdPattern {
  /// Longest input that is matched, in characters.
  static final int MAX_INPUT = 4096;

  /// How often the matcher may look at a character of the input.
  static final int MAX_READS = 2_000_000;

  private static final int MAX_KNOWN = 1000;
  private static final ConcurrentMap<String, Pattern> KNOWN = new ConcurrentHashMap<>();

  private XsdPattern() {}

  /// Whether the whole input matches.
  ///
  /// @throws XPathException if the input is too long, the match too much work or the pattern none
  static boolean matches(String input, String pattern) {
    if (input.length() > MAX_INPUT) {
      throw new XPathException("re-match() takes at most " + MAX_INPUT + " characters");
    }
    Pattern compiled = KNOWN.get(pattern);
    if (compiled == null) {
      compiled = compile(pattern);
      if (KNOWN.size() < MAX_KNOWN) {
        KNOWN.put(pattern, compiled);
      }
    }
    try {
      return compiled.matcher(new Metered(input)).matches();
    } catch (StackOverflowError e) {
      // Java's matcher recurses for each repetition of a group.
      throw tooMuch();
    }
  }

  private static XPathException tooMuch() {
    return new XPathException("re-match() has too much work with this value; shorten it");
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(new XsdPatternTranslation(pattern).java());
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw new XPathException("not a regular expression: " + pattern);
    }
  }

  /// Counts what the matcher reads.
  private static final class Metered implements CharSequence {
    private final String text;
    private int reads;

    Metered(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++reads > MAX_READS) {
        throw tooMuch();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
