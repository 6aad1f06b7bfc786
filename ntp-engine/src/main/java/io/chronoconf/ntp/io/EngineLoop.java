package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.GroupSocket;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.NtpEngine;
import io.chronoconf.ntp.engine.PacketCounters;
import io.chronoconf.ntp.engine.SocketKind;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that drives the engine: it waits for packets, letters and times, hands them over
/// one by one and performs what comes out.
final class EngineLoop implements EngineControl, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
  private static final long LONGEST_WAIT_NANOS = 3_600_000_000_000L;
  private static final long ANSWER_SECONDS = 10;

  /// The timer that an input was to set may be lost with it.
  private static final long AFTER_DEFECT_NANOS = 1_000_000_000L;

  private final NtpEngine engine;
  private final HostClock clock;
  private final UdpTransport transport;
  private final Mailbox mailbox;
  private final ClientSockets sockets;
  private final ServerPath server;
  private final GroupSockets groups;
  private final OutputPerformer performer;
  private final CompletableFuture<EngineStatus> lastStatus = new CompletableFuture<>();
  private final LimitedLog defects;
  private boolean isStopping;
  private long cutOff;

  EngineLoop(
      NtpEngine engine,
      HostClock clock,
      UdpTransport transport,
      Mailbox mailbox,
      ServerPath server,
      OutputPerformer.Surroundings surroundings) {
    this.engine = engine;
    this.clock = clock;
    this.transport = transport;
    this.mailbox = mailbox;
    this.server = server;
    this.sockets = new ClientSockets(transport, server::port);
    this.groups = new GroupSockets(transport);
    this.performer =
        new OutputPerformer(
            clock,
            sockets,
            groups,
            server,
            surroundings,
            tables -> mailbox.put(new Mailbox.Letter.Clients(tables)));
    this.defects = new LimitedLog(clock::rawNanos);
  }

  @Override
  public void apply(List<EngineCommand> commands) {
    mailbox.put(new Mailbox.Letter.Commands(List.copyOf(commands)));
  }

  /// The last status there was, if the engine has stopped.
  @Override
  public EngineStatus status() {
    CompletableFuture<EngineStatus> answer = new CompletableFuture<>();
    mailbox.put(new Mailbox.Letter.AskStatus(answer));
    try {
      return (EngineStatus)
          CompletableFuture.anyOf(answer, lastStatus)
              .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException late) {
      throw new IllegalStateException(
          "the NTP engine has not answered for " + ANSWER_SECONDS + " s", late);
    }
  }

  void listen(Consumer<EngineEvent> listener) {
    performer.listen(listener);
  }

  void stop() {
    mailbox.put(new Mailbox.Letter.Stop());
  }

  @Override
  public void run() {
    try (transport) {
      while (!isStopping) {
        turn();
      }
      answer(lastStatus);
    }
  }

  private void turn() {
    List<Datagram> datagrams = transport.receive(waitNanos());
    performer.tickClock();
    // Before the answers: a better transmit stamp is of no use after one.
    transport
        .takeTransmitStamps()
        .forEach(stamp -> sockets.sent(stamp, clock).ifPresent(this::handle));
    datagrams.forEach(this::take);
    mailbox.takePackets().forEach(this::handle);
    mailbox.takeLetters().forEach(this::take);
    groups.retry(clock.rawNanos());
    if (performer.takeExpiredTimer(clock.now().monotonic())) {
      handle(new Input.TimerExpired());
    }
  }

  private long waitNanos() {
    long wait =
        performer
            .nextWake()
            .map(at -> at.nanosSince(clock.now().monotonic()))
            .orElse(LONGEST_WAIT_NANOS);
    long retry = groups.nextRetry().map(at -> at - clock.rawNanos()).orElse(LONGEST_WAIT_NANOS);
    return Math.clamp(Math.min(wait, retry), 0, LONGEST_WAIT_NANOS);
  }

  private void take(Mailbox.Letter letter) {
    switch (letter) {
      case Mailbox.Letter.Commands batch -> {
        batch.commands().stream().filter(EngineLoop::resetsAll).forEach(all -> resetTotals());
        handle(new Input.Commands(batch.commands()));
      }
      case Mailbox.Letter.AskStatus ask -> answer(ask.answer());
      case Mailbox.Letter.Clients clients -> handle(new Input.Clients(clients.tables(), served()));
      case Mailbox.Letter.Network(HostNetwork network) -> see(network);
      case Mailbox.Letter.Resolved(Input.Resolved answer) -> handle(answer);
      case Mailbox.Letter.Stop stop -> isStopping = true;
    }
  }

  private void answer(CompletableFuture<EngineStatus> question) {
    try {
      question.complete(currentStatus());
    } catch (RuntimeException defect) {
      question.completeExceptionally(defect);
    }
  }

  /// Sockets in a network instance that is gone are of no use, even if another of its name comes.
  private void see(HostNetwork network) {
    Set<String> instances = new HashSet<>(network.instances().keySet());
    instances.add("");
    sockets.keepIn(instances);
    groups.keepIn(instances);
    server.serveIn(Set.copyOf(instances));
    handle(new Input.NetworkChanged(network));
  }

  private void take(Datagram datagram) {
    Optional<GroupSocket> group = groups.of(datagram.socket());
    OptionalInt association = sockets.associationOf(datagram.socket());
    if ((group.isEmpty() && association.isEmpty()) || !datagram.isWhole()) {
      cutOff++;
    } else if (group.isEmpty()) {
      handle(received(datagram, SocketKind.CLIENT, association.getAsInt(), datagram.local()));
    } else if (group.get().interfaceIndex() == datagram.interfaceIndex()) {
      // The sockets of all interfaces hear the same packets.
      handle(received(datagram, SocketKind.GROUP, 0, group.get().address()));
    }
  }

  private Input.Received received(
      Datagram datagram, SocketKind kind, int association, InetAddress local) {
    return new Input.Received(
        kind,
        association,
        datagram.socket().networkInstance(),
        datagram.interfaceIndex(),
        local,
        ArrivalFacts.localPort(datagram),
        datagram.isUnicast(),
        datagram.source(),
        datagram.payload(),
        clock.at(datagram.rawNanos()),
        datagram.trafficClass());
  }

  /// Hands over an input and whatever its outputs lead to, until nothing is left. Whatever goes
  /// wrong with one input must not end the service.
  private void handle(Input first) {
    Deque<Input> inputs = new ArrayDeque<>(List.of(first));
    for (Input input = inputs.poll(); input != null; input = inputs.poll()) {
      try {
        engine.handle(input, clock.now()).stream()
            .flatMap(output -> performer.perform(output).stream())
            .forEach(inputs::add);
      } catch (RuntimeException defect) {
        defects.write(
            line -> LOG.error(line, defect),
            "the NTP engine goes on after an internal error with " + input);
        performer.wakeAt(clock.now().monotonic().plusNanos(AFTER_DEFECT_NANOS));
      }
    }
  }

  private EngineStatus currentStatus() {
    Now now = clock.now();
    EngineStatus own = engine.status(now);
    List<String> degraded = new ArrayList<>(own.degraded());
    degraded.addAll(performer.degraded());
    return new EngineStatus(
        own.at(), own.system(), own.associations(), total(own.counters()), degraded);
  }

  /// The engine counts what it sees; the server threads and this loop what it does not.
  private PacketCounters total(PacketCounters own) {
    PacketCounters served = served();
    return new PacketCounters(
        own.discontinuity(),
        own.sent() + served.sent(),
        own.sendFailures() + served.sendFailures(),
        own.received() + served.received(),
        own.dropped() + served.dropped());
  }

  private PacketCounters served() {
    ServerCounters served = server.counters();
    return new PacketCounters(
        NtpTimestamp.UNKNOWN,
        served.sent.sum(),
        served.sendFailures.sum(),
        served.received.sum() + cutOff,
        served.dropped.sum() + cutOff);
  }

  private void resetTotals() {
    server.counters().reset();
    cutOff = 0;
  }

  private static boolean resetsAll(EngineCommand command) {
    return command instanceof EngineCommand.ResetStatistics reset && reset.key().isEmpty();
  }
}
