package io.chronoconf.ntp.linux;

/// A changed rate that has to end.
///
/// @param startRaw oscillator reading at its start, nanoseconds
/// @param phase seconds to gain
/// @param gain by which the clock is faster than its base frequency, same sign as `phase`
/// @param limit largest gain that was allowed
record KernelSlew(long startRaw, double phase, double gain, double limit) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// The oscillator reading at which the phase is gained.
  long endRaw() {
    return startRaw + (long) Math.ceil(phase / gain * NANOS_PER_SECOND);
  }

  /// Seconds still to gain; of the other sign if it is late.
  double restAt(long raw) {
    return phase - gain * (raw - startRaw) / NANOS_PER_SECOND;
  }
}
