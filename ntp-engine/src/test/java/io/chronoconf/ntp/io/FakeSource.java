package io.chronoconf.ntp.io;

/// An oscillator that a test turns by hand.
final class FakeSource implements RawSource {
  private static final long START = 7_000_000_000_000L;

  private long raw = START;
  private final long realAtStart;

  FakeSource(long realAtStart) {
    this.realAtStart = realAtStart;
  }

  void advance(long nanos) {
    raw += nanos;
  }

  @Override
  public long rawNanos() {
    return raw;
  }

  @Override
  public long realNanos() {
    return realAtStart + raw - START;
  }
}
