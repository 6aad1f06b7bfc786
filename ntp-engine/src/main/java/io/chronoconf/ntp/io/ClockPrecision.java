package io.chronoconf.ntp.io;

/// The precision of a clock as RFC 5905 section 7.3 defines it: the larger of its resolution and
/// the time a reading takes.
final class ClockPrecision {
  private static final int READINGS = 64;
  private static final int FINEST = -30;

  private ClockPrecision() {}

  /// Log2 seconds, rounded up, -30 to 0.
  static int measure(RawSource source) {
    long least = 1_000_000_000L;
    long last = source.rawNanos();
    for (int i = 0; i < READINGS; i++) {
      long next = source.rawNanos();
      if (next > last) {
        least = Math.min(least, next - last);
      }
      last = next;
    }
    return Math.clamp((long) Math.ceil(Math.log(least / 1e9) / Math.log(2)), FINEST, 0);
  }
}
