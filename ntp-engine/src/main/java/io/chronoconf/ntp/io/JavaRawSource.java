package io.chronoconf.ntp.io;

import java.time.Instant;

/// What any Java platform offers: its monotonic clock, which a host's own NTP daemon may steer.
final class JavaRawSource implements RawSource {
  @Override
  public long rawNanos() {
    return System.nanoTime();
  }

  @Override
  public long realNanos() {
    Instant now = Instant.now();
    return Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano());
  }
}
