package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.HardwareClock;
import io.chronoconf.ntp.linux.LinuxException;
import java.util.Optional;

/// A hardware clock and the oscillator at one moment.
///
/// @param clockNanos the hardware clock
/// @param rawNanos the oscillator
/// @param windowNanos how long the reading took; half of it is the greatest error
record ClockReading(long clockNanos, long rawNanos, long windowNanos) {
  private static final int ATTEMPTS = 7;

  /// Beyond that the kernel's stamps are the better ones.
  static final long MAX_WINDOW_NANOS = 20_000;

  /// Reads the one between two readings of the other, some times, and takes the quickest; empty if
  /// even that was too slow.
  ///
  /// @throws LinuxException if the clock is gone
  static Optional<ClockReading> take(HardwareClock clock, RawSource source) throws LinuxException {
    ClockReading best = once(clock, source);
    for (int i = 1; i < ATTEMPTS; i++) {
      ClockReading next = once(clock, source);
      best = next.windowNanos < best.windowNanos ? next : best;
    }
    return Optional.of(best).filter(reading -> reading.windowNanos <= MAX_WINDOW_NANOS);
  }

  private static ClockReading once(HardwareClock clock, RawSource source) throws LinuxException {
    long before = source.rawNanos();
    long nanos = clock.nanos();
    long window = source.rawNanos() - before;
    return new ClockReading(nanos, before + window / 2, window);
  }
}
