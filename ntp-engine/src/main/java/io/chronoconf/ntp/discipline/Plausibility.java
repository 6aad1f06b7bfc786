package io.chronoconf.ntp.discipline;

/// Which exchanges the filters cannot believe, given what they expect.
///
/// @param bank the filters
record Plausibility(FilterBank bank) {
  /// Deviations beyond which nothing is believed.
  static final double DEVIATIONS = 6;

  /// Whether the phase that every hypothesis expects lies outside what the exchange allows.
  ///
  /// @param variance of the server's time against all, in s^2
  boolean isContradiction(
      PathExchange exchange, DelayModel model, OscillatorEstimate before, double variance) {
    double expected = before.phaseAt(exchange.time());
    double deviation = expectedDeviation(exchange, before, variance);
    double reach = DEVIATIONS * (deviation + model.floorDeviation() + model.meanScale());
    return (!exchange.isOneWay() && model.outboundExcess(exchange, expected) < -reach)
        || model.inboundExcess(exchange, expected) < -reach;
  }

  /// Whether an exchange of which one way alone was measured took that way slowly. Whether the
  /// route or the time has changed, only an exchange of both ways can tell.
  ///
  /// @param variance of the server's time against all, in s^2
  boolean isLateBroadcast(
      PathExchange exchange, ServerPath path, OscillatorEstimate before, double variance) {
    if (!exchange.isOneWay()) {
      return false;
    }
    DelayModel model = path.model();
    double excess = model.inboundExcess(exchange, before.phaseAt(exchange.time()));
    double uncertain = DEVIATIONS * expectedDeviation(exchange, before, variance);
    return path.inbound(model).isDisturbed(excess - uncertain);
  }

  private double expectedDeviation(
      PathExchange exchange, OscillatorEstimate before, double variance) {
    double seconds = Math.max(exchange.time() - before.time(), 0);
    return Math.sqrt(
        bank.greatestPhaseVarianceAfter(exchange.server(), seconds)
            + before.phaseVariance()
            + variance);
  }
}
