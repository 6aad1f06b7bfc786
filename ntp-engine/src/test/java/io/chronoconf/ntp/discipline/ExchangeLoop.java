package io.chronoconf.ntp.discipline;

import io.chronoconf.ntp.sim.Delay;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// The least there can be around a discipline: an oscillator, a local clock that takes every
/// correction at once, and servers that answer. Time is true time in seconds.
final class ExchangeLoop {
  private static final NtpTimestamp START = NtpTimestamp.of(Instant.parse("2026-01-01T00:00:00Z"));
  private static final int PRECISION = -22;

  private final ClockDiscipline discipline;
  private final RandomGenerator random;
  private double time;
  private double phase;
  private double frequency;
  private double correction;
  private double correctionRate;

  /// @param phase of the oscillator, seconds ahead of true time
  /// @param frequency of the oscillator, positive if it gains
  ExchangeLoop(ClockDiscipline discipline, RandomGenerator random, double phase, double frequency) {
    this.discipline = discipline;
    this.random = random;
    this.phase = phase;
    this.frequency = frequency;
  }

  /// Local minus true time.
  double error() {
    return phase + correction;
  }

  double time() {
    return time;
  }

  Now now() {
    return stamp(0);
  }

  /// Somebody sets the local clock.
  void disturb(double seconds) {
    correction += seconds;
  }

  /// Lets time pass.
  void pass(double seconds) {
    time += seconds;
    phase += frequency * seconds;
    correction += correctionRate * seconds * (1 + frequency);
  }

  /// Exchanges packets with a server whose clock is `serverOffset` ahead, and obeys.
  void exchange(int server, Delay up, Delay down, double serverOffset) {
    double outward = up.draw(time, random);
    double homeward = down.draw(time, random);
    if (outward < 0 || homeward < 0) {
      return;
    }
    Now originate = now();
    NtpTimestamp atServer = START.plus(NtpDuration.ofSeconds(time + outward + serverOffset));
    Now destination = stamp(outward + homeward);
    discipline.sample(
        new DisciplineSample(
            server, originate, atServer, atServer, destination, false, 0, 0, PRECISION, false));
    obey();
  }

  /// The same, where the server tells only later when its answer left.
  ///
  /// @param guess what is guessed until then, seconds after it really left
  /// @return tells it
  Runnable exchangeInTwoSteps(int server, Delay up, Delay down, double guess) {
    double outward = up.draw(time, random);
    Now originate = now();
    NtpTimestamp atServer = START.plus(NtpDuration.ofSeconds(time + outward));
    NtpTimestamp guessed = atServer.plus(NtpDuration.ofSeconds(guess));
    Now destination = stamp(outward + down.draw(time, random));
    discipline.sample(
        new DisciplineSample(
            server, originate, atServer, guessed, destination, true, 0, 0, PRECISION, false));
    obey();
    return () ->
        discipline.sample(
            new DisciplineSample(
                server, originate, atServer, atServer, destination, false, 0, 0, PRECISION, false));
  }

  /// Takes the whole correction at once.
  void obey() {
    discipline
        .correct(now())
        .ifPresent(
            order -> {
              correction += order.phase().toSeconds();
              correctionRate = order.frequency();
            });
  }

  private Now stamp(double later) {
    double at = time + later;
    double oscillator = at + phase + frequency * later;
    double local = oscillator + correction + correctionRate * later;
    return new Now(
        new MonotonicTime(Math.round(oscillator * 1e9)), START.plus(NtpDuration.ofSeconds(local)));
  }
}
