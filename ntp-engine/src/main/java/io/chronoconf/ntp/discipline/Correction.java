package io.chronoconf.ntp.discipline;

import io.chronoconf.ntp.time.NtpDuration;

/// What to do about the local clock at one moment.
///
/// @param frequency correction to the oscillator's rate from now on, a ratio (positive makes the
///   clock faster)
/// @param phase the local error to remove, positive if the clock is behind
/// @param uncertainty standard deviation of `phase`
/// @param rate slew rate, a positive ratio
public record Correction(
    double frequency, NtpDuration phase, NtpDuration uncertainty, double rate) {
  /// What Linux can slew at most, and what every driver is asked for.
  public static final double MAX_SLEW_RATE = 0.0833;

  /// A slew so slow that nobody can tell it from the oscillator's own error.
  static final double MIN_SLEW_RATE = 1e-9;
}
