package io.chronoconf.ntp.io;

import java.util.OptionalLong;

/// How a hardware clock runs beside the oscillator, for some seconds around one moment.
///
/// @param clockNanos the hardware clock at that moment
/// @param rawNanos the oscillator then
/// @param rawPerClock how far the oscillator gets while the clock makes one nanosecond
record ClockLine(long clockNanos, long rawNanos, double rawPerClock) {
  /// Further away the line means nothing.
  static final long REACH_NANOS = 3_000_000_000L;

  /// The oscillator at a reading of the clock; empty out of reach.
  OptionalLong toRaw(long stampNanos) {
    long since = stampNanos - clockNanos;
    return since < -REACH_NANOS || since > REACH_NANOS
        ? OptionalLong.empty()
        : OptionalLong.of(rawNanos + Math.round(since * rawPerClock));
  }
}
