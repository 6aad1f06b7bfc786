package io.chronoconf.ntp.linux;

/// A rate correction as the kernel takes it: a fine frequency of at most 500 parts per million, and
/// the length of its tick in steps of 100 parts per million for what exceeds that.
///
/// @param scaledPpm parts per million times 2^16
/// @param microsPerTick 9000 to 11000
record KernelRate(long scaledPpm, long microsPerTick) {
  static final double MAX_RATIO = 0.1;

  private static final double SCALE = 65536.0;
  private static final double PPM_PER_TICK_STEP = 100.0;
  private static final double MAX_FINE_PPM = 500.0;
  private static final long NOMINAL_TICK = 10_000;

  /// The nearest that the kernel can do to `ratio` (positive: faster).
  static KernelRate of(double ratio) {
    double ppm = Math.clamp(ratio, -MAX_RATIO, MAX_RATIO) * 1e6;
    long steps = Math.abs(ppm) <= MAX_FINE_PPM ? 0 : Math.round(ppm / PPM_PER_TICK_STEP);
    return new KernelRate(
        Math.round((ppm - steps * PPM_PER_TICK_STEP) * SCALE), NOMINAL_TICK + steps);
  }

  static KernelRate of(Timex timex) {
    return new KernelRate(timex.frequency(), timex.tick());
  }

  double ratio() {
    return (scaledPpm / SCALE + (microsPerTick - NOMINAL_TICK) * PPM_PER_TICK_STEP) * 1e-6;
  }
}
