package io.chronoconf.ntp.linux;

/// At which rate the kernel's clock runs and ran before, so that a reading can be told of an
/// earlier instant: during a slew the clock gains up to 100 ns on the oscillator in each
/// microsecond.
///
/// @param sinceRaw oscillator reading from which `ratio` holds
/// @param ratio the correction in force
/// @param before the one until then
record RecentRate(long sinceRaw, double ratio, double before) {
  /// For as long as nothing was set.
  static final RecentRate NONE = new RecentRate(0, 0, 0);

  RecentRate changed(long raw, double newRatio) {
    return new RecentRate(raw, newRatio, ratio);
  }

  /// Nanoseconds that the clock gained on the oscillator between two of its readings; negative if
  /// `to` is the earlier one.
  long gained(long from, long to) {
    return Math.round(gainedSince(to) - gainedSince(from));
  }

  private double gainedSince(long raw) {
    long elapsed = raw - sinceRaw;
    return elapsed * (elapsed < 0 ? before : ratio);
  }
}
