package io.chronoconf.ntp.io;

/// How long an answer still takes after its transmit timestamp was read: it has to be encoded and
/// to go through the system. The timestamp is written that much ahead, or else clients would see a
/// way back that is longer than it is. Falls fast and rises slowly, because a long time is mostly
/// an interruption. One thread.
final class SendDelay {
  private static final long MAX_NANOS = 100_000;
  private static final int FALL = 4;
  private static final int RISE = 32;

  private long nanos;

  /// What to add to a reading, nanoseconds.
  long nanos() {
    return nanos;
  }

  /// Takes in what one answer took.
  void observe(long sample) {
    long cut = Math.clamp(sample, 0, MAX_NANOS);
    nanos += (cut - nanos) / (cut < nanos ? FALL : RISE);
  }
}
