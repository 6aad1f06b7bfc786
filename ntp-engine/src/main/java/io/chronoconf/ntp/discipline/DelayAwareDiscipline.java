package io.chronoconf.ntp.discipline;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The discipline of this project: a bank of Kalman filters that know that delays are one-sided, in
/// the coordinates of the undisciplined oscillator. `docs/discipline.md` has the equations.
///
/// The oscillator's time scale begins at the first sample and then runs on by itself; the local
/// clock's corrections show as the growing difference between the two.
public final class DelayAwareDiscipline implements ClockDiscipline {
  /// How far a free-running oscillator usually is off, as a ratio.
  public static final double UNKNOWN_FREQUENCY = 3e-5;

  /// A phase is slewed away during this part of the time between two exchanges: fast enough to
  /// matter to no figure, slow enough that clients do not take it for another frequency.
  private static final double SLEW_SHARE = 0.125;

  /// A phase up to this, in seconds, never needs a rate beyond the next: bursts would slew it in a
  /// second, and our clients would notice.
  private static final double GENTLE_PHASE = 4e-3;

  private static final double GENTLE_SLEW_RATE = 4e-4;
  private static final double MIN_SLEW_SECONDS = 1;
  private static final double MAX_SLEW_SECONDS = 64;

  private final OscillatorEstimator estimator;
  private final double initialFrequency;
  private final double initialDeviation;
  private @Nullable Now origin;
  private @Nullable MonotonicTime lastSample;
  private double slewSeconds = MIN_SLEW_SECONDS;

  /// Begins with a frequency from an earlier run.
  ///
  /// @param frequency correction that was right then, as a ratio
  /// @param deviation how far it may be off by now, as a ratio above zero
  public DelayAwareDiscipline(double frequency, double deviation) {
    this.initialFrequency = frequency;
    this.initialDeviation = deviation;
    this.estimator = new OscillatorEstimator(-frequency, deviation);
  }

  /// Begins without knowing the frequency.
  public DelayAwareDiscipline() {
    this(0, UNKNOWN_FREQUENCY);
  }

  @Override
  public void sample(DisciplineSample sample) {
    if (origin == null) {
      origin = sample.originate();
    }
    if (sample.isProvisional()) {
      estimator.expect(exchange(sample, origin));
    } else {
      estimator.update(exchange(sample, origin));
    }
    MonotonicTime returned = sample.destination().monotonic();
    double elapsed = lastSample == null ? 0 : returned.secondsSince(lastSample);
    slewSeconds = Math.clamp(SLEW_SHARE * elapsed, MIN_SLEW_SECONDS, MAX_SLEW_SECONDS);
    lastSample = elapsed < 0 ? lastSample : returned;
  }

  @Override
  public Optional<Correction> correct(Now now) {
    Now start = origin;
    if (start == null) {
      return Optional.empty();
    }
    return estimator.estimate().map(oscillator -> correction(oscillator, start, now));
  }

  @Override
  public void forget(int associationId) {
    estimator.remove(associationId);
  }

  @Override
  public void leapt(NtpDuration leap) {
    if (origin != null) {
      origin = origin.leapt(leap);
    }
  }

  @Override
  public double frequency() {
    return estimator.estimate().map(oscillator -> -oscillator.frequency()).orElse(initialFrequency);
  }

  @Override
  public double wander() {
    return estimator
        .estimate()
        .map(oscillator -> Math.sqrt(oscillator.frequencyVariance()))
        .orElse(initialDeviation);
  }

  @Override
  public double advisedPollSeconds() {
    return estimator.pollSeconds();
  }

  @Override
  public double pollShare(int associationId) {
    return estimator.pollShare(associationId);
  }

  private Correction correction(OscillatorEstimate oscillator, Now start, Now now) {
    double time = now.monotonic().secondsSince(start.monotonic());
    NtpDuration corrected = now.local().minus(uncorrected(now.monotonic(), start));
    NtpDuration phase = NtpDuration.ofSeconds(-oscillator.phaseAt(time)).minus(corrected);
    return new Correction(
        -oscillator.frequency(),
        phase,
        NtpDuration.ofSeconds(Math.sqrt(oscillator.phaseVarianceAt(time))),
        slewRate(phase.abs().toSeconds()));
  }

  private double slewRate(double size) {
    double seconds = slewSeconds;
    if (size <= GENTLE_PHASE) {
      seconds = Math.max(seconds, size / GENTLE_SLEW_RATE);
    }
    return Math.clamp(size / seconds, Correction.MIN_SLEW_RATE, Correction.MAX_SLEW_RATE);
  }

  private static PathExchange exchange(DisciplineSample sample, Now start) {
    MonotonicTime left = sample.originate().monotonic();
    MonotonicTime returned = sample.destination().monotonic();
    double sent = left.secondsSince(start.monotonic());
    double arrived = returned.secondsSince(start.monotonic());
    return new PathExchange(
        sample.associationId(),
        (sent + arrived) / 2,
        sample.receive().minus(uncorrected(left, start)).toSeconds(),
        uncorrected(returned, start).minus(sample.transmit()).toSeconds(),
        sample.isOneWay(),
        sample.rootDelay() / 2 + sample.rootDispersion());
  }

  /// What the local clock would show, had it never been corrected since the start.
  private static NtpTimestamp uncorrected(MonotonicTime time, Now start) {
    return start.local().plus(NtpDuration.ofNanos(time.nanosSince(start.monotonic())));
  }
}
