package io.chronoconf.ntp.discipline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The oscillator's wander and the shape of the noise are not known, so one [PhaseFilter] runs for
/// each hypothesis, and each is weighted by how probable it made the exchanges of late. The
/// estimate is the weighted mean of all.
final class FilterBank {
  /// Four a decade: with fewer, what the poll interval is made of depends on where between two of
  /// them the true wander lies.
  private static final int WANDERS = 13;

  private static final double LEAST_WANDER = 1e-10;
  private static final double MOST_WANDER = 1e-7;
  private static final double USUAL_LOG_WANDER = Math.log(2e-9);
  private static final double LOG_WANDER_DEVIATION = 1.5;

  /// How fast a weight forgets what it learned, per exchange.
  private static final double FORGETTING = 0.005;

  private final PhaseFilter[] filters;
  private final List<Integer> biased = new ArrayList<>();
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
    copy.set(this);
    return copy;
  }

  /// Takes over what another bank believes.
  void set(FilterBank other) {
    for (int i = 0; i < filters.length; i++) {
      filters[i].belief().set(other.filters[i].belief());
    }
    biased.clear();
    biased.addAll(other.biased);
    System.arraycopy(other.logWeights, 0, logWeights, 0, logWeights.length);
  }

  void reset(double phase, double phaseVariance, double frequency, double frequencyVariance) {
    for (PhaseFilter filter : filters) {
      filter.belief().reset(phase, phaseVariance, frequency, frequencyVariance);
    }
    biased.clear();
    System.arraycopy(logPriors, 0, logWeights, 0, logPriors.length);
  }

  void predict(double seconds) {
    for (PhaseFilter filter : filters) {
      filter.predict(seconds);
    }
  }

  /// Lets the next exchange be one of `seconds` ago, see [OscillatorBelief#lookBack].
  void lookBack(double seconds) {
    for (PhaseFilter filter : filters) {
      filter.belief().lookBack(seconds);
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
    int bias = biased.indexOf(exchange.server());
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < filters.length; i++) {
      double log =
          filters[i].update(exchange, bias, model, outbound, inbound, serverVariance, seconds);
      logWeights[i] += FORGETTING * (logPriors[i] - logWeights[i]) + log;
      best = Math.max(best, logWeights[i]);
    }
    for (int i = 0; i < filters.length; i++) {
      logWeights[i] -= best;
    }
  }

  /// Takes in an exchange as an ordinary measurement with the given noise variance.
  void updateMiddle(PathExchange exchange, double variance) {
    int bias = biased.indexOf(exchange.server());
    for (PhaseFilter filter : filters) {
      filter.updateMiddle(exchange, bias, variance);
    }
  }

  /// The paths of these servers, and of no others, may be biased.
  ///
  /// @param variances of the biases, in s^2, where there is none yet
  void expectBiases(Map<Integer, Double> variances) {
    for (int server : List.copyOf(biased)) {
      if (!variances.containsKey(server)) {
        dropBias(server);
      }
    }
    variances.forEach(
        (server, variance) -> {
          if (!biased.contains(server)) {
            biased.add(server);
            for (PhaseFilter filter : filters) {
              filter.belief().addBias(variance);
            }
          }
        });
  }

  /// The path of a server is not biased any longer.
  void dropBias(int server) {
    int bias = biased.indexOf(server);
    if (bias != OscillatorBelief.UNBIASED) {
      biased.remove(/* index */ bias);
      for (PhaseFilter filter : filters) {
        filter.belief().dropBias(bias);
      }
    }
  }

  /// How much greater than it is the phase seems to be over the path of a server, in seconds.
  double bias(int server) {
    int bias = biased.indexOf(server);
    return mean(filter -> filter.belief().bias(bias), mean(filter -> 1, 1));
  }

  /// The greatest variance that any hypothesis expects in `seconds` of the phase over a path.
  double greatestPhaseVarianceAfter(int server, double seconds) {
    int bias = biased.indexOf(server);
    double greatest = 0;
    for (PhaseFilter filter : filters) {
      greatest = Math.max(greatest, filter.phaseVarianceAfter(bias, seconds));
    }
    return greatest;
  }

  OscillatorEstimate estimate(double time) {
    double total = mean(filter -> 1, 1);
    double phase = mean(FilterBank::phase, total);
    double frequency = mean(filter -> filter.belief().frequency(), total);
    return new OscillatorEstimate(
        time,
        phase,
        frequency,
        mean(
            filter ->
                filter.belief().phaseVariance(OscillatorBelief.UNBIASED)
                    + square(phase(filter) - phase),
            total),
        mean(
            filter ->
                filter.belief().frequencyVariance()
                    + square(filter.belief().frequency() - frequency),
            total),
        Math.exp(mean(filter -> Math.log(filter.wander()), total)));
  }

  private static double phase(PhaseFilter filter) {
    return filter.belief().phase(OscillatorBelief.UNBIASED);
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
