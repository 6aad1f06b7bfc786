package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.io.RawSource;
import io.chronoconf.ntp.io.VirtualClock;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.NtpDuration;
import java.time.Instant;

/// The virtual clock over an oscillator of ours.
final class VirtualStand implements DriverStand {
  private static final long SECOND = 1_000_000_000L;

  private final Oscillator oscillator;
  private final VirtualClock driver;

  VirtualStand(Instant start, double offset) {
    oscillator = new Oscillator(start.getEpochSecond() * SECOND);
    driver = VirtualClock.start(oscillator, NtpDuration.ofSeconds(offset), 0);
  }

  @Override
  public HostClock driver() {
    return driver;
  }

  @Override
  public void turn(long nanos) {
    oscillator.raw += nanos;
  }

  /// Its reading is a function of the oscillator, so it tells the next instants in advance.
  @Override
  public double correction() {
    long raw = oscillator.raw;
    long ahead = SECOND / 10;
    NtpDuration gone = driver.at(raw + ahead).local().minus(driver.at(raw).local());
    return gone.minus(NtpDuration.ofNanos(ahead)).toSeconds() * SECOND / ahead;
  }

  /// Nobody but its owner can set it.
  @Override
  public void disturb(double seconds) {
    driver.step(NtpDuration.ofSeconds(seconds));
  }

  private static final class Oscillator implements RawSource {
    private final long realAtZero;
    private long raw;

    Oscillator(long realAtZero) {
      this.realAtZero = realAtZero;
    }

    @Override
    public long rawNanos() {
      return raw;
    }

    @Override
    public long realNanos() {
      return realAtZero + raw;
    }
  }
}
