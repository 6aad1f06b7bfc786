package io.chronoconf.ntp.linux;

/// What a [KernelClock] asks of the system, so that it can be tried without touching one.
public interface ClockCalls {
  /// CLOCK_MONOTONIC_RAW in nanoseconds. Any thread.
  long rawNanos();

  /// CLOCK_REALTIME in nanoseconds since 1970. Any thread.
  long realNanos();

  /// Whether this process may set the clock (CAP_SYS_TIME).
  boolean maySet();

  /// clock_adjtime of CLOCK_REALTIME: sets what `request` says and returns what then holds.
  ///
  /// @throws LinuxException if the system refuses
  Timex adjust(Timex request) throws LinuxException;
}
