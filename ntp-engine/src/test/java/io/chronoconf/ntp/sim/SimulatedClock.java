package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// A clock over an oscillator whose frequency walks at random: each true second adds `wander` times
/// a standard normal draw. Between seconds the rate is constant: `local += dt * (1 + oscillator) *
/// (1 + frequency + slew)`.
public final class SimulatedClock implements NodeClock {
  /// What true time zero is called unless it matters.
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /// The precision that was measured in the simulator whose figures are to be beaten.
  private static final int PRECISION = -22;

  private static final double MAX_RATIO = 0.1;

  private static final double SECONDS_PER_DAY = 86_400;

  private final Instant start;
  private final double wander;
  private final RandomGenerator random;
  private double oscillatorFrequency;
  private double trueTime;
  private double oscillator;
  private double local;
  private double frequency;
  private double slewRate;
  private double slewLeft;
  private int leap;
  private double leapAt;

  /// @param offset initial error in seconds, positive if the clock is ahead
  /// @param oscillatorFrequency initial error of the oscillator, positive if it gains
  /// @param wander step of its random walk per square root of a second
  public SimulatedClock(
      double offset, double oscillatorFrequency, double wander, RandomGenerator random) {
    this(START, offset, oscillatorFrequency, wander, random);
  }

  /// @param start what true time zero is called
  SimulatedClock(
      Instant start,
      double offset,
      double oscillatorFrequency,
      double wander,
      RandomGenerator random) {
    this.start = start;
    this.local = offset;
    this.oscillatorFrequency = oscillatorFrequency;
    this.wander = wander;
    this.random = random;
  }

  /// A clock without error.
  public static SimulatedClock perfect(RandomGenerator random) {
    return new SimulatedClock(0, 0, 0, random);
  }

  @Override
  public void advance(double seconds) {
    double elapsed = seconds * (1 + oscillatorFrequency);
    trueTime += seconds;
    oscillator += elapsed;
    local += elapsed * (1 + frequency);
    double slewed = Math.min(Math.abs(slewLeft), elapsed * slewRate);
    local += Math.copySign(slewed, slewLeft);
    slewLeft -= Math.copySign(slewed, slewLeft);
    if (leap != 0 && local >= leapAt) {
      local -= leap;
      leap = 0;
    }
  }

  @Override
  public void walk() {
    if (wander != 0) {
      oscillatorFrequency += wander * random.nextGaussian();
    }
  }

  @Override
  public void disturb(double seconds) {
    local += seconds;
  }

  @Override
  public double secondsUntil(MonotonicTime time) {
    return Math.max((time.nanos() / 1e9 - oscillator) / (1 + oscillatorFrequency), 0);
  }

  @Override
  public double error() {
    return local - trueTime;
  }

  @Override
  public double frequencyError() {
    double slew = slewLeft == 0 ? 0 : Math.copySign(slewRate, slewLeft);
    return (1 + oscillatorFrequency) * (1 + frequency + slew) - 1;
  }

  /// The correction in force.
  public double frequency() {
    return frequency;
  }

  @Override
  public Now now() {
    return new Now(
        new MonotonicTime(Math.round(oscillator * 1e9)),
        NtpTimestamp.of(start).plus(NtpDuration.ofSeconds(local)));
  }

  @Override
  public void step(NtpDuration offset) {
    local += offset.toSeconds();
    slewLeft = 0;
  }

  @Override
  public void adjust(double newFrequency, NtpDuration phase, double rate) {
    frequency = Math.clamp(newFrequency, -MAX_RATIO, MAX_RATIO);
    slewLeft = phase.toSeconds();
    slewRate = Math.clamp(rate, 0.0, MAX_RATIO);
  }

  @Override
  public void setLeap(int direction) {
    double today = start.getEpochSecond() % SECONDS_PER_DAY + local;
    double untilMidnight =
        SECONDS_PER_DAY - (today - Math.floor(today / SECONDS_PER_DAY) * SECONDS_PER_DAY);
    leap = direction;
    leapAt = local + untilMidnight - (direction < 0 ? 1 : 0);
  }

  @Override
  public void setSynchronized(boolean isSynchronized, NtpDuration maximumError) {}

  @Override
  public int precision() {
    return PRECISION;
  }
}
