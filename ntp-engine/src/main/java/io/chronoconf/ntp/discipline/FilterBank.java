package io.chronoconf.ntp.discipline;

import java.util.function.ToDoubleFunction;

/// The oscillator's wander and the shape of the noise are not known, so one [PhaseFilter] runs for
/// each hypothesis, and each is weighted by how probable it made the exchanges of late. The
/// estimate is the weighted mean of all.
final class FilterBank {
  private static final int WANDERS = 9;
  private static final double LEAST_WANDER = 1e-10;
  private static final double MOST_WANDER = 1e-7;
  private static final double USUAL_LOG_WANDER = Math.log(2e-9);
  private static final double LOG_WANDER_DEVIATION = 1.5;

  /// How fast a weight forgets what it learned, per exchange.
  private static final double FORGETTING = 0.005;

  private final PhaseFilter[] filters;
  private final double[] logPriors;
  private final double[] logWeights;

  FilterBank() {
    PhaseFilter.Noise[] noises = PhaseFilter.Noise.values();
    filters = new PhaseFilter[WANDERS * noises.length];
    logPriors = new double[filters.length];
    logWeights = new double[filters.length];
    double ratio = Math.pow(MOST_WANDER / LEAST_WANDER, 1.0 / (WANDERS - 1));
    for (int i = 0; i < filters.length; i++) {
      double wander = LEAST_WANDER * Math.pow(ratio, i % WANDERS);
      int rank = i / WANDERS;
      filters[i] = new PhaseFilter(wander, noises[rank]);
      double z = (Math.log(wander) - USUAL_LOG_WANDER) / LOG_WANDER_DEVIATION;
      logPriors[i] = -z * z / 2 - rank;
    }
  }

  /// The same at this moment, to go another way.
  FilterBank copy() {
    FilterBank copy = new FilterBank();
    for (int i = 0; i < filters.length; i++) {
      copy.filters[i].set(filters[i]);
    }
    System.arraycopy(logWeights, 0, copy.logWeights, 0, logWeights.length);
    return copy;
  }

  void reset(double phase, double phaseVariance, double frequency, double frequencyVariance) {
    for (PhaseFilter filter : filters) {
      filter.reset(phase, phaseVariance, frequency, frequencyVariance);
    }
    System.arraycopy(logPriors, 0, logWeights, 0, logPriors.length);
  }

  void predict(double seconds) {
    for (PhaseFilter filter : filters) {
      filter.predict(seconds);
    }
  }

  /// Lets the next exchange be one of `seconds` ago, see [PhaseFilter#lookBack].
  void lookBack(double seconds) {
    for (PhaseFilter filter : filters) {
      filter.lookBack(seconds);
    }
  }

  /// Takes in an exchange by its likelihood.
  void update(
      PathExchange exchange,
      DelayModel model,
      ExcessDensity outbound,
      ExcessDensity inbound,
      double serverVariance,
      double seconds) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < filters.length; i++) {
      double log = filters[i].update(exchange, model, outbound, inbound, serverVariance, seconds);
      logWeights[i] += FORGETTING * (logPriors[i] - logWeights[i]) + log;
      best = Math.max(best, logWeights[i]);
    }
    for (int i = 0; i < filters.length; i++) {
      logWeights[i] -= best;
    }
  }

  /// Takes in an exchange as an ordinary measurement with the given noise variance.
  void updateMiddle(PathExchange exchange, double variance) {
    for (PhaseFilter filter : filters) {
      filter.updateMiddle(exchange, variance);
    }
  }

  /// The greatest phase variance that any hypothesis expects in `seconds`.
  double greatestPhaseVarianceAfter(double seconds) {
    double greatest = 0;
    for (PhaseFilter filter : filters) {
      greatest = Math.max(greatest, filter.phaseVarianceAfter(seconds));
    }
    return greatest;
  }

  OscillatorEstimate estimate(double time) {
    double total = mean(filter -> 1, 1);
    double phase = mean(PhaseFilter::phase, total);
    double frequency = mean(PhaseFilter::frequency, total);
    return new OscillatorEstimate(
        time,
        phase,
        frequency,
        mean(filter -> filter.phaseVariance() + square(filter.phase() - phase), total),
        mean(filter -> filter.frequencyVariance() + square(filter.frequency() - frequency), total),
        Math.exp(mean(filter -> Math.log(filter.wander()), total)));
  }

  private double mean(ToDoubleFunction<PhaseFilter> quantity, double total) {
    double sum = 0;
    for (int i = 0; i < filters.length; i++) {
      sum += Math.exp(logWeights[i]) * quantity.applyAsDouble(filters[i]);
    }
    return sum / total;
  }

  private static double square(double value) {
    return value * value;
  }
}
