package io.chronoconf.ntp.io;

import io.chronoconf.ntp.time.NtpTimestamp;

/// A virtual clock at one moment, enough to go on with it later.
///
/// @param rawNanos the host's oscillator
/// @param local the clock
/// @param frequency the correction in force as a ratio
public record VirtualClockAnchor(long rawNanos, NtpTimestamp local, double frequency) {}
