package io.chronoconf.ntp.io;

import io.chronoconf.ntp.time.NtpTimestamp;

/// A virtual clock at one moment, enough to go on with it later.
///
/// @param rawNanos the host's oscillator
/// @param local the clock
/// @param frequency the correction in force as a ratio
/// @param leap the leap second to come: 1 inserts, -1 deletes, 0 for none
/// @param leapAt the reading at which it comes; unknown if there is none
public record VirtualClockAnchor(
    long rawNanos, NtpTimestamp local, double frequency, int leap, NtpTimestamp leapAt) {
  /// Without a leap second to come.
  VirtualClockAnchor(long rawNanos, NtpTimestamp local, double frequency) {
    this(rawNanos, local, frequency, 0, NtpTimestamp.UNKNOWN);
  }
}
