package io.chronoconf.ntp.packet;

import io.chronoconf.ntp.time.NtpDuration;

/// Where everything stands in a packet of modes 1 to 5 (RFC 5905 section 7.3). Big-endian.
///
/// ```
/// octet 0        1        2        3
///    0  LI VN Mo stratum  poll     precision
///    4  root delay                              seconds, 16.16
///    8  root dispersion                         seconds, 16.16
///   12  reference identifier
///   16  reference timestamp                     seconds, 32.32
///   24  origin timestamp
///   32  receive timestamp
///   40  transmit timestamp
///   48  extension fields (RFC 7822), then key identifier and digest: both may be missing
/// ```
public final class PacketLayout {
  public static final int FLAGS = 0;
  public static final int STRATUM = 1;
  public static final int POLL = 2;
  public static final int PRECISION = 3;
  public static final int ROOT_DELAY = 4;
  public static final int ROOT_DISPERSION = 8;
  public static final int REFERENCE_ID = 12;
  public static final int REFERENCE = 16;
  public static final int ORIGIN = 24;
  public static final int RECEIVE = 32;
  public static final int TRANSMIT = 40;
  public static final int HEADER_LENGTH = 48;

  /// The longest packet that is looked at.
  public static final int MAX_PACKET_LENGTH = 2048;

  public static final int MIN_VERSION = 1;
  public static final int MAX_VERSION = 4;

  public static final int MODE_SYMMETRIC_ACTIVE = 1;
  public static final int MODE_SYMMETRIC_PASSIVE = 2;
  public static final int MODE_CLIENT = 3;
  public static final int MODE_SERVER = 4;
  public static final int MODE_BROADCAST = 5;
  public static final int MODE_CONTROL = 6;

  private static final long MAX_SHORT = 0xffffffffL;

  private PacketLayout() {}

  /// Leap indicator, 0 to 3.
  public static int leap(byte flags) {
    return flags >> 6 & 3;
  }

  /// Version, 0 to 7.
  public static int version(byte flags) {
    return flags >> 3 & 7;
  }

  /// Mode, 0 to 7.
  public static int mode(byte flags) {
    return flags & 7;
  }

  public static byte flags(int leap, int version, int mode) {
    return (byte) (leap << 6 | version << 3 | mode);
  }

  /// The span that a 16.16 field stands for: 0 to 65536 s.
  public static NtpDuration fromShort(int field) {
    return new NtpDuration((field & MAX_SHORT) << 16);
  }

  /// The 16.16 field for a span, rounded up: a bound must not shrink on the wire. Negative becomes
  /// zero, too long the longest.
  public static int toShort(NtpDuration span) {
    return toShort(span.units());
  }

  /// The same for a span in units of 2^-32 s, without an object.
  public static int toShort(long units) {
    if (units < 0) {
      return 0;
    }
    long field = (units >>> 16) + ((units & 0xffff) == 0 ? 0 : 1);
    return (int) Math.min(field, MAX_SHORT);
  }
}
