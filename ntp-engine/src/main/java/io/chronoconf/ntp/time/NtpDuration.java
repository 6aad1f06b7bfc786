package io.chronoconf.ntp.time;

/// A signed span of time in units of 2^-32 s, the resolution of an NTP timestamp (RFC 5905 section
/// 6): about 233 ps, range plus or minus 68 years. Positive means later or, for an offset, that the
/// local clock is behind.
///
/// @param units the span in 2^-32 s
public record NtpDuration(long units) implements Comparable<NtpDuration> {
  public static final NtpDuration ZERO = new NtpDuration(0);

  private static final double UNITS_PER_SECOND = 4294967296.0;

  /// The span nearest to the given number of seconds; saturates at the range's ends.
  public static NtpDuration ofSeconds(double seconds) {
    return new NtpDuration(Math.round(seconds * UNITS_PER_SECOND));
  }

  /// The span nearest to the given number of nanoseconds (any long: 292 years do not fit and
  /// saturate).
  public static NtpDuration ofNanos(long nanos) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    if (seconds >= Integer.MAX_VALUE || seconds < Integer.MIN_VALUE) {
      return new NtpDuration(nanos < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
    long rest = Math.floorMod(nanos, 1_000_000_000L);
    return new NtpDuration((seconds << 32) + ((rest << 32) + 500_000_000L) / 1_000_000_000L);
  }

  public double toSeconds() {
    return units / UNITS_PER_SECOND;
  }

  public double toMillis() {
    return toSeconds() * 1e3;
  }

  /// Nanoseconds, rounded to nearest.
  public long toNanos() {
    long seconds = units >> 32;
    long fraction = units & 0xffffffffL;
    return seconds * 1_000_000_000L + ((fraction * 1_000_000_000L + 0x80000000L) >> 32);
  }

  public NtpDuration plus(NtpDuration other) {
    return new NtpDuration(units + other.units);
  }

  public NtpDuration minus(NtpDuration other) {
    return new NtpDuration(units - other.units);
  }

  public NtpDuration negated() {
    return new NtpDuration(-units);
  }

  /// The magnitude; the one value without a positive counterpart saturates.
  public NtpDuration abs() {
    return units == Long.MIN_VALUE
        ? new NtpDuration(Long.MAX_VALUE)
        : new NtpDuration(Math.abs(units));
  }

  public boolean isNegative() {
    return units < 0;
  }

  @Override
  public int compareTo(NtpDuration other) {
    return Long.compare(units, other.units);
  }
}
