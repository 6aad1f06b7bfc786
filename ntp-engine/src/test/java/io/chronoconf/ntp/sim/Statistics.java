package io.chronoconf.ntp.sim;

import java.util.Arrays;

/// What a run amounts to. Errors of the clock are taken at every whole second; the window begins at
/// a given second.
///
/// @param rmsUs root mean square of the error in the window, microseconds
/// @param p99Us 99th percentile of its magnitude
/// @param maxUs its greatest magnitude
/// @param frequencyRmsPpb root mean square of the rate error in the window, slews included, in 1e-9
/// @param settle1msSeconds first second from which the error stays below 1 ms for 300 s; infinite
///   if never
/// @param settle100usSeconds the same for 100 us
/// @param packets sent by the client in the window
public record Statistics(
    double rmsUs,
    double p99Us,
    double maxUs,
    double frequencyRmsPpb,
    double settle1msSeconds,
    double settle100usSeconds,
    double packets) {
  private static final int SETTLED_SECONDS = 300;

  /// @param errors in seconds, one per whole second
  /// @param frequencies rate errors, one per whole second
  /// @param from first second of the window
  static Statistics of(double[] errors, double[] frequencies, int from, long packets) {
    double[] magnitudes = new double[errors.length - from];
    double square = 0;
    double frequencySquare = 0;
    for (int i = from; i < errors.length; i++) {
      magnitudes[i - from] = Math.abs(errors[i]);
      square += errors[i] * errors[i];
      frequencySquare += frequencies[i] * frequencies[i];
    }
    Arrays.sort(magnitudes);
    int n = magnitudes.length;
    return new Statistics(
        Math.sqrt(square / n) * 1e6,
        magnitudes[Math.min((int) (n * 0.99), n - 1)] * 1e6,
        magnitudes[n - 1] * 1e6,
        Math.sqrt(frequencySquare / n) * 1e9,
        settled(errors, 1e-3),
        settled(errors, 1e-4),
        packets);
  }

  private static double settled(double[] errors, double threshold) {
    int below = 0;
    for (int i = 0; i < errors.length; i++) {
      below = Math.abs(errors[i]) < threshold ? below + 1 : 0;
      if (below == SETTLED_SECONDS) {
        return i + 1 - SETTLED_SECONDS;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
