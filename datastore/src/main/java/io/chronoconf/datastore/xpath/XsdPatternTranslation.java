package io.chronoconf.datastore.xpath;

import java.util.regex.PatternSyntaxException;

/// Writes a regular expression of XML Schema (part 2, appendix F) as one of Java's. What differs:
/// `^` and `$` are ordinary characters outside a class, `.` is anything but a line end, `\i` and
/// `\c` are name characters of XML, `\d` and `\w` know all scripts, classes subtract by `-[...]`,
/// `&&` means nothing, blocks are named `\p{IsX}`.
final class XsdPatternTranslation {
  private static final int MAX_NESTED_CLASSES = 32;

  private final String xsd;
  private int at;

  XsdPatternTranslation(String xsd) {
    this.xsd = xsd;
  }

  /// The pattern for Java.
  ///
  /// @throws PatternSyntaxException if it is none for XML Schema
  String java() {
    StringBuilder java = new StringBuilder();
    at = 0;
    while (at < xsd.length()) {
      char c = xsd.charAt(at++);
      switch (c) {
        case '\\' -> java.append(escape());
        case '[' -> java.append(characterClass(0));
        case '.' -> java.append("[^\\n\\r]");
        case '^', '$' -> java.append('\\').append(c);
        default -> java.append(c);
      }
    }
    return java.toString();
  }

  /// From after `[` to after its `]`.
  private String characterClass(int depth) {
    if (depth > MAX_NESTED_CLASSES) {
      throw wrong("classes are nested too deep");
    }
    StringBuilder members = new StringBuilder("[");
    if (at < xsd.length() && xsd.charAt(at) == '^') {
      members.append('^');
      at++;
    }
    while (at < xsd.length()) {
      char c = xsd.charAt(at++);
      if (c == ']') {
        return members.append(']').toString();
      }
      if (c == '-' && at < xsd.length() && xsd.charAt(at) == '[') {
        at++;
        String without = characterClass(depth + 1);
        if (at >= xsd.length() || xsd.charAt(at++) != ']') {
          throw wrong("] is missing after a subtraction");
        }
        return "[" + members + "]&&[^" + without + "]]";
      }
      if (c == '\\') {
        members.append(escape());
      } else if (c == '[' || c == '&' || c == '^') {
        members.append('\\').append(c);
      } else {
        members.append(c);
      }
    }
    throw wrong("] is missing");
  }

  /// From after the backslash.
  private String escape() {
    if (at >= xsd.length()) {
      throw wrong("a character is missing after the backslash");
    }
    char c = xsd.charAt(at++);
    return switch (c) {
      case 'i' -> "[_:\\p{L}\\p{Nl}]";
      case 'I' -> "[^_:\\p{L}\\p{Nl}]";
      case 'c' -> "[-._:\\p{L}\\p{N}\\p{M}\\u00B7]";
      case 'C' -> "[^-._:\\p{L}\\p{N}\\p{M}\\u00B7]";
      case 'd' -> "\\p{Nd}";
      case 'D' -> "\\P{Nd}";
      case 'w' -> "[^\\p{P}\\p{Z}\\p{C}]";
      case 'W' -> "[\\p{P}\\p{Z}\\p{C}]";
      case 's' -> "[ \\t\\n\\r]";
      case 'S' -> "[^ \\t\\n\\r]";
      case 'p', 'P' -> "\\" + c + category();
      default -> "\\" + c;
    };
  }

  private String category() {
    int end = xsd.indexOf('}', at);
    if (end < 0 || xsd.charAt(at) != '{') {
      throw wrong("a category in braces is missing");
    }
    String name = xsd.substring(at + 1, end);
    at = end + 1;
    return "{" + (name.startsWith("Is") ? "In" + name.substring(2) : name) + "}";
  }

  private PatternSyntaxException wrong(String message) {
    return new PatternSyntaxException(message, xsd, at);
  }
}
