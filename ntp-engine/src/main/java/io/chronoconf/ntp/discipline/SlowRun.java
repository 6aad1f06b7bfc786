package io.chronoconf.ntp.discipline;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// The last exchanges with one server, none of which was quick: chance, or another route?
///
/// Chance is what came before them, whatever its law: the share of earlier delays that were as long
/// as the least of the run, to the power of the run's length. The phase that was expected before
/// the run tells either direction by itself; where it is known too badly, only round trips count.
///
/// @param exchanges at least one, the oldest first
record SlowRun(List<RecentExchanges.Taken> exchanges) {
  /// Fewer are a disturbance.
  static final int LEAST = 3;

  /// A run with more evidence is another route: chance does that once in ten million.
  static final double ENOUGH = -Math.log(1e-7);

  /// A run is not one route if its later ones are slower than the first with more evidence.
  private static final double SAME_ROUTE = -Math.log(1e-3);

  /// A direction did not change if it has less evidence.
  private static final double UNCHANGED = -Math.log(0.01);

  /// Round trips became longer by at least so much of what a direction seems to have become.
  private static final double POSSIBLE = 0.5;

  private static final double CAUTIOUS_DEVIATIONS = 3;
  private static final double USUAL_DEVIATIONS = 2;

  /// The least delay of a run, in seconds, beside those that came before it.
  private static final class Least {
    private final double delay;
    private final double[] before;

    Least(double delay, double[] before) {
      this.delay = delay;
      this.before = before;
    }

    /// How much longer it is than the least one before.
    double longer() {
      return Math.max(delay - Arrays.stream(before).min().orElseThrow(), 0);
    }

    /// As much longer than the least one before as this one is than another.
    Least after(Least other) {
      return new Least(Arrays.stream(before).min().orElseThrow() + delay - other.delay, before);
    }

    /// How probable so long a delay is by itself, but no less than a disturbance is.
    double probability() {
      double share = (double) Arrays.stream(before).filter(each -> each >= delay).count();
      return Math.max(share / before.length, ExcessDensity.CLEAN_TAIL);
    }
  }

  /// Less the logarithm of the probability that all exchanges were as slow by chance.
  double evidence(ServerPath path) {
    DelayStatistics history = path.statistics();
    int size = exchanges.size();
    Least out =
        least(exchanges, outbound(path::direct, CAUTIOUS_DEVIATIONS), history.outboundDelays(size));
    Least in =
        least(exchanges, inbound(path::direct, CAUTIOUS_DEVIATIONS), history.inboundDelays(size));
    Least trip = least(exchanges, SlowRun::roundTrip, history.roundTrips(size));
    double log = 0;
    // A server or a clock that was set makes one way seem longer, but not the round trip.
    if (trip.longer() >= POSSIBLE * Math.max(out.longer(), in.longer())) {
      log = Math.log(out.probability()) + Math.log(in.probability());
    }
    if (uncertain(exchanges.getLast(), CAUTIOUS_DEVIATIONS) > path.model().meanScale()) {
      log = Math.min(log, Math.log(trip.probability()));
    }
    return -size * log;
  }

  /// Whether all may have taken the same route.
  boolean isOneRoute(ServerPath path) {
    return strangers(path.statistics(), path::direct, exchanges.size(), 0, SAME_ROUTE) == 0;
  }

  /// How many exchanges at the beginning did not take the detour that the later ones take: those
  /// are all slower, and that is as sure as a detour must be.
  ///
  /// @param usual statistics of the usual route
  int strangers(ServerPath path, DelayStatistics usual) {
    return strangers(usual, path::direct, 0, CAUTIOUS_DEVIATIONS, ENOUGH);
  }

  private int strangers(
      DelayStatistics history,
      UnaryOperator<PathExchange> view,
      int except,
      double deviations,
      double enough) {
    int strangers = 0;
    double most = enough;
    for (int from = 1; from < exchanges.size(); from++) {
      List<RecentExchanges.Taken> later = exchanges.subList(from, exchanges.size());
      double out =
          log(later, deviations, dev -> outbound(view, dev), history.outboundDelays(except));
      double in = log(later, deviations, dev -> inbound(view, dev), history.inboundDelays(except));
      double trip = log(later, 0, dev -> SlowRun::roundTrip, history.roundTrips(except));
      double evidence = -later.size() * Math.min(out + in, trip);
      if (evidence > most) {
        most = evidence;
        strangers = from;
      }
    }
    return strangers;
  }

  private double log(
      List<RecentExchanges.Taken> later,
      double deviations,
      DoubleFunction<ToDoubleFunction<RecentExchanges.Taken>> delay,
      double[] before) {
    Least all = least(exchanges, delay.apply(0), before);
    return Math.log(least(later, delay.apply(deviations), before).after(all).probability());
  }

  /// Which direction became slower than on the usual route.
  ///
  /// @param usual its statistics, without this run
  Detour.Slower slower(DelayStatistics usual) {
    UnaryOperator<PathExchange> same = UnaryOperator.identity();
    double out =
        evidence(least(exchanges, outbound(same, USUAL_DEVIATIONS), usual.outboundDelays(0)));
    double in = evidence(least(exchanges, inbound(same, USUAL_DEVIATIONS), usual.inboundDelays(0)));
    if (out < UNCHANGED && in > ENOUGH / 2) {
      return Detour.Slower.INBOUND;
    }
    if (in < UNCHANGED && out > ENOUGH / 2) {
      return Detour.Slower.OUTBOUND;
    }
    return Detour.Slower.BOTH;
  }

  private double evidence(Least least) {
    return -exchanges.size() * Math.log(least.probability());
  }

  private static Least least(
      List<RecentExchanges.Taken> of,
      ToDoubleFunction<RecentExchanges.Taken> delay,
      double[] before) {
    return new Least(of.stream().mapToDouble(delay).min().orElseThrow(), before);
  }

  /// The delay of a direction at the least, with the phase that was expected before the run.
  private ToDoubleFunction<RecentExchanges.Taken> outbound(
      UnaryOperator<PathExchange> view, double deviations) {
    return taken ->
        view.apply(taken.exchange()).outbound() + phase(taken) - uncertain(taken, deviations);
  }

  private ToDoubleFunction<RecentExchanges.Taken> inbound(
      UnaryOperator<PathExchange> view, double deviations) {
    return taken ->
        view.apply(taken.exchange()).inbound() - phase(taken) - uncertain(taken, deviations);
  }

  private static double roundTrip(RecentExchanges.Taken taken) {
    return taken.exchange().roundTrip();
  }

  private double phase(RecentExchanges.Taken taken) {
    return before().phaseAt(taken.exchange().time());
  }

  private double uncertain(RecentExchanges.Taken taken, double deviations) {
    return deviations * Math.sqrt(before().phaseVarianceAt(taken.exchange().time()));
  }

  private OscillatorEstimate before() {
    return exchanges.getFirst().estimate();
  }
}
