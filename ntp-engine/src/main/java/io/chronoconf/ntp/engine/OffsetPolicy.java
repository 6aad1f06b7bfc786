package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.time.NtpDuration;

/// What is done about large offsets.
///
/// @param panicSeconds offsets beyond are not believed once the clock was set, until somebody
///   accepts one; 0 believes all below 68 years
/// @param logMillis steps above are logged
/// @param trapMillis steps above are notified
public record OffsetPolicy(long panicSeconds, long logMillis, long trapMillis) {
  /// Smaller offsets are slewed away, never stepped (STEPT), in milliseconds.
  public static final int STEP_THRESHOLD_MILLIS = 128;

  /// As long as nobody says otherwise.
  public static final OffsetPolicy STANDARD =
      new OffsetPolicy(1000, STEP_THRESHOLD_MILLIS, STEP_THRESHOLD_MILLIS);

  /// Whether an offset has to be accepted by somebody.
  boolean isPanic(NtpDuration offset) {
    return panicSeconds > 0 && offset.abs().toSeconds() > panicSeconds;
  }

  /// Whether a step is logged.
  public boolean isLogged(NtpDuration offset) {
    return offset.abs().toMillis() > logMillis;
  }

  /// Whether a step is notified.
  public boolean isNotified(NtpDuration offset) {
    return offset.abs().toMillis() > trapMillis;
  }
}
