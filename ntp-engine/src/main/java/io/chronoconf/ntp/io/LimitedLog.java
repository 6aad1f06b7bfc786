package io.chronoconf.ntp.io;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Lines of a log that the network can cause, so many that nobody fills a disk with them: a few at
/// once, then one a minute, which says how many were left out. One thread.
final class LimitedLog {
  static final int MAX_AT_ONCE = 20;
  static final long NANOS_PER_LINE = 60_000_000_000L;

  private final LongSupplier nanos;
  private long since;
  private int room = MAX_AT_ONCE;
  private long leftOut;

  /// @param nanos a clock that never runs backwards
  LimitedLog(LongSupplier nanos) {
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /// Writes a line if there is room for it.
  void write(Consumer<String> log, String line) {
    long now = nanos.getAsLong();
    long earned = (now - since) / NANOS_PER_LINE;
    since += earned * NANOS_PER_LINE;
    room = (int) Math.min(MAX_AT_ONCE, room + earned);
    if (room == 0) {
      leftOut++;
      return;
    }
    room--;
    log.accept(leftOut == 0 ? line : line + " (" + leftOut + " lines like it were left out)");
    leftOut = 0;
  }
}
