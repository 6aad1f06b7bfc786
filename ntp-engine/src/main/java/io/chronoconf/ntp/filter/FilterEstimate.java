package io.chronoconf.ntp.filter;

import io.chronoconf.ntp.time.NtpDuration;
import java.util.List;

/// What the clock filter says at one moment (RFC 5905 section 10).
///
/// @param offset of the sample with the least delay, told of the local clock as it is now
/// @param delay of that sample
/// @param dispersion weighted sum of all stages, empty ones counting 16 s
/// @param unusedDispersion what of `dispersion` comes from stages into which nothing was shifted
///   yet: no error bound, only want of history
/// @param jitter RMS of the offsets' differences to the best one's, at least the precision
/// @param stages samples, newest first
public record FilterEstimate(
    NtpDuration offset,
    NtpDuration delay,
    NtpDuration dispersion,
    NtpDuration unusedDispersion,
    NtpDuration jitter,
    List<Stage> stages) {
  public FilterEstimate {
    stages = List.copyOf(stages);
  }

  /// Of a filter that is in use for long.
  public FilterEstimate(
      NtpDuration offset,
      NtpDuration delay,
      NtpDuration dispersion,
      NtpDuration jitter,
      List<Stage> stages) {
    this(offset, delay, dispersion, NtpDuration.ZERO, jitter, stages);
  }

  /// The error bound: the dispersion, but a source is not blamed for being new.
  public NtpDuration errorBound() {
    return dispersion.minus(unusedDispersion);
  }

  /// One sample.
  ///
  /// @param dispersion error bound, grown to this moment
  /// @param order its place when sorted by delay, 0 best
  public record Stage(NtpDuration offset, NtpDuration delay, NtpDuration dispersion, int order) {}
}
