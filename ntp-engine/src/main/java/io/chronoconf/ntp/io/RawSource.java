package io.chronoconf.ntp.io;

/// The host's oscillator and, beside it, its time of day.
public interface RawSource {
  /// The best that this platform has.
  static RawSource ofHost() {
    return new JavaRawSource();
  }

  /// CLOCK_MONOTONIC_RAW, or the next best of the platform, in nanoseconds.
  long rawNanos();

  /// CLOCK_REALTIME in nanoseconds since 1970.
  long realNanos();
}
