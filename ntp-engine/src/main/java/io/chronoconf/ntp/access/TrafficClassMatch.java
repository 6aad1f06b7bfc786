package io.chronoconf.ntp.access;

/// What the traffic class of a packet has to be: its code point, its congestion bits, both, or
/// anything. Immutable.
///
/// @param mask the bits that matter, 0 to 255
/// @param value what they are
public record TrafficClassMatch(int mask, int value) {
  private static final int DSCP_MASK = 0xfc;
  private static final int ECN_MASK = 0x03;
  private static final int DSCP_SHIFT = 2;

  /// Every packet.
  public static final TrafficClassMatch ANY = new TrafficClassMatch(0, 0);

  public TrafficClassMatch {
    if ((mask & ~0xff) != 0 || (value & ~mask) != 0) {
      throw new IllegalArgumentException(value + " of " + mask);
    }
  }

  /// The same, and this code point (RFC 2474).
  ///
  /// @param dscp 0 to 63
  public TrafficClassMatch withDscp(int dscp) {
    return new TrafficClassMatch(mask | DSCP_MASK, (value & ~DSCP_MASK) | (dscp << DSCP_SHIFT));
  }

  /// The same, and these congestion bits (RFC 3168).
  ///
  /// @param ecn 0 to 3
  public TrafficClassMatch withEcn(int ecn) {
    return new TrafficClassMatch(mask | ECN_MASK, (value & ~ECN_MASK) | ecn);
  }

  boolean contains(int trafficClass) {
    return (trafficClass & mask) == value;
  }

  boolean isAny() {
    return mask == 0;
  }
}
