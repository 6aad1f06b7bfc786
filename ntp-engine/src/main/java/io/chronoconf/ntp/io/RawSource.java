package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.LinuxPlatform;

/// The host's oscillator and, beside it, its time of day.
public interface RawSource {
  /// The best that this platform has.
  static RawSource ofHost() {
    return LinuxPlatform.obstacle().isEmpty() ? new LinuxRawSource() : new JavaRawSource();
  }

  /// CLOCK_MONOTONIC_RAW, or the next best of the platform, in nanoseconds.
  long rawNanos();

  /// CLOCK_REALTIME in nanoseconds since 1970.
  long realNanos();
}
