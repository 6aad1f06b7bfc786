package io.chronoconf.ntp.io;

import java.util.Arrays;

/// How long an answer still takes after its transmit timestamp was read: it has to be encoded and
/// to go through the system. The timestamp is written that much ahead, or else clients would see a
/// way back that is longer than it is. The median of the last few, because a long time is mostly an
/// interruption. One thread.
final class SendDelay {
  private static final int REMEMBERED = 9;
  private static final long MAX_NANOS = 1_000_000;

  private final long[] samples = new long[REMEMBERED];
  private int count;
  private long median;

  /// What to add to a reading, nanoseconds, 0 to one millisecond.
  long nanos() {
    return median;
  }

  /// Takes in what one answer took.
  void observe(long sample) {
    samples[count % REMEMBERED] = Math.clamp(sample, 0, MAX_NANOS);
    count = count + 1 == 2 * REMEMBERED ? REMEMBERED : count + 1;
    long[] sorted = Arrays.copyOf(samples, Math.min(count, REMEMBERED));
    Arrays.sort(sorted);
    median = sorted[(sorted.length - 1) / 2];
  }
}
