package io.chronoconf.datastore.xpath;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The four types of XPath 1.0 and how one becomes another: a node set is a `List` of [XPathNode]
/// in document order, the others are `String`, `Double` and `Boolean` (XPath 1.0 section 4).
final class XPathValues {
  private static final Pattern NUMBER = Pattern.compile("-?(?:\\d+(?:\\.\\d*)?|\\.\\d+)");

  private XPathValues() {}

  static boolean toBoolean(Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Double d -> d != 0 && !Double.isNaN(d);
      case String s -> !s.isEmpty();
      default -> !nodes(value).isEmpty();
    };
  }

  static double toNumber(Object value) {
    return switch (value) {
      case Double d -> d;
      case Boolean b -> b ? 1 : 0;
      default -> parse(toText(value));
    };
  }

  static String toText(Object value) {
    return switch (value) {
      case String s -> s;
      case Boolean b -> b.toString();
      case Double d -> text(d);
      default -> {
        List<XPathNode> nodes = nodes(value);
        yield nodes.isEmpty() ? "" : nodes.getFirst().text();
      }
    };
  }

  /// The value as a node set.
  ///
  /// @throws XPathException if it is none
  @SuppressWarnings("unchecked")
  static List<XPathNode> nodes(Object value) {
    if (value instanceof List<?> list) {
      return (List<XPathNode>) list;
    }
    throw new XPathException("nodes are needed where the expression gives " + toText(value));
  }

  static double parse(String text) {
    String trimmed = text.strip();
    return NUMBER.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : Double.NaN;
  }

  private static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e18) {
      return String.format(Locale.ROOT, "%d", (long) number);
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
