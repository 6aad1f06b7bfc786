package io.chronoconf.ntp.sim;

import java.util.random.RandomGenerator;

/// How long a packet is under way in one direction, in seconds; below zero if it is lost.
public sealed interface Delay {
  /// What arrives at once would be lost.
  double LEAST_SECONDS = 1e-9;

  /// A draw for a packet that leaves at true time `time`.
  double draw(double time, RandomGenerator random);

  /// The least delay at any time in seconds.
  double least();

  /// The variance of its excess in s^2, apart from what is raised or rerouted.
  double variance();

  /// The same delay with its excess distributed otherwise.
  Delay withLaw(DelayLaw law);

  /// A floor and an exponential excess.
  ///
  /// @param base least delay in seconds
  /// @param mean mean excess in seconds
  record Exponential(double base, double mean) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      return base - mean * Math.log(1 - random.nextDouble());
    }

    @Override
    public double least() {
      return base;
    }

    @Override
    public double variance() {
      return mean * mean;
    }

    @Override
    public Delay withLaw(DelayLaw law) {
      return new Drawn(base, mean, law);
    }
  }

  /// A floor and an excess of any law. Noise of the stamps may bring it below the floor, but never
  /// loses a packet.
  ///
  /// @param base least delay in seconds
  /// @param mean mean excess in seconds
  record Drawn(double base, double mean, DelayLaw law) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      return Math.max(base + law.excess(mean, random), LEAST_SECONDS);
    }

    @Override
    public double least() {
      return base;
    }

    @Override
    public double variance() {
      return mean * mean * law.variance();
    }

    @Override
    public Delay withLaw(DelayLaw other) {
      return new Drawn(base, mean, other);
    }
  }

  /// Loses a share of the packets.
  ///
  /// @param share 0 to 1
  record Lossy(Delay delay, double share) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      double drawn = delay.draw(time, random);
      return random.nextDouble() < share ? -1 : drawn;
    }

    @Override
    public double least() {
      return delay.least();
    }

    @Override
    public double variance() {
      return delay.variance();
    }

    @Override
    public Delay withLaw(DelayLaw law) {
      return new Lossy(delay.withLaw(law), share);
    }
  }

  /// Takes longer in the second half of every period.
  ///
  /// @param extra seconds
  /// @param period seconds
  record Raised(Delay delay, double extra, double period) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      double drawn = delay.draw(time, random);
      return time % period >= period / 2 ? drawn + extra : drawn;
    }

    @Override
    public double least() {
      return delay.least() + Math.min(extra, 0);
    }

    @Override
    public double variance() {
      return delay.variance();
    }

    @Override
    public Delay withLaw(DelayLaw law) {
      return new Raised(delay.withLaw(law), extra, period);
    }
  }

  /// Takes longer or less long from some time on, for good.
  ///
  /// @param at true time in seconds
  /// @param extra seconds
  record Rerouted(Delay delay, double at, double extra) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      double drawn = delay.draw(time, random);
      return time >= at && drawn > 0 ? drawn + extra : drawn;
    }

    @Override
    public double least() {
      return delay.least() + Math.min(extra, 0);
    }

    @Override
    public double variance() {
      return delay.variance();
    }

    @Override
    public Delay withLaw(DelayLaw law) {
      return new Rerouted(delay.withLaw(law), at, extra);
    }
  }

  /// A way that is open only for a while in every period; what is sent otherwise is lost.
  ///
  /// @param from second of the period at which it opens
  /// @param to second of the period at which it closes
  /// @param period seconds
  record Intermittent(Delay delay, double from, double to, double period) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      double drawn = delay.draw(time, random);
      double phase = time % period;
      return phase >= from && phase < to ? drawn : -1;
    }

    @Override
    public double least() {
      return delay.least();
    }

    @Override
    public double variance() {
      return delay.variance();
    }

    @Override
    public Delay withLaw(DelayLaw law) {
      return new Intermittent(delay.withLaw(law), from, to, period);
    }
  }
}
