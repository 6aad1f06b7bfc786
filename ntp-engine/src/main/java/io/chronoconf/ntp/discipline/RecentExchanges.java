package io.chronoconf.ntp.discipline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The last exchanges with all servers, each with what was believed before it, so that they can be
/// taken in anew when it turns out later what they meant.
final class RecentExchanges {
  /// Per server; a run that is not told from chance within so many exchanges never is.
  private static final int PER_SERVER = 32;

  /// In all: with more servers than four the others show what one of them says.
  private static final int MOST = 128;

  private final Deque<Taken> all = new ArrayDeque<>();

  /// An exchange and what was believed before it.
  record Taken(PathExchange exchange, FilterBank bank, OscillatorEstimate estimate) {}

  void remember(Taken taken, int servers) {
    all.addLast(taken);
    while (all.size() > Math.min(PER_SERVER * servers, MOST)) {
      all.removeFirst();
    }
  }

  void forget(int server) {
    all.removeIf(taken -> taken.exchange().server() == server);
  }

  /// The exchanges of all servers from one on.
  List<PathExchange> since(Taken first) {
    return all.stream()
        .dropWhile(taken -> !taken.exchange().equals(first.exchange()))
        .map(Taken::exchange)
        .toList();
  }

  /// The last exchanges of a server, if they are likelier to have taken another route: those of
  /// which that is clearest.
  Optional<SlowRun> slowRun(int server, ServerPath path) {
    List<Taken> run = new ArrayList<>();
    Optional<SlowRun> found = Optional.empty();
    double most = SlowRun.ENOUGH;
    for (Taken taken : all.reversed()) {
      if (taken.exchange().server() != server || taken.exchange().isOneWay()) {
        continue;
      }
      run.addFirst(taken);
      if (run.size() < SlowRun.LEAST) {
        continue;
      }
      if (!path.canHaveDetour(run.size())) {
        break;
      }
      SlowRun candidate = new SlowRun(List.copyOf(run));
      double evidence = candidate.evidence(path);
      if (evidence > most && candidate.isOneRoute(path)) {
        most = evidence;
        found = Optional.of(candidate);
      }
    }
    return found;
  }
}
