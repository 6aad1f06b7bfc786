package io.chronoconf.ntp.discipline;

import java.util.ArrayList;
import java.util.List;

/// The beginning of a [Detour] of which little is known yet, kept to be taken in anew after each of
/// its exchanges: those themselves, with what was believed before them, and whatever else came
/// since the first of them. There is one at a time, of one server, or none.
final class NewDetour {
  /// As many of its exchanges tell enough.
  private static final int KNOWN = 16;

  private final List<RecentExchanges.Taken> taken = new ArrayList<>();
  private final List<PathExchange> since = new ArrayList<>();

  /// Begins one, in place of another.
  ///
  /// @param exchanges of all servers, from the first of the run on
  void begin(SlowRun run, List<PathExchange> exchanges) {
    end();
    taken.addAll(run.exchanges());
    since.addAll(exchanges);
  }

  boolean isOf(int server) {
    return !taken.isEmpty() && start().exchange().server() == server;
  }

  /// An exchange with any server was learnt.
  void learnt(RecentExchanges.Taken next) {
    if (taken.isEmpty()) {
      return;
    }
    since.add(next.exchange());
    if (isOwn(next.exchange())) {
      taken.add(next);
    }
  }

  /// Whether it is a round trip of the detour's own.
  boolean isOwn(PathExchange exchange) {
    return isOf(exchange.server()) && !exchange.isOneWay();
  }

  /// Its first exchange, and what was believed before.
  RecentExchanges.Taken start() {
    return taken.getFirst();
  }

  /// Its exchanges.
  SlowRun run() {
    return new SlowRun(List.copyOf(taken));
  }

  /// What came since it began, with whatever server.
  List<PathExchange> since() {
    return since;
  }

  /// Its first exchanges turned out not to belong to it.
  void begunLater(int exchanges) {
    taken.subList(0, exchanges).clear();
    while (!since.getFirst().equals(start().exchange())) {
      since.removeFirst();
    }
  }

  /// Ends as soon as enough is known of it.
  void endIfKnown() {
    if (taken.size() >= KNOWN) {
      end();
    }
  }

  void end() {
    taken.clear();
    since.clear();
  }

  /// A server is gone for good.
  void forget(int server) {
    since.removeIf(exchange -> exchange.server() == server);
  }
}
