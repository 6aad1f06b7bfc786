package io.chronoconf.ntp.discipline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way to one server: its delays, whether each direction is disturbed just now, and the
/// [Detour] that replaced the usual route, if any.
final class ServerPath {
  /// Exchanges over which the disagreement with other servers is averaged.
  private static final int DISAGREEMENT_SPAN = 8;

  /// How far below twice the floor a round trip shows another route, in deviations of the floor.
  private static final double QUICKER_DEVIATIONS = 6;

  /// As much again as part of both mean excesses, for stamps have noise: to end a detour, and to
  /// make delays of the usual route outdated.
  private static final double QUICKER_SHARE = 0.1;

  private static final double OUTDATED_SHARE = 1;

  /// Exchanges that the usual route must be known from before another can be told from it.
  private static final int USUAL_EXCHANGES = 8;

  private DelayStatistics usual = new DelayStatistics();
  private @Nullable Detour detour;
  private boolean isOutboundDisturbed;
  private boolean isInboundDisturbed;
  private int contradictions;
  private double disagreement;
  private double pollShare = 1;
  private double errorBound = Double.POSITIVE_INFINITY;

  /// The exchange as it would have been without the bias of a detour.
  PathExchange direct(PathExchange exchange) {
    if (detour == null) {
      return exchange;
    }
    double bias = detour.bias();
    return exchange.without(-bias, bias);
  }

  /// The exchange as the filters take it: with the bias that they estimate, without one that is
  /// known.
  PathExchange forFilters(PathExchange exchange) {
    return isBiasUnknown() ? exchange : direct(exchange);
  }

  void add(PathExchange exchange) {
    if (!exchange.isOneWay()) {
      statistics().add(exchange.roundTrip());
    }
  }

  /// Whether an exchange was too quick for the route of late.
  boolean isQuicker(PathExchange exchange) {
    return isKnown() && !exchange.isOneWay() && isBelow(exchange, QUICKER_SHARE);
  }

  private boolean isBelow(PathExchange exchange, double share) {
    DelayModel model = model();
    double margin =
        QUICKER_DEVIATIONS * model.floorDeviation()
            + share * (model.outboundScale() + model.inboundScale());
    return exchange.roundTrip() < 2 * model.floor() - margin;
  }

  /// Takes a quick exchange as the end of a detour; if there was none, the usual route itself
  /// became shorter, and what is far above it is not learnt from any longer.
  void becomeQuicker(PathExchange exchange) {
    boolean isWellKnown = usual.count() >= DelayStatistics.PRIOR_COUNT;
    if (detour == null && isWellKnown && isBelow(exchange, OUTDATED_SHARE)) {
      usual = new DelayStatistics(usual.model());
    }
    detour = null;
    restart();
  }

  /// The same path if its detour were over; for looking at, not for learning.
  ServerPath withoutDetour() {
    ServerPath over = new ServerPath();
    over.usual = usual;
    over.disagreement = disagreement;
    over.errorBound = errorBound;
    return over;
  }

  /// Whether so many exchanges may turn out to have taken another route than the usual one.
  boolean canHaveDetour(int exchanges) {
    return statistics().count() >= exchanges + USUAL_EXCHANGES;
  }

  /// Exchanges take another route than the usual one.
  ///
  /// @param run the last exchanges, which took it already
  void beginDetour(SlowRun run) {
    List<PathExchange> taken =
        run.exchanges().stream().map(RecentExchanges.Taken::exchange).toList();
    if (detour == null) {
      usual.forget(taken.size());
    }
    detour = new Detour(usual.model(), run.slower(usual), taken);
    restart();
  }

  /// Exchanges at the beginning of a run that did not take the detour that the later ones take.
  int strangers(SlowRun run) {
    return run.strangers(this, usual);
  }

  /// Whether a bias is to be estimated.
  boolean isBiasUnknown() {
    return detour != null && detour.isBiasUnknown();
  }

  /// Of a bias before anything is known of it, in s^2.
  double biasVariance() {
    return detour == null ? 0 : detour.biasVariance();
  }

  /// The filters found a bias, in seconds.
  void setBias(double seconds) {
    if (detour != null) {
      detour.setBias(seconds);
    }
  }

  /// Forgets what was believed of the present disturbance.
  private void restart() {
    isOutboundDisturbed = false;
    isInboundDisturbed = false;
  }

  /// Of the route of late.
  DelayStatistics statistics() {
    return detour == null ? usual : detour.statistics();
  }

  /// Whether there was any exchange yet.
  boolean isKnown() {
    return statistics().count() > 0;
  }

  /// The delays of the route of late.
  DelayModel model() {
    return statistics().model();
  }

  ExcessDensity outbound(DelayModel model) {
    double edge = detour == null ? model.floorDeviation() : detour.outboundDeviation();
    return density(model.outboundScale(), edge, isOutboundDisturbed);
  }

  ExcessDensity inbound(DelayModel model) {
    double edge = detour == null ? model.floorDeviation() : detour.inboundDeviation();
    return density(model.inboundScale(), edge, isInboundDisturbed);
  }

  private static ExcessDensity density(double scale, double edge, boolean isDisturbed) {
    double tail = isDisturbed ? ExcessDensity.DISTURBED_TAIL : ExcessDensity.CLEAN_TAIL;
    return new ExcessDensity(scale, edge, tail);
  }

  /// Judges an exchange once its phase is estimated.
  ///
  /// @param exchange without bias
  /// @param age how many exchanges with this server came after it
  /// @param phase the phase estimated with it
  void judge(PathExchange exchange, DelayModel model, int age, double phase) {
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
    statistics()
        .judge(
            age,
            exchange.outbound() + phase,
            exchange.inbound() - phase,
            !isOutboundDisturbed,
            !isInboundDisturbed);
  }

  /// What part of the longest poll interval suits the last exchange.
  double pollShare() {
    return pollShare;
  }

  /// Learns how far, on average, the phase expected lies from what this server's exchanges allow:
  /// positive if they say that it should be greater.
  ///
  /// @param exchange without bias
  /// @param deviation of the phase expected
  void learnDisagreement(
      PathExchange exchange, DelayModel model, double predicted, double deviation) {
    errorBound = exchange.serverDistance() + model.floor() + model.meanScale();
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
