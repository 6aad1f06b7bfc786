package io.chronoconf.ntp.linux;

import java.lang.foreign.MemorySegment;

/// Readings of the host's clocks in nanoseconds. Any thread.
public final class LinuxClockReader {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private LinuxClockReader() {}

  /// CLOCK_MONOTONIC_RAW.
  public static long rawNanos() {
    return read(LinuxAbi.CLOCK_MONOTONIC_RAW);
  }

  /// CLOCK_REALTIME, since 1970.
  public static long realNanos() {
    return read(LinuxAbi.CLOCK_REALTIME);
  }

  private static long read(int clock) {
    long[] timespec = new long[2];
    Libc.clockGetTime(clock, MemorySegment.ofArray(timespec));
    return timespec[0] * NANOS_PER_SECOND + timespec[1];
  }
}
