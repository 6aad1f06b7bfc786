package io.chronoconf.ntp.discipline;

/// The probability density of one way's excess delay: exponential above a soft edge at zero, mixed
/// with a heavy tail for queues, reroutes and lost turns. It is evaluated often; hence no objects.
///
/// @param scale mean of the exponential in seconds
/// @param edgeDeviation how well the edge is known, in seconds
/// @param tailWeight probability of the heavy tail
record ExcessDensity(double scale, double edgeDeviation, double tailWeight) {
  /// Weight of the tail on a way that was clean at its last exchange.
  static final double CLEAN_TAIL = 0.005;

  /// Weight of the tail on a way that was disturbed at its last exchange: disturbances last.
  static final double DISTURBED_TAIL = 0.9;

  private static final double TAIL_SCALES = 30;

  private static final double EDGE_REACH = 5;

  /// Density at `excess` times the scale.
  double at(double excess) {
    double z = excess / edgeDeviation;
    if (z < -EDGE_REACH) {
      return 0;
    }
    double e = Math.max(excess, 0) / scale;
    double density = (1 - tailWeight) * Math.exp(-e) + tailWeight * tail(e);
    return z > EDGE_REACH ? density : density * normalDistribution(z);
  }

  /// Whether the tail explains the excess better than the exponential does.
  boolean isDisturbed(double excess) {
    double e = Math.max(excess, 0) / scale;
    return tailWeight * tail(e) > (1 - tailWeight) * Math.exp(-e);
  }

  private static double tail(double e) {
    double x = 1 + e / TAIL_SCALES;
    return 1 / (TAIL_SCALES * x * x);
  }

  /// The logistic approximation of the normal distribution function, error below 2e-4.
  private static double normalDistribution(double z) {
    return 1 / (1 + Math.exp(-z * (1.5976 + 0.070566 * z * z)));
  }
}
