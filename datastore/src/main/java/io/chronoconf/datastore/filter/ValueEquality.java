package io.chronoconf.datastore.filter;

import java.util.Arrays;

/// Equality of leaf values as trees hold them.
final class ValueEquality {
  private ValueEquality() {}

  static boolean same(Object one, Object other) {
    return switch (one) {
      case byte[] bytes -> other instanceof byte[] others && Arrays.equals(bytes, others);
      // RFC 6241 section 6.2.5: white space around the value does not count.
      case String text -> other instanceof String others && text.strip().equals(others.strip());
      default -> one.equals(other);
    };
  }
}
