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

  private static final double CONTRADICTION_DEVIATIONS = 6;
  private static final double LEAST_SECONDS = 1e-6;

  /// A server with so many exchanges in a row has no company that it could disagree with.
  private static final int ALONE = 8;

  private final FilterBank bank = new FilterBank();
  private final Map<Integer, ServerPath> paths = new HashMap<>();
  private final List<PathExchange> replayed = new ArrayList<>();
  private final double initialFrequency;
  private final double initialDeviation;
  private boolean isReplaying = true;
  private final Map<Integer, PathExchange> provisional = new TreeMap<>();
  private @Nullable OscillatorEstimate estimate;
  private @Nullable OscillatorEstimate expected;
  private int lastServer;
  private int alone;

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
      PathExchange direct = path == null ? exchange : path.direct(exchange);
      if (path != null
          && path.isKnown()
          && !isContradiction(direct, path.model(), sum, apart(path))) {
        sum = absorb(copy, direct, path, path.model(), apart(path), sum);
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
    PathExchange direct = path.normalize(exchange);
    if (path.isKnown()) {
      DelayModel model = path.model();
      double company = companyVariance(direct, path, model, before);
      if (isContradiction(direct, model, before, company)
          && path.contradict() <= IGNORED_CONTRADICTIONS) {
        return false;
      }
      if (isLateBroadcast(direct, path, model, before, company)) {
        return false;
      }
    }
    path.agree();
    path.add(direct);
    take(direct, path, path.model(), 0);
    return true;
  }

  /// Forgets a server's path and, in the beginning, all that it said.
  void remove(int server) {
    provisional.remove(server);
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
      if (Math.abs(slope - frequency) > CONTRADICTION_DEVIATIONS * deviation + bound) {
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
    double company = companyVariance(exchange, path, model, before);
    alone = exchange.server() == lastServer ? alone + 1 : 0;
    lastServer = exchange.server();
    OscillatorEstimate after = absorb(bank, exchange, path, model, company, before);
    estimate = after;
    double then = Math.min(exchange.time(), after.time());
    path.judge(exchange, model, age, before.phaseAt(then), after.phaseAt(then));
  }

  /// Takes an exchange into filters whose estimate is `before`; returns what they say then, at the
  /// time of the newest exchange.
  private static OscillatorEstimate absorb(
      FilterBank filters,
      PathExchange exchange,
      ServerPath path,
      DelayModel model,
      double company,
      OscillatorEstimate before) {
    double ahead = exchange.time() - before.time();
    double seconds = Math.max(ahead, LEAST_SECONDS);
    filters.predict(seconds);
    filters.lookBack(Math.max(-ahead, 0));
    if (model.samples() <= COARSE && !exchange.isOneWay()) {
      filters.updateMiddle(exchange, coarseVariance(exchange, model) + company);
    } else {
      filters.update(exchange, model, path.outbound(model), path.inbound(model), company, seconds);
    }
    filters.lookBack(0);
    return filters.estimate(before.time() + seconds);
  }

  /// The variance in s^2 of a server's time against what the servers say together. Only what sets
  /// it apart from the others counts: what all find is an error of the estimate. A near server is
  /// not blamed for what only a far one can be wrong by.
  private double companyVariance(
      PathExchange exchange, ServerPath path, DelayModel model, OscillatorEstimate before) {
    double time = exchange.time();
    double deviation = Math.sqrt(before.phaseVarianceAt(time));
    path.learnDisagreement(exchange, model, before.phaseAt(time), deviation);
    return apart(path);
  }

  private double apart(ServerPath path) {
    if (alone >= ALONE) {
      return 0;
    }
    double sum = 0;
    double farthest = 0;
    for (ServerPath each : paths.values()) {
      sum += each.disagreement();
      farthest = Math.max(farthest, each.errorBound());
    }
    double apart = Math.abs(path.disagreement() - sum / paths.size());
    boolean isExplained = apart <= farthest;
    double believed = isExplained ? Math.min(apart, path.errorBound()) : apart;
    return believed * believed;
  }

  private static double coarseVariance(PathExchange exchange, DelayModel model) {
    if (model.samples() == 1) {
      return exchange.roundTrip() * exchange.roundTrip() / 12 + LEAST_SECONDS * LEAST_SECONDS;
    }
    double width = model.width(exchange) + 4 * model.meanScale() * (1 + 4.0 / model.samples());
    return width * width / 8;
  }

  /// Whether an exchange of which one way alone was measured took that way slowly. Whether the
  /// route or the time has changed, only an exchange of both ways can tell.
  private boolean isLateBroadcast(
      PathExchange exchange,
      ServerPath path,
      DelayModel model,
      OscillatorEstimate before,
      double company) {
    if (!exchange.isOneWay()) {
      return false;
    }
    double excess = model.inboundExcess(exchange, before.phaseAt(exchange.time()));
    double uncertain = CONTRADICTION_DEVIATIONS * expectedDeviation(exchange, before, company);
    return path.inbound(model).isDisturbed(excess - uncertain);
  }

  private double expectedDeviation(
      PathExchange exchange, OscillatorEstimate before, double company) {
    double seconds = Math.max(exchange.time() - before.time(), 0);
    return Math.sqrt(bank.greatestPhaseVarianceAfter(seconds) + before.phaseVariance() + company);
  }

  /// Whether the phase that every hypothesis expects lies outside what the exchange allows.
  private boolean isContradiction(
      PathExchange exchange, DelayModel model, OscillatorEstimate before, double company) {
    double expected = before.phaseAt(exchange.time());
    double deviation = expectedDeviation(exchange, before, company);
    double reach =
        CONTRADICTION_DEVIATIONS * (deviation + model.floorDeviation() + model.meanScale());
    return (!exchange.isOneWay() && model.outboundExcess(exchange, expected) < -reach)
        || model.inboundExcess(exchange, expected) < -reach;
  }
}
