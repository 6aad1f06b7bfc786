package io.chronoconf.ntp.io;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.InboundFilter;
import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.server.ServerSnapshot;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The server threads as the engine's loop sees them. Any thread.
final class ServerPath {
  private static final long STOP_MILLIS = 5_000;

  private final List<ServerLoop> loops;
  private final List<Thread> threads;
  private final ServerCounters counters;

  private ServerPath(List<ServerLoop> loops, List<Thread> threads, ServerCounters counters) {
    this.loops = loops;
    this.threads = threads;
    this.counters = counters;
  }

  static ServerPath start(List<ServerLoop> loops, ServerCounters counters) {
    List<Thread> threads =
        loops.stream()
            .map(loop -> Thread.ofPlatform().name("ntp-server-", 0).daemon().start(loop))
            .toList();
    return new ServerPath(loops, threads, counters);
  }

  ServerCounters counters() {
    return counters;
  }

  void serve(OptionalInt port) {
    loops.forEach(loop -> loop.serve(port));
  }

  void publish(ServerSnapshot snapshot) {
    loops.forEach(loop -> loop.publish(snapshot));
  }

  void mark(Dscp dscp) {
    loops.forEach(loop -> loop.mark(dscp));
  }

  void publish(AccessRules rules) {
    loops.forEach(loop -> loop.publish(rules));
  }

  void publish(InboundFilter filter) {
    loops.forEach(loop -> loop.publish(filter));
  }

  void setListening(boolean isListening) {
    loops.forEach(loop -> loop.setListening(isListening));
  }

  void serveIn(Set<String> networkInstances) {
    loops.forEach(loop -> loop.serveIn(networkInstances));
  }

  void publish(KeyRing keys) {
    loops.forEach(loop -> loop.publish(keys));
  }

  /// Sends an answer of the engine by the first thread's sockets.
  void reply(Output.Reply reply) {
    if (!loops.getFirst().reply(reply)) {
      counters.sendFailures.increment();
    }
  }

  /// Asks every thread whom it has heard.
  ///
  /// @param told gets the answers once all are there, on one of these threads
  void askClients(Consumer<List<MruTable>> told) {
    List<CompletableFuture<MruTable>> answers = loops.stream().map(ServerLoop::askClients).toList();
    CompletableFuture<Void> _ =
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .thenRun(() -> told.accept(answers.stream().map(CompletableFuture::join).toList()));
  }

  List<InetSocketAddress> addresses() {
    return loops.stream().flatMap(loop -> loop.bound().addresses().stream()).distinct().toList();
  }

  /// The port that the first thread has now.
  OptionalInt port() {
    return loops.getFirst().bound().addresses().stream()
        .mapToInt(InetSocketAddress::getPort)
        .findFirst();
  }

  List<String> degraded() {
    return loops.stream().flatMap(loop -> loop.bound().degraded().stream()).distinct().toList();
  }

  void stop() {
    loops.forEach(ServerLoop::stop);
    threads.forEach(ServerPath::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
