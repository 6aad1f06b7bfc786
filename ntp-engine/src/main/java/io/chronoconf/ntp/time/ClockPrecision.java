package io.chronoconf.ntp.time;

import java.util.function.LongSupplier;

/// The precision of a clock as RFC 5905 section 7.3 defines it: the larger of its resolution and
/// the time a reading takes.
public final class ClockPrecision {
  // Enough for the reading to be compiled: interpreted, it takes microseconds.
  private static final int READINGS = 4096;
  private static final int FINEST = -30;

  private ClockPrecision() {}

  /// Log2 seconds, rounded up, -30 to 0.
  ///
  /// @param nanos reads the clock
  public static int measure(LongSupplier nanos) {
    long least = 1_000_000_000L;
    long last = nanos.getAsLong();
    for (int i = 0; i < READINGS; i++) {
      long next = nanos.getAsLong();
      if (next > last) {
        least = Math.min(least, next - last);
      }
      last = next;
    }
    return Math.clamp((long) Math.ceil(Math.log(least / 1e9) / Math.log(2)), FINEST, 0);
  }
}
