package io.chronoconf.ntp.access;

/// UDP ports between two, or all but those (RFC 8519 `port-range-or-operator`). Immutable.
///
/// @param lowest 0 to 65535
/// @param highest 0 to 65535, not less than the lowest
/// @param isInside whether the ports from lowest to highest are meant; otherwise all others
public record PortRange(int lowest, int highest, boolean isInside) {
  private static final int LAST = 0xffff;

  /// Every port.
  public static final PortRange ANY = new PortRange(0, LAST, true);

  public PortRange {
    if (lowest < 0 || highest > LAST || lowest > highest) {
      throw new IllegalArgumentException(lowest + " to " + highest);
    }
  }

  public static PortRange of(int lowest, int highest) {
    return new PortRange(lowest, highest, true);
  }

  public static PortRange atMost(int port) {
    return of(0, port);
  }

  public static PortRange atLeast(int port) {
    return of(port, LAST);
  }

  public static PortRange only(int port) {
    return of(port, port);
  }

  public static PortRange allBut(int port) {
    return new PortRange(port, port, false);
  }

  boolean contains(int port) {
    return (lowest <= port && port <= highest) == isInside;
  }

  boolean isAny() {
    return isInside && lowest == 0 && highest == LAST;
  }
}
