package io.chronoconf.agent.model.ietfntp;

import com.google.common.net.InetAddresses;
import io.chronoconf.ntp.time.NtpDuration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/// The engine's quantities as values of YANG leaves: units, digits, signs and saturation.
final class NtpValues {
  private static final int MAX_SECONDARY_STRATUM = 15;

  private NtpValues() {}

  /// Milliseconds; as near to the truth as the leaf's digits allow.
  static Decimal64 millis(NtpDuration span, int digits) {
    return decimal(
        BigDecimal.valueOf(span.units())
            .movePointRight(3)
            .divide(BigDecimal.valueOf(1L << 32), digits, RoundingMode.HALF_EVEN),
        digits);
  }

  static Decimal64 seconds(NtpDuration span, int digits) {
    return decimal(
        BigDecimal.valueOf(span.units())
            .divide(BigDecimal.valueOf(1L << 32), digits, RoundingMode.HALF_EVEN),
        digits);
  }

  static Decimal64 decimal(double value, int digits) {
    return decimal(BigDecimal.valueOf(value), digits);
  }

  private static Decimal64 decimal(BigDecimal value, int digits) {
    BigDecimal unscaled = value.setScale(digits, RoundingMode.HALF_EVEN).movePointRight(digits);
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    return Decimal64.of(digits, unscaled.min(most).max(most.negate()).longValueExact());
  }

  /// A `counter32`: wraps, as the type wants.
  static Uint32 counter(long count) {
    return Uint32.fromIntBits((int) count);
  }

  /// A `uint32` that stays at its end.
  static Uint32 count(long value) {
    return Uint32.valueOf(Math.clamp(value, 0L, 0xffff_ffffL));
  }

  /// A `uint8` that stays at its end.
  static Uint8 small(long value) {
    return Uint8.valueOf(Math.clamp(value, 0, 255));
  }

  static String address(InetAddress address) {
    return InetAddresses.toAddrString(address);
  }

  /// The canonical text of an address that may have been written in another form; a text that names
  /// a zone stays as it is.
  static String canonicalAddress(String text) {
    return text.indexOf('%') >= 0 ? text : address(InetAddress.ofLiteral(text));
  }

  /// A reference identifier: four characters of a primary server, of a kiss or of what was not
  /// heard yet, else the dotted quad (RFC 5905 section 7.3).
  ///
  /// @param stratum of whoever sent it
  static String refid(int referenceId, int stratum) {
    boolean isSecondary = stratum > 1 && stratum <= MAX_SECONDARY_STRATUM;
    String quad =
        "%d.%d.%d.%d"
            .formatted(
                referenceId >>> 24,
                (referenceId >>> 16) & 0xff,
                (referenceId >>> 8) & 0xff,
                referenceId & 0xff);
    return isSecondary ? quad : characters(referenceId, quad);
  }

  /// Shorter codes are padded with zeros on the wire and with spaces here: the type wants four.
  private static String characters(int referenceId, String otherwise) {
    StringBuilder text = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      int c = (referenceId >>> shift) & 0xff;
      boolean isPadding = c == 0 && !text.isEmpty();
      if (!isPadding && (c <= ' ' || c >= 0x7f)) {
        return otherwise;
      }
      text.append(isPadding ? ' ' : (char) c);
    }
    return text.toString();
  }
}
