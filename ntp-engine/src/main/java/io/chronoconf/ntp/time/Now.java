package io.chronoconf.ntp.time;

/// One instant read on both clocks at once: the undisciplined oscillator and the disciplined local
/// clock. Packet stamps are such pairs too, so that the estimator sees `local - monotonic`, which
/// is all that was ever corrected, without being told of any correction.
///
/// @param monotonic the oscillator
/// @param local the clock that is disciplined and served
public record Now(MonotonicTime monotonic, NtpTimestamp local) {
  /// The same instant, had the local clock made this leap before.
  ///
  /// @param leap negative for an inserted second
  public Now leapt(NtpDuration leap) {
    return new Now(monotonic, local.plus(leap));
  }
}
