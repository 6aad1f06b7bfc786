package io.chronoconf.ntp.discipline;

/// A two-state Kalman filter of the oscillator: phase `x` (seconds) and frequency `y` (ratio), `dx
/// = y dt`, `dy = wander dW`. Its update is not linear: it multiplies the prior with the true,
/// one-sided likelihood of the two excess delays and keeps the first two moments.
final class PhaseFilter {
  /// How the delays of an exchange are believed to be distributed.
  enum Noise {
    /// Purely one-sided excesses.
    EXPONENTIAL(0),
    /// One-sided, and every stamp also a little off both ways.
    BLURRED(0.12),
    /// One-sided, and every stamp clearly off both ways.
    SMEARED(0.4),
    /// Symmetric: only the mean and the variance of the excesses count.
    GAUSSIAN(0);

    private final double blur;

    Noise(double blur) {
      this.blur = blur;
    }
  }

  private static final int CELLS = 160;
  private static final double REACH = 5.5;
  private static final double EDGE_REACH = 5;
  private static final double LOST = 1e-25;
  private static final double LEAST_SHRINK = 1e-6;

  private final double wander;
  private final Noise noise;

  private final OscillatorBelief belief = new OscillatorBelief();

  PhaseFilter(double wander, Noise noise) {
    this.wander = wander;
    this.noise = noise;
  }

  double wander() {
    return wander;
  }

  OscillatorBelief belief() {
    return belief;
  }

  /// Moves the state `seconds` (not negative) ahead.
  void predict(double seconds) {
    belief.predict(seconds, wander);
  }

  /// What the variance of the phase over a path will be after `seconds` without exchanges.
  double phaseVarianceAfter(int bias, double seconds) {
    return belief.phaseVarianceAfter(bias, seconds, wander);
  }

  private double wanderedSince() {
    double back = belief.back();
    return wander * wander * back * back * back / 3;
  }

  /// Takes in an exchange and returns the logarithm of its probability (with both scales as units).
  ///
  /// @param seconds since the exchange before, for the recovery of a lost filter
  /// @param serverVariance of the server's own time, in s^2
  double update(
      PathExchange exchange,
      int bias,
      DelayModel model,
      ExcessDensity outbound,
      ExcessDensity inbound,
      double serverVariance,
      double seconds) {
    if (noise == Noise.GAUSSIAN) {
      return updateGaussian(exchange, bias, model, serverVariance, seconds);
    }
    double x = belief.phase(bias);
    double pxx = belief.phaseVariance(bias);
    double blur = noise.blur * Math.min(model.outboundScale(), model.inboundScale());
    double s = pxx + blur * blur + serverVariance + wanderedSince();
    double deviation = Math.sqrt(s);
    double earliest = model.floor() - exchange.outbound() - EDGE_REACH * outbound.edgeDeviation();
    double latest = exchange.inbound() - model.floor() + EDGE_REACH * inbound.edgeDeviation();
    double low = x - REACH * deviation;
    if (!exchange.isOneWay()) {
      low = Math.max(low, earliest);
    }
    double high = Math.min(x + REACH * deviation, latest);
    double step = (high - low) / CELLS;
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < CELLS && step > 0; i++) {
      double candidate = low + (i + 0.5) * step;
      double d = (candidate - x) / deviation;
      double weight = Math.exp(-d * d / 2) * inbound.at(model.inboundExcess(exchange, candidate));
      if (!exchange.isOneWay()) {
        weight *= outbound.at(model.outboundExcess(exchange, candidate));
      }
      sum += weight;
      first += weight * d;
      second += weight * d * d;
    }
    double evidence = sum * step / (deviation * Math.sqrt(2 * Math.PI));
    if (!(evidence > LOST)) {
      return recover(exchange, bias, model, serverVariance, seconds);
    }
    double mean = first / sum;
    double variance = Math.max((second / sum - mean * mean) * s, LEAST_SHRINK * pxx);
    double gain = pxx / s;
    belief.correct(bias, gain * mean * deviation, pxx + gain * gain * (variance - s));
    return Math.log(evidence);
  }

  /// An ordinary Kalman update with the middle of the exchange and the given noise variance.
  void updateMiddle(PathExchange exchange, int bias, double variance) {
    updateMiddle(exchange.middle(), bias, variance);
  }

  private void updateMiddle(double measured, int bias, double variance) {
    double x = belief.phase(bias);
    double pxx = belief.phaseVariance(bias);
    double s = pxx + variance + wanderedSince();
    double gain = pxx / s;
    belief.correct(bias, gain * (measured - x), pxx * (1 - gain));
  }

  private double updateGaussian(
      PathExchange exchange, int bias, DelayModel model, double serverVariance, double seconds) {
    if (exchange.isOneWay()) {
      return updateGaussianOneWay(exchange, bias, model, serverVariance, seconds);
    }
    double x = belief.phase(bias);
    double pxx = belief.phaseVariance(bias);
    double out = model.outboundScale();
    double in = model.inboundScale();
    double s = pxx + (out * out + in * in) / 4 + serverVariance + wanderedSince();
    double innovation = exchange.middle() - (in - out) / 2 - x;
    double distance = innovation * innovation / s;
    if (distance > 100) {
      return recover(exchange, bias, model, serverVariance, seconds);
    }
    double gain = pxx / s;
    belief.correct(bias, gain * innovation, pxx * (1 - gain));
    double trip = DelayModel.sumDensity(model.width(exchange), out, in);
    double density = Math.exp(-distance / 2) * model.meanScale() / Math.sqrt(2 * Math.PI * s);
    return Math.log(Math.max(trip * density, LOST));
  }

  private double updateGaussianOneWay(
      PathExchange exchange, int bias, DelayModel model, double serverVariance, double seconds) {
    double x = belief.phase(bias);
    double pxx = belief.phaseVariance(bias);
    double scale = model.inboundScale();
    double s = pxx + scale * scale + serverVariance + wanderedSince();
    double innovation = model.inboundExcess(exchange, x) - scale;
    double distance = innovation * innovation / s;
    if (distance > 100) {
      return recover(exchange, bias, model, serverVariance, seconds);
    }
    double gain = pxx / s;
    belief.correct(bias, gain * innovation, pxx * (1 - gain));
    return Math.log(Math.max(Math.exp(-distance / 2) * scale / Math.sqrt(2 * Math.PI * s), LOST));
  }

  /// The exchange contradicts the state: believe less of both phase and frequency, then take it as
  /// an ordinary measurement.
  private double recover(
      PathExchange exchange, int bias, DelayModel model, double serverVariance, double seconds) {
    double measured = exchange.isOneWay() ? exchange.inbound() - model.floor() : exchange.middle();
    double innovation = measured - belief.phase(bias);
    double square = innovation * innovation;
    belief.doubt(square, 0.01 * square / (seconds * seconds + 4096));
    double width = exchange.isOneWay() ? 0 : model.width(exchange);
    double scale = model.meanScale();
    updateMiddle(measured, bias, width * width / 4 + 4 * scale * scale + serverVariance);
    return Math.log(LOST);
  }
}
