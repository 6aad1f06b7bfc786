package io.chronoconf.ntp.discipline;

/// The way to one server: its delays, whether each direction is disturbed just now, and the extra
/// delay of a route that replaced the usual one.
final class ServerPath {
  /// So many disturbed exchanges in a row are no disturbance but a new route.
  private static final int NEW_ROUTE_RUN = 8;

  /// Exchanges over which the disagreement with other servers is averaged.
  private static final int DISAGREEMENT_SPAN = 8;

  private final DelayStatistics statistics = new DelayStatistics();
  private final double[] runOutbound = new double[NEW_ROUTE_RUN];
  private final double[] runInbound = new double[NEW_ROUTE_RUN];
  private boolean isOutboundDisturbed;
  private boolean isInboundDisturbed;
  private double outboundExtra;
  private double inboundExtra;
  private int run;
  private int contradictions;
  private double disagreement;
  private double pollShare = 1;
  private double errorBound = Double.POSITIVE_INFINITY;

  /// The exchange with the extra delay of the present route taken off; ends a detour when the round
  /// trip is back below it.
  PathExchange normalize(PathExchange exchange) {
    PathExchange direct = direct(exchange);
    if (outboundExtra + inboundExtra == 0 || exchange.isOneWay()) {
      return direct;
    }
    DelayModel model = statistics.model();
    if (direct.roundTrip() > 2 * model.floor() - 2 * model.meanScale()) {
      return direct;
    }
    outboundExtra = 0;
    inboundExtra = 0;
    restart();
    return exchange;
  }

  /// The exchange with the extra delay of the present route taken off.
  PathExchange direct(PathExchange exchange) {
    return exchange.without(outboundExtra, inboundExtra);
  }

  void add(PathExchange exchange) {
    if (!exchange.isOneWay()) {
      statistics.add(exchange.roundTrip());
    }
  }

  /// Forgets what was believed of the present disturbance.
  void restart() {
    isOutboundDisturbed = false;
    isInboundDisturbed = false;
    run = 0;
  }

  /// Whether there was any exchange yet.
  boolean isKnown() {
    return statistics.count() > 0;
  }

  DelayModel model() {
    return statistics.model();
  }

  ExcessDensity outbound(DelayModel model) {
    return density(model.outboundScale(), model, isOutboundDisturbed);
  }

  ExcessDensity inbound(DelayModel model) {
    return density(model.inboundScale(), model, isInboundDisturbed);
  }

  private static ExcessDensity density(double scale, DelayModel model, boolean isDisturbed) {
    double tail = isDisturbed ? ExcessDensity.DISTURBED_TAIL : ExcessDensity.CLEAN_TAIL;
    return new ExcessDensity(scale, model.floorDeviation(), tail);
  }

  /// Judges an exchange once its phase is estimated.
  ///
  /// @param age how many exchanges with this server came after it
  /// @param predicted the phase expected before the exchange
  /// @param phase the phase estimated with it
  void judge(PathExchange exchange, DelayModel model, int age, double predicted, double phase) {
    if (exchange.isOneWay()) {
      isInboundDisturbed = inbound(model).isDisturbed(model.inboundExcess(exchange, phase));
      return;
    }
    isOutboundDisturbed = outbound(model).isDisturbed(model.outboundExcess(exchange, phase));
    isInboundDisturbed = inbound(model).isDisturbed(model.inboundExcess(exchange, phase));
    if (age == 0) {
      pollShare =
          PollAdvice.share(model.width(exchange), model.outboundScale() + model.inboundScale());
    }
    statistics.judge(
        age,
        exchange.outbound() + phase,
        exchange.inbound() - phase,
        !isOutboundDisturbed,
        !isInboundDisturbed);
    if (!isOutboundDisturbed && !isInboundDisturbed) {
      run = 0;
      return;
    }
    runOutbound[run] = model.outboundExcess(exchange, predicted);
    runInbound[run] = model.inboundExcess(exchange, predicted);
    run++;
    if (run == NEW_ROUTE_RUN) {
      outboundExtra += extra(runOutbound, model.outboundScale());
      inboundExtra += extra(runInbound, model.inboundScale());
      restart();
    }
  }

  /// What part of the longest poll interval suits the last exchange.
  double pollShare() {
    return pollShare;
  }

  private static double extra(double[] excesses, double scale) {
    double least = Double.MAX_VALUE;
    for (double excess : excesses) {
      least = Math.min(least, excess);
    }
    return Math.max(least - scale / NEW_ROUTE_RUN, 0);
  }

  /// Learns how far, on average, the phase expected lies from what this server's exchanges allow:
  /// positive if they say that it should be greater.
  ///
  /// @param deviation of the phase expected
  void learnDisagreement(
      PathExchange exchange, DelayModel model, double predicted, double deviation) {
    errorBound =
        exchange.serverDistance()
            + model.floor()
            + outboundExtra
            + inboundExtra
            + model.meanScale();
    double below = exchange.isOneWay() ? 0 : -model.outboundExcess(exchange, predicted);
    double above = -model.inboundExcess(exchange, predicted);
    double known = 3 * (deviation + model.floorDeviation());
    double beyond = Math.max(below - known, 0) - Math.max(above - known, 0);
    disagreement += (beyond - disagreement) / Math.min(model.samples(), DISAGREEMENT_SPAN);
  }

  /// The most that this server's time may be wrong by, in seconds: its own distance, and as much as
  /// it takes one way if the other way took no time.
  double errorBound() {
    return errorBound;
  }

  /// Mean of what [#learnDisagreement] saw of late, in seconds.
  double disagreement() {
    return disagreement;
  }

  /// Counts an exchange that contradicts all that is believed; returns how many in a row.
  int contradict() {
    return ++contradictions;
  }

  void agree() {
    contradictions = 0;
  }
}
