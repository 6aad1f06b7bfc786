package io.chronoconf.ntp.discipline;

/// What is known of the delays on the way to one server: each way takes a floor, the same both
/// ways, plus a one-sided excess of its own mean.
///
/// @param floor the least one-way delay in seconds
/// @param floorDeviation standard deviation of `floor`
/// @param outboundScale mean excess to the server in seconds
/// @param inboundScale mean excess from the server in seconds
/// @param samples exchanges this rests on
record DelayModel(
    double floor, double floorDeviation, double outboundScale, double inboundScale, int samples) {
  private static final double LEAST_DENSITY = 1e-12;

  double outboundExcess(PathExchange exchange, double phase) {
    return exchange.outbound() - floor + phase;
  }

  double inboundExcess(PathExchange exchange, double phase) {
    return exchange.inbound() - floor - phase;
  }

  /// How wide an interval of phases the exchange allows: the sum of its two excesses.
  double width(PathExchange exchange) {
    return Math.max(exchange.roundTrip() - 2 * floor, 0);
  }

  double meanScale() {
    return Math.sqrt(outboundScale * inboundScale);
  }

  /// The density of the sum of two exponentials with these means at `s` (not negative), times the
  /// geometric mean of the two; never zero.
  static double sumDensity(double s, double out, double in) {
    double scale = Math.sqrt(out * in);
    double difference = out - in;
    if (Math.abs(difference) < 0.01 * scale) {
      return s / scale * Math.exp(-s / scale) + LEAST_DENSITY;
    }
    return scale * (Math.exp(-s / out) - Math.exp(-s / in)) / difference + LEAST_DENSITY;
  }
}
