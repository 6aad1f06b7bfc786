package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.time.ClockException;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/// A node's clock that is the driver of a real one. It ticks when the driver wants it, though late,
/// as the timer of a real loop is. The oscillator under it is that of a [SimulatedClock] which
/// nobody corrects, so that it walks as in a run without a driver.
final class DrivenClock implements NodeClock {
  private final DriverStand stand;
  private final HostClock driver;
  private final NtpTimestamp start;
  private final SimulatedClock oscillator;
  private final DoubleSupplier lateness;
  private final long rawAtStart;
  private double trueTime;
  private Optional<MonotonicTime> tick = Optional.empty();
  private double late;

  /// @param start what true time zero is called
  /// @param lateness seconds by which the next tick comes late
  DrivenClock(
      DriverStand stand,
      Instant start,
      double frequency,
      double wander,
      RandomGenerator random,
      DoubleSupplier lateness) {
    this.stand = stand;
    this.driver = stand.driver();
    this.start = NtpTimestamp.of(start);
    this.oscillator = new SimulatedClock(start, 0, frequency, wander, random);
    this.lateness = lateness;
    this.rawAtStart = driver.rawNanos();
  }

  @Override
  public void advance(double seconds) {
    double end = trueTime + seconds;
    for (double next = nextTick(); next < end; next = nextTick()) {
      pass(next);
      refuseNothing(driver::tick);
      if (driver.nextTick().filter(at -> !now().monotonic().isBefore(at)).isPresent()) {
        throw new IllegalStateException("the driver wants to tick for ever at " + trueTime);
      }
    }
    pass(end);
  }

  private double nextTick() {
    Optional<MonotonicTime> wanted = driver.nextTick();
    if (!wanted.equals(tick)) {
      tick = wanted;
      late = lateness.getAsDouble();
    }
    return tick.map(at -> trueTime + secondsUntil(at) + late).orElse(Double.POSITIVE_INFINITY);
  }

  private void pass(double until) {
    oscillator.advance(Math.max(until - trueTime, 0));
    trueTime = Math.max(until, trueTime);
    stand.turn(rawAtStart + oscillator.now().monotonic().nanos() - driver.rawNanos());
  }

  @Override
  public void walk() {
    oscillator.walk();
  }

  @Override
  public void disturb(double seconds) {
    stand.disturb(seconds);
  }

  @Override
  public double secondsUntil(MonotonicTime time) {
    return oscillator.secondsUntil(time.plusNanos(-rawAtStart));
  }

  @Override
  public double error() {
    return driver.now().local().minus(start).toSeconds() - trueTime;
  }

  @Override
  public double frequencyError() {
    return (1 + oscillator.frequencyError()) * (1 + stand.correction()) - 1;
  }

  @Override
  public Now now() {
    return driver.now();
  }

  @Override
  public void step(NtpDuration offset) {
    refuseNothing(() -> driver.step(offset));
  }

  @Override
  public void adjust(double frequency, NtpDuration phase, double rate) {
    refuseNothing(() -> driver.adjust(frequency, phase, rate));
  }

  @Override
  public void setLeap(int leap) {
    refuseNothing(() -> driver.setLeap(leap));
  }

  @Override
  public void setSynchronized(boolean isSynchronized, NtpDuration maximumError) {
    refuseNothing(() -> driver.setSynchronized(isSynchronized, maximumError));
  }

  /// The driver would measure how long a reading takes, and here it takes no time.
  @Override
  public int precision() {
    return oscillator.precision();
  }

  @FunctionalInterface
  private interface Change {
    void make() throws ClockException;
  }

  private static void refuseNothing(Change change) {
    try {
      change.make();
    } catch (ClockException refused) {
      throw new IllegalStateException("the driver refuses", refused);
    }
  }
}
