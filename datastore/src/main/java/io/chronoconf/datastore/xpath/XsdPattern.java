package io.chronoconf.datastore.xpath;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions of XML Schema, which YANG uses, as Java's: always anchored, `^` and `$` are
/// ordinary outside a class, `\i` and `\c` name characters of XML names.
final class XsdPattern {
  /// Longest input that is matched; Java's matcher may need exponential time.
  static final int MAX_INPUT = 4096;

  private static final int MAX_KNOWN = 1000;
  private static final ConcurrentMap<String, Pattern> KNOWN = new ConcurrentHashMap<>();

  private XsdPattern() {}

  /// Whether the whole input matches.
  ///
  /// @throws XPathException if the input is too long or the pattern is none
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
    return compiled.matcher(input).matches();
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(translate(pattern), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new XPathException("not a regular expression: " + pattern);
    }
  }

  static String translate(String xsd) {
    StringBuilder java = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < xsd.length(); i++) {
      char c = xsd.charAt(i);
      if (c == '\\' && i + 1 < xsd.length()) {
        java.append(escape(xsd.charAt(++i), depth > 0));
      } else if (c == '[') {
        // In XSD a class inside a class is always subtracted: [a-z-[aeiou]].
        boolean subtracts = depth > 0 && java.charAt(java.length() - 1) == '-';
        if (subtracts) {
          java.setLength(java.length() - 1);
          java.append("&&[^");
        } else {
          java.append('[');
        }
        depth++;
      } else if (c == ']') {
        depth--;
        java.append(']');
      } else if ((c == '^' || c == '$') && depth == 0) {
        java.append('\\').append(c);
      } else if (c == '&' && depth > 0) {
        java.append("\\&");
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }

  private static String escape(char escaped, boolean isInClass) {
    return switch (escaped) {
      case 'i' -> isInClass ? "_:\\p{L}" : "[_:\\p{L}]";
      case 'c' -> isInClass ? "-._:\\p{L}\\p{N}" : "[-._:\\p{L}\\p{N}]";
      default -> "\\" + escaped;
    };
  }
}
