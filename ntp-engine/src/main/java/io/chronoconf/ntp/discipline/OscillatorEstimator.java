package io.chronoconf.ntp.discipline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Estimates the oscillator from the exchanges with all the servers it is given, however many: they
/// share one phase and one frequency, and each has its own [ServerPath]. Corrections of the local
/// clock do not matter to it, because exchanges are told in the oscillator's own time.
final class OscillatorEstimator {
  /// The first exchanges, so many per server for up to three servers, are kept, and after each of
  /// them everything is computed anew with what is then known of the delays. Later exchanges change
  /// that knowledge too little.
  private static final int REPLAYED = 16;

  private static final int REPLAYED_SERVERS = 3;

  /// Up to so many exchanges the delays of a path are too little known for their exact likelihood.
  private static final int COARSE = 7;

  /// Exchanges of one server in a row that may contradict everything before they are believed.
  private static final int IGNORED_CONTRADICTIONS = 2;

  private static final double LEAST_SECONDS = 1e-6;

  private final FilterBank bank = new FilterBank();
  private final Plausibility plausibility = new Plausibility(bank);
  private final Map<Integer, ServerPath> paths = new HashMap<>();
  private final Company company = new Company(paths.values());
  private final RecentExchanges recent = new RecentExchanges();

  private final NewDetour newDetour = new NewDetour();
  private final List<PathExchange> replayed = new ArrayList<>();
  private final double initialFrequency;
  private final double initialDeviation;
  private boolean isReplaying = true;
  private final Map<Integer, PathExchange> provisional = new TreeMap<>();
  private @Nullable OscillatorEstimate estimate;
  private @Nullable OscillatorEstimate expected;

  /// @param frequency the oscillator's, believed before the first exchange
  /// @param deviation of that belief
  OscillatorEstimator(double frequency, double deviation) {
    this.initialFrequency = frequency;
    this.initialDeviation = deviation;
  }

  /// What all exchanges say, provisional ones included.
  Optional<OscillatorEstimate> estimate() {
    return Optional.ofNullable(expected);
  }

  /// Takes in an exchange whose homeward way is only guessed, until the same one comes with the
  /// truth. It changes the estimate and nothing that is learnt. If a later one of its server comes
  /// instead, the guess is all there will ever be, and is learnt.
  void expect(PathExchange exchange) {
    settle(exchange);
    provisional.put(exchange.server(), exchange);
    expected = withProvisional();
  }

  /// Takes in an exchange. Returns whether it changed the estimate.
  boolean update(PathExchange exchange) {
    if (exchange.isOneWay() && !isRoundTripKnown(exchange.server())) {
      // One way tells nothing before the other was measured.
      return false;
    }
    settle(exchange);
    boolean isChanged = learn(exchange);
    expected = withProvisional();
    return isChanged;
  }

  private void settle(PathExchange next) {
    PathExchange guess = provisional.remove(next.server());
    if (guess != null && guess.time() < next.time()) {
      learn(guess);
    }
  }

  private @Nullable OscillatorEstimate withProvisional() {
    OscillatorEstimate sum = estimate;
    if (sum == null || provisional.isEmpty()) {
      return sum;
    }
    FilterBank copy = bank.copy();
    List<PathExchange> ordered = new ArrayList<>(provisional.values());
    ordered.sort(Comparator.comparingDouble(PathExchange::time));
    for (PathExchange exchange : ordered) {
      ServerPath path = paths.get(exchange.server());
      if (path == null || !path.isKnown()) {
        continue;
      }
      if (path.isQuicker(exchange)) {
        path = path.withoutDetour();
        copy.dropBias(exchange.server());
      }
      DelayModel model = path.model();
      double variance = company.variance(path);
      if (!plausibility.isContradiction(path.direct(exchange), model, sum, variance)) {
        sum = absorb(copy, exchange, path, model, sum);
      }
    }
    return sum;
  }

  private boolean learn(PathExchange exchange) {
    if (!isReplaying) {
      return updateOnce(exchange, Objects.requireNonNull(estimate));
    }
    replayed.add(exchange);
    replayed.sort(Comparator.comparingDouble(PathExchange::time));
    replay();
    isReplaying = replayed.size() < REPLAYED * Math.min(paths.size(), REPLAYED_SERVERS);
    return true;
  }

  private boolean isRoundTripKnown(int server) {
    ServerPath path = paths.get(server);
    return path != null && path.isKnown();
  }

  private boolean updateOnce(PathExchange exchange, OscillatorEstimate before) {
    ServerPath path = paths.computeIfAbsent(exchange.server(), server -> new ServerPath());
    if (path.isQuicker(exchange)) {
      path.becomeQuicker(exchange);
      forgetDetour(exchange.server());
    }
    if (path.isKnown() && !isBelievable(exchange, path, before)) {
      return false;
    }
    path.agree();
    RecentExchanges.Taken taken = new RecentExchanges.Taken(exchange, bank.copy(), before);
    recent.remember(taken, paths.size());
    path.add(exchange);
    newDetour.learnt(taken);
    if (newDetour.isOf(exchange.server())) {
      refineDetour(exchange.server(), path);
      return true;
    }
    take(exchange, path, path.model(), 0);
    recent
        .slowRun(exchange.server(), path)
        .ifPresent(run -> beginDetour(exchange.server(), path, run));
    return true;
  }

  private boolean isBelievable(PathExchange exchange, ServerPath path, OscillatorEstimate before) {
    PathExchange direct = path.direct(exchange);
    DelayModel model = path.model();
    learnDisagreement(direct, path, model, before);
    double variance = company.variance(path);
    if (plausibility.isContradiction(direct, model, before, variance)
        && path.contradict() <= IGNORED_CONTRADICTIONS) {
      return false;
    }
    return !plausibility.isLateBroadcast(direct, path, before, variance);
  }

  private void beginDetour(int server, ServerPath path, SlowRun run) {
    newDetour.begin(run, recent.since(run.exchanges().getFirst()));
    recent.forget(server);
    path.beginDetour(run);
    takeDetour(server, path);
  }

  private void refineDetour(int server, ServerPath path) {
    int strangers = path.strangers(newDetour.run());
    if (strangers > 0) {
      newDetour.begunLater(strangers);
      path.beginDetour(newDetour.run());
    }
    takeDetour(server, path);
  }

  /// Goes back to where a detour began and takes in what came since, with what is now known of it.
  private void takeDetour(int server, ServerPath path) {
    RecentExchanges.Taken start = newDetour.start();
    DelayModel model = path.model();
    bank.set(start.bank());
    bank.dropBias(server);
    bank.expectBiases(biasVariances());
    OscillatorEstimate now = start.estimate();
    int age = newDetour.run().exchanges().size();
    for (PathExchange exchange : newDetour.since()) {
      ServerPath way = Objects.requireNonNull(paths.get(exchange.server()));
      now = absorb(bank, exchange, way, way == path ? model : way.model(), now);
      if (newDetour.isOwn(exchange)) {
        age--;
        judge(exchange, path, model, age, now);
      }
    }
    estimate = now;
    newDetour.endIfKnown();
  }

  private Map<Integer, Double> biasVariances() {
    Map<Integer, Double> variances = new TreeMap<>();
    paths.forEach(
        (server, path) -> {
          if (path.isBiasUnknown()) {
            variances.put(server, path.biasVariance());
          }
        });
    return variances;
  }

  private void forgetDetour(int server) {
    bank.dropBias(server);
    recent.forget(server);
    if (newDetour.isOf(server)) {
      newDetour.end();
    }
  }

  /// Forgets a server's path and, in the beginning, all that it said.
  void remove(int server) {
    provisional.remove(server);
    forgetDetour(server);
    newDetour.forget(server);
    if (paths.remove(server) != null && isReplaying) {
      replayed.removeIf(exchange -> exchange.server() == server);
      if (replayed.isEmpty()) {
        estimate = null;
      } else {
        replay();
      }
    }
    expected = withProvisional();
  }

  /// The poll interval advised, in seconds.
  double pollSeconds() {
    OscillatorEstimate now = estimate;
    if (now == null || replayed.isEmpty()) {
      return PollAdvice.SHORTEST_SECONDS;
    }
    double scale = Double.POSITIVE_INFINITY;
    for (ServerPath path : paths.values()) {
      scale = path.isKnown() ? Math.min(scale, path.model().meanScale()) : scale;
    }
    return PollAdvice.seconds(scale, now.wander(), now.time() - replayed.getFirst().time());
  }

  /// See [ClockDiscipline#pollShare].
  double pollShare(int server) {
    ServerPath path = paths.get(server);
    return path == null ? 1 : path.pollShare();
  }

  private void replay() {
    Map<Integer, Integer> ages = new HashMap<>();
    paths.clear();
    for (PathExchange exchange : replayed) {
      ages.merge(exchange.server(), 1, Integer::sum);
      paths.computeIfAbsent(exchange.server(), server -> new ServerPath()).add(exchange);
    }
    Map<Integer, DelayModel> models = new HashMap<>();
    paths.forEach((server, path) -> models.put(server, path.model()));
    start(replayed.getFirst());
    for (PathExchange exchange : replayed) {
      int server = exchange.server();
      int age = Objects.requireNonNull(ages.merge(server, -1, Integer::sum));
      ServerPath path = Objects.requireNonNull(paths.get(server));
      take(exchange, path, Objects.requireNonNull(models.get(server)), age);
    }
  }

  private void start(PathExchange exchange) {
    double trip = Math.max(exchange.roundTrip(), LEAST_SECONDS);
    double frequency = initialFrequency;
    double deviation = initialDeviation;
    PathExchange last = lastOf(exchange.server());
    double seconds = last.time() - exchange.time();
    if (seconds > 0) {
      // The slope is certain to within half of both round trips: it overrules any belief.
      double slope = (last.middle() - exchange.middle()) / seconds;
      double bound = (last.roundTrip() + exchange.roundTrip()) / 2 / seconds;
      if (Math.abs(slope - frequency) > Plausibility.DEVIATIONS * deviation + bound) {
        deviation = Math.max(bound, deviation);
        frequency = slope;
      }
    }
    bank.reset(exchange.middle(), trip * trip / 12, frequency, deviation * deviation);
    estimate = bank.estimate(exchange.time());
  }

  private PathExchange lastOf(int server) {
    PathExchange last = replayed.getFirst();
    for (PathExchange exchange : replayed) {
      last = exchange.server() == server ? exchange : last;
    }
    return last;
  }

  private void take(PathExchange exchange, ServerPath path, DelayModel model, int age) {
    OscillatorEstimate before = Objects.requireNonNull(estimate);
    learnDisagreement(path.direct(exchange), path, model, before);
    OscillatorEstimate after = absorb(bank, exchange, path, model, before);
    company.heard(exchange.server());
    estimate = after;
    judge(exchange, path, model, age, after);
  }

  private void judge(
      PathExchange exchange, ServerPath path, DelayModel model, int age, OscillatorEstimate after) {
    path.setBias(bank.bias(exchange.server()));
    double then = Math.min(exchange.time(), after.time());
    path.judge(path.direct(exchange), model, age, after.phaseAt(then));
  }

  /// Takes an exchange into filters whose estimate is `before`; returns what they say then, at the
  /// time of the newest exchange.
  private OscillatorEstimate absorb(
      FilterBank filters,
      PathExchange raw,
      ServerPath path,
      DelayModel model,
      OscillatorEstimate before) {
    PathExchange exchange = path.forFilters(raw);
    double variance = company.variance(path);
    double ahead = exchange.time() - before.time();
    double seconds = Math.max(ahead, LEAST_SECONDS);
    filters.predict(seconds);
    filters.lookBack(Math.max(-ahead, 0));
    if (model.samples() <= COARSE && !exchange.isOneWay()) {
      filters.updateMiddle(exchange, coarseVariance(exchange, model) + variance);
    } else {
      filters.update(exchange, model, path.outbound(model), path.inbound(model), variance, seconds);
    }
    filters.lookBack(0);
    return filters.estimate(before.time() + seconds);
  }

  private static void learnDisagreement(
      PathExchange direct, ServerPath path, DelayModel model, OscillatorEstimate before) {
    double time = direct.time();
    double deviation = Math.sqrt(before.phaseVarianceAt(time));
    path.learnDisagreement(direct, model, before.phaseAt(time), deviation);
  }

  private static double coarseVariance(PathExchange exchange, DelayModel model) {
    if (model.samples() == 1) {
      return exchange.roundTrip() * exchange.roundTrip() / 12 + LEAST_SECONDS * LEAST_SECONDS;
    }
    double width = model.width(exchange) + 4 * model.meanScale() * (1 + 4.0 / model.samples());
    return width * width / 8;
  }
}
