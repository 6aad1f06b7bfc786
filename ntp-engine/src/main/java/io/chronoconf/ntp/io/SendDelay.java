package io.chronoconf.ntp.io;

import java.util.Arrays;

/// How long an answer still takes after its transmit timestamp was read: it has to be encoded and
/// to go through the system. The timestamp is written that much ahead, or else clients would see a
/// way back that is longer than it is.
///
/// It is the least of the last few, so that a timestamp hardly ever lies after the moment it speaks
/// of: a client takes the exchange with the shortest delay for the best, and would choose the wrong
/// one. One thread.
final class SendDelay {
  private static final int REMEMBERED = 8;
  private static final int ENOUGH = 3;
  private static final long MAX_NANOS = 200_000;

  private final long[] samples = new long[REMEMBERED];
  private int count;
  private long least;

  /// What to add to a reading, nanoseconds; 0 before enough is known.
  long nanos() {
    return least;
  }

  /// Takes in what one answer took.
  void observe(long sample) {
    samples[count % REMEMBERED] = Math.clamp(sample, 0, MAX_NANOS);
    count = count + 1 == 2 * REMEMBERED ? REMEMBERED : count + 1;
    if (count >= ENOUGH) {
      least = Arrays.stream(samples, 0, Math.min(count, REMEMBERED)).min().orElse(0);
    }
  }
}
