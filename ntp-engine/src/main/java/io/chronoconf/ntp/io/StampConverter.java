package io.chronoconf.ntp.io;

/// Turns the kernel's receive stamps, which are readings of CLOCK_REALTIME, into readings of the
/// oscillator: through the age of the packet, which both clocks agree upon.
///
/// @param rawNanos the oscillator at one moment
/// @param realNanos CLOCK_REALTIME at that moment
record StampConverter(long rawNanos, long realNanos) {
  /// A packet that seems older, or not yet received, has a stamp from before or after a step.
  private static final long MAX_AGE_NANOS = 1_000_000_000L;

  /// Reads the two clocks, the one between two readings of the other.
  static StampConverter read(RawSource source) {
    long before = source.rawNanos();
    long real = source.realNanos();
    long after = source.rawNanos();
    return new StampConverter(before + (after - before) / 2, real);
  }

  /// The oscillator when the kernel stamped, or this converter's own moment if the stamp is of no
  /// use.
  long toRaw(long stampNanos) {
    long age = realNanos - stampNanos;
    return age < 0 || age > MAX_AGE_NANOS ? rawNanos : rawNanos - age;
  }
}
