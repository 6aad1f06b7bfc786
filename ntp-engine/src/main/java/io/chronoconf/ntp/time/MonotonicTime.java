package io.chronoconf.ntp.time;

/// A reading of the undisciplined oscillator (CLOCK_MONOTONIC_RAW, or the simulated oscillator). It
/// never steps and no correction of ours changes its rate: timers, ages and the estimator live in
/// it.
///
/// @param nanos nanoseconds since an arbitrary start
public record MonotonicTime(long nanos) implements Comparable<MonotonicTime> {
  public MonotonicTime plusNanos(long span) {
    return new MonotonicTime(nanos + span);
  }

  public MonotonicTime plusSeconds(double seconds) {
    return new MonotonicTime(nanos + Math.round(seconds * 1e9));
  }

  /// `this - earlier` in nanoseconds.
  public long nanosSince(MonotonicTime earlier) {
    return nanos - earlier.nanos;
  }

  /// `this - earlier` in seconds.
  public double secondsSince(MonotonicTime earlier) {
    return (nanos - earlier.nanos) / 1e9;
  }

  public boolean isBefore(MonotonicTime other) {
    return nanos - other.nanos < 0;
  }

  @Override
  public int compareTo(MonotonicTime other) {
    return Long.compare(nanos - other.nanos, 0);
  }
}
