package io.chronoconf.ntp.sim;

import java.util.random.RandomGenerator;

/// How excess delays are distributed. Whatever the law, the mean is the one asked for.
public sealed interface DelayLaw {
  /// A draw with this mean. Not negative, except where stamps are noisy.
  double excess(double mean, RandomGenerator random);

  /// The variance where the mean is 1.
  double variance();

  /// Memoryless: the law of the scenarios.
  record Exponential() implements DelayLaw {
    @Override
    public double excess(double mean, RandomGenerator random) {
      return -mean * Math.log(1 - random.nextDouble());
    }

    @Override
    public double variance() {
      return 1;
    }
  }

  /// The logarithm is normal with a standard deviation of 1.
  record Lognormal() implements DelayLaw {
    @Override
    public double excess(double mean, RandomGenerator random) {
      return mean * Math.exp(random.nextGaussian() - 0.5);
    }

    @Override
    public double variance() {
      return Math.E - 1;
    }
  }

  /// The magnitude of a normal draw.
  record HalfNormal() implements DelayLaw {
    @Override
    public double excess(double mean, RandomGenerator random) {
      return mean * Math.sqrt(Math.PI / 2) * Math.abs(random.nextGaussian());
    }

    @Override
    public double variance() {
      return Math.PI / 2 - 1;
    }
  }

  /// What a Pareto draw is above its least value: a power law's tail.
  ///
  /// @param shape above 2, or the variance is infinite
  record Pareto(double shape) implements DelayLaw {
    @Override
    public double excess(double mean, RandomGenerator random) {
      return mean * (shape - 1) * (Math.pow(1 - random.nextDouble(), -1 / shape) - 1);
    }

    @Override
    public double variance() {
      return shape / (shape - 2);
    }
  }

  /// From zero to twice the mean.
  record Uniform() implements DelayLaw {
    @Override
    public double excess(double mean, RandomGenerator random) {
      return 2 * mean * random.nextDouble();
    }

    @Override
    public double variance() {
      return 1.0 / 3;
    }
  }

  /// A sum of exponential draws, as of so many queues in a row.
  ///
  /// @param stages 1 or more
  record Erlang(int stages) implements DelayLaw {
    @Override
    public double excess(double mean, RandomGenerator random) {
      double sum = 0;
      for (int i = 0; i < stages; i++) {
        sum -= Math.log(1 - random.nextDouble());
      }
      return mean / stages * sum;
    }

    @Override
    public double variance() {
      return 1.0 / stages;
    }
  }

  /// Exponential, and the stamps are off by a normal error of a tenth of the mean.
  record Noisy() implements DelayLaw {
    private static final double NOISE = 0.1;

    @Override
    public double excess(double mean, RandomGenerator random) {
      return mean * (NOISE * random.nextGaussian() - Math.log(1 - random.nextDouble()));
    }

    @Override
    public double variance() {
      return 1 + NOISE * NOISE;
    }
  }

  /// Exponential, but one of twenty draws is twenty times as long.
  record Spikes() implements DelayLaw {
    private static final double SHARE = 0.05;
    private static final double TIMES = 20;
    private static final double MEAN = 1 - SHARE + SHARE * TIMES;

    @Override
    public double excess(double mean, RandomGenerator random) {
      double scale = mean / MEAN * (random.nextDouble() < SHARE ? TIMES : 1);
      return -scale * Math.log(1 - random.nextDouble());
    }

    @Override
    public double variance() {
      return 2 * (1 - SHARE + SHARE * TIMES * TIMES) / (MEAN * MEAN) - 1;
    }
  }
}
