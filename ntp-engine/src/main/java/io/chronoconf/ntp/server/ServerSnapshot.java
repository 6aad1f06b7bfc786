package io.chronoconf.ntp.server;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;

/// The system variables that a server's answers carry, at one moment.
///
/// @param leap leap indicator, 3 if unsynchronized
/// @param stratum 1 to 15, or 0 if unsynchronized
/// @param referenceId 32 bits as on the wire
/// @param rootDelay to the primary
/// @param rootDispersion to the primary at `computed`; it grows with every second since
/// @param reference when the clock was last corrected; unknown before
/// @param computed local time of this snapshot
/// @param precision log2 seconds
public record ServerSnapshot(
    int leap,
    int stratum,
    int referenceId,
    NtpDuration rootDelay,
    NtpDuration rootDispersion,
    NtpTimestamp reference,
    NtpTimestamp computed,
    int precision) {
  /// What a server says that knows no time: leap indicator 3, stratum 0 (RFC 5905 section 7.3).
  public static ServerSnapshot unsynchronized(int precision) {
    return new ServerSnapshot(
        3,
        0,
        0,
        NtpDuration.ZERO,
        NtpDuration.ZERO,
        NtpTimestamp.UNKNOWN,
        NtpTimestamp.UNKNOWN,
        precision);
  }

  public boolean isSynchronized() {
    return leap != 3;
  }
}
