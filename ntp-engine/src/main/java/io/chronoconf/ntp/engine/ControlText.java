package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Locale;

/// How values of control messages are written.
final class ControlText {
  private ControlText() {}

  /// Characters for who names a kind of clock, an address for all others.
  static String refid(int bits, int stratum) {
    byte[] octets = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    boolean isText = stratum <= 1 || stratum >= 16;
    StringBuilder text = new StringBuilder();
    for (byte octet : octets) {
      if (isText && octet != 0) {
        isText = octet > ' ' && octet < 0x7f && octet != ',' && octet != '"';
        text.append((char) octet);
      }
    }
    if (isText && !text.isEmpty()) {
      return text.toString();
    }
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /// Seconds and fraction in hexadecimal.
  static String stamp(NtpTimestamp stamp) {
    return "0x" + stamp.toHex();
  }

  /// A span in milliseconds.
  static String millis(NtpDuration span, int digits) {
    return decimal(span.toMillis(), digits);
  }

  /// A number with so many digits after the point.
  static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
