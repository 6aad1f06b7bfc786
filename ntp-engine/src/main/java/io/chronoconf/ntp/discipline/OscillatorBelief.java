package io.chronoconf.ntp.discipline;

import java.util.Arrays;

/// A normal belief about an oscillator that wanders, and about the paths on which it is watched:
/// its phase `x`, its frequency `y` and the bias of every path whose two ways are known to differ.
/// Over such a path not `x` shows, but `x` plus the path's bias. Which path has which bias is told
/// by numbers from 0; [#UNBIASED] stands for a path without.
final class OscillatorBelief {
  static final int UNBIASED = -1;

  private static final int PHASE = 0;
  private static final int FREQUENCY = 1;
  private static final int BIASES = 2;

  private double[] mean = new double[BIASES];
  private double[][] covariance = new double[BIASES][BIASES];
  private double back;

  /// Begins anew, without any bias; variances in s^2 and as squares of ratios.
  void reset(double phase, double phaseVariance, double frequency, double frequencyVariance) {
    mean = new double[] {phase, frequency};
    covariance = new double[][] {{phaseVariance, 0}, {0, frequencyVariance}};
    back = 0;
  }

  void set(OscillatorBelief other) {
    mean = other.mean.clone();
    covariance = Arrays.stream(other.covariance).map(double[]::clone).toArray(double[][]::new);
    back = other.back;
  }

  double frequency() {
    return mean[FREQUENCY];
  }

  double frequencyVariance() {
    return covariance[FREQUENCY][FREQUENCY];
  }

  double bias(int bias) {
    return bias == UNBIASED ? 0 : mean[BIASES + bias];
  }

  /// The phase that shows over a path.
  double phase(int bias) {
    return mean[PHASE] + bias(bias);
  }

  double phaseVariance(int bias) {
    return cross(PHASE, bias) + (bias == UNBIASED ? 0 : cross(BIASES + bias, bias));
  }

  /// Covariance of a component and the phase that shows over a path.
  private double cross(int component, int bias) {
    double[] row = covariance[component];
    return row[PHASE] + (bias == UNBIASED ? 0 : row[BIASES + bias]);
  }

  /// What the variance of that phase will be after `seconds` without exchanges.
  double phaseVarianceAfter(int bias, double seconds, double wander) {
    double moved = 2 * cross(FREQUENCY, bias) + seconds * frequencyVariance();
    return phaseVariance(bias)
        + seconds * moved
        + wander * wander * seconds * seconds * seconds / 3;
  }

  /// Adds a bias of zero with the given variance; its number is that of biases before.
  void addBias(double variance) {
    int size = mean.length + 1;
    mean = Arrays.copyOf(mean, size);
    double[][] grown = new double[size][size];
    for (int i = 0; i < size - 1; i++) {
      System.arraycopy(covariance[i], 0, grown[i], 0, size - 1);
    }
    grown[size - 1][size - 1] = variance;
    covariance = grown;
  }

  /// Forgets a bias; those after it move up.
  void dropBias(int bias) {
    int size = mean.length - 1;
    int gone = BIASES + bias;
    double[] less = new double[size];
    double[][] shrunk = new double[size][size];
    for (int i = 0; i < size; i++) {
      int from = i < gone ? i : i + 1;
      less[i] = mean[from];
      for (int k = 0; k < size; k++) {
        shrunk[i][k] = covariance[from][k < gone ? k : k + 1];
      }
    }
    mean = less;
    covariance = shrunk;
  }

  /// Moves the belief `seconds` (not negative) ahead.
  void predict(double seconds, double wander) {
    move(seconds);
    double q = wander * wander;
    covariance[PHASE][PHASE] += q * seconds * seconds * seconds / 3;
    covariance[PHASE][FREQUENCY] += q * seconds * seconds / 2;
    covariance[FREQUENCY][PHASE] = covariance[PHASE][FREQUENCY];
    covariance[FREQUENCY][FREQUENCY] += q * seconds;
  }

  /// Shows the belief as it was `seconds` before the last prediction (0 for that moment itself).
  void lookBack(double seconds) {
    move(back - seconds);
    back = seconds;
  }

  /// How long ago the moment is that shows.
  double back() {
    return back;
  }

  private void move(double seconds) {
    mean[PHASE] += mean[FREQUENCY] * seconds;
    for (double[] row : covariance) {
      row[PHASE] += row[FREQUENCY] * seconds;
    }
    for (int i = 0; i < mean.length; i++) {
      covariance[PHASE][i] += covariance[FREQUENCY][i] * seconds;
    }
  }

  /// Believes less of phase and frequency.
  void doubt(double phaseVariance, double frequencyVariance) {
    covariance[PHASE][PHASE] += phaseVariance;
    covariance[FREQUENCY][FREQUENCY] += frequencyVariance;
  }

  /// Moves the phase that shows over a path and gives it a new variance; all else follows its
  /// correlation with that phase.
  void correct(int bias, double shift, double variance) {
    double old = phaseVariance(bias);
    double change = variance - old;
    double[] gains = new double[mean.length];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = cross(i, bias) / old;
    }
    for (int i = 0; i < gains.length; i++) {
      mean[i] += gains[i] * shift;
      for (int k = 0; k < gains.length; k++) {
        covariance[i][k] += gains[i] * gains[k] * change;
      }
      covariance[i][i] = Math.max(covariance[i][i], 0);
    }
  }
}
