package io.chronoconf.ntp.io;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.InboundFilter;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.engine.SocketKind;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that answers clients. It owns its sockets, reads one published snapshot and takes no
/// lock. Packets that are no client's request go to the engine.
final class ServerLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLoop.class);
  private static final long RETRY_NANOS = 5_000_000_000L;
  private static final long FOREVER_NANOS = Long.MAX_VALUE / 4;
  private static final long SAMPLE_INTERVAL_NANOS = 100_000_000;
  private static final int MODE_MASK = 0x7;
  private static final int MODE_CLIENT = 3;
  private static final int REPLIES_QUEUED = 256;
  private static final Verdict NOT_UNICAST = Verdict.drop(DropReason.NOT_UNICAST);
  private static final Verdict CLOSED = Verdict.drop(DropReason.INBOUND);
  private static final Verdict MALFORMED = Verdict.drop(DropReason.MALFORMED);
  private static final Verdict TOO_MANY = Verdict.drop(DropReason.RATE);

  private final UdpTransport transport;
  private final ServerSockets sockets;
  private final HostClock clock;
  private final ServerResponder responder;
  private final AnswerStamps stamps;
  private final ServerCounters counters;
  private final Predicate<Input.Received> engine;
  private final MruTable clients;
  private final Queue<CompletableFuture<MruTable>> questions = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Output.Reply> replies = new ArrayBlockingQueue<>(REPLIES_QUEUED);
  private volatile ServerSnapshot snapshot;
  private volatile Dscp dscp = Dscp.STANDARD;
  private volatile AccessRules access = AccessRules.NONE;
  private volatile KeyRing keys = KeyRing.NONE;
  private volatile OptionalInt wantedPort = OptionalInt.empty();
  private volatile boolean isStopping;
  private volatile Set<String> instances = Set.of("");
  private volatile InboundFilter inbound = InboundFilter.OPEN;
  private volatile boolean isListening;
  private volatile Bound bound = new Bound(OptionalInt.empty(), Set.of(""), List.of(), List.of());
  private final LimitedLog defects;
  private final SendDelay sendDelay = new SendDelay();
  private long retryAt;
  private long sampleRead;
  private long sendBegan;

  /// @param clients who was heard here, owned by this thread
  /// @param engine takes a packet, or returns false if it is too busy
  ServerLoop(
      UdpTransport transport,
      ServerSockets sockets,
      HostClock clock,
      ServerResponder responder,
      ServerCounters counters,
      MruTable clients,
      Predicate<Input.Received> engine) {
    this.transport = transport;
    this.sockets = sockets;
    this.clock = clock;
    this.responder = responder;
    this.stamps = new AnswerStamps(clock, responder.clients(), transport.stampsTransmissions());
    this.counters = counters;
    this.clients = clients;
    this.engine = engine;
    this.snapshot = ServerSnapshot.unsynchronized(clock.precision());
    this.defects = new LimitedLog(clock::rawNanos);
  }

  /// What this thread has made of what it was told.
  ///
  /// @param port it was told; empty to close
  /// @param instances network instances that it was told
  /// @param addresses that serve
  /// @param degraded what the system refused
  record Bound(
      OptionalInt port,
      Set<String> instances,
      List<InetSocketAddress> addresses,
      List<String> degraded) {}

  Bound bound() {
    return bound;
  }

  /// Any thread.
  void publish(ServerSnapshot newSnapshot) {
    snapshot = newSnapshot;
  }

  /// Marks all packets from now on. Any thread.
  void mark(Dscp wanted) {
    dscp = wanted;
    transport.wakeUp();
  }

  /// Any thread.
  void publish(AccessRules newRules) {
    access = newRules;
  }

  /// Any thread.
  void publish(KeyRing newKeys) {
    keys = newKeys;
  }

  /// Any thread.
  void publish(InboundFilter newFilter) {
    inbound = newFilter;
  }

  /// Whether others listen to what is sent to many: it is their business then. Any thread.
  void setListening(boolean listening) {
    isListening = listening;
  }

  /// Serves in these network instances; the public network has the empty name. Any thread.
  void serveIn(Set<String> networkInstances) {
    instances = networkInstances;
    transport.wakeUp();
  }

  /// Serves on this port, or not at all. Any thread.
  void serve(OptionalInt port) {
    wantedPort = port;
    transport.wakeUp();
  }

  /// Sends an answer of the engine; false if there is no room. Any thread.
  boolean reply(Output.Reply reply) {
    boolean isTaken = replies.offer(reply);
    transport.wakeUp();
    return isTaken;
  }

  /// Whom this thread has heard, as of its next turn. Any thread.
  CompletableFuture<MruTable> askClients() {
    CompletableFuture<MruTable> answer = new CompletableFuture<>();
    questions.add(answer);
    transport.wakeUp();
    return answer;
  }

  /// Any thread.
  void stop() {
    isStopping = true;
    transport.wakeUp();
  }

  @Override
  public void run() {
    try (transport) {
      while (!isStopping) {
        turn();
      }
    }
  }

  /// One round; whatever goes wrong in it must not end the service.
  private void turn() {
    try {
      long wait = reconcile();
      List<Datagram> datagrams = transport.receive(wait);
      transport.takeTransmitStamps().stream()
          .filter(stamps::take)
          .forEach(stamp -> sendDelay.observe(stamp.rawNanos() - sampleRead));
      answer(datagrams);
      sendReplies();
      tellClients();
    } catch (RuntimeException defect) {
      defects.write(
          line -> LOG.error(line, defect), "the NTP server goes on after an internal error");
    }
  }

  /// Returns for how long there is nothing to do to the sockets.
  private long reconcile() {
    sockets.mark(dscp);
    OptionalInt wanted = wantedPort;
    long now = clock.rawNanos();
    boolean isDue = !bound.degraded().isEmpty() || sockets.followsInterfaces();
    Set<String> places = instances;
    boolean isNew = !wanted.equals(bound.port()) || !places.equals(bound.instances());
    if (isNew || (isDue && now - retryAt >= 0)) {
      List<String> refused = sockets.reconcile(wanted, places);
      refused.stream().filter(text -> !bound.degraded().contains(text)).forEach(LOG::warn);
      bound = new Bound(wanted, places, sockets.addressesBound(), refused);
      retryAt = now + RETRY_NANOS;
    }
    isDue = !bound.degraded().isEmpty() || sockets.followsInterfaces();
    return isDue ? retryAt - now : FOREVER_NANOS;
  }

  private void answer(List<Datagram> datagrams) {
    // One that has no company shows how long one takes; a few a second are enough.
    boolean isSample =
        datagrams.size() == 1 && clock.rawNanos() - sampleRead > SAMPLE_INTERVAL_NANOS;
    Map<UdpSocket, List<Outgoing>> answers = new LinkedHashMap<>();
    for (Datagram datagram : datagrams) {
      if (!datagram.isUnicast()) {
        if (!isListening) {
          count(datagram, NOT_UNICAST);
        }
      } else if (!isTaken(datagram)) {
        count(datagram, CLOSED);
      } else if (!datagram.isWhole() || datagram.payload().length == 0) {
        count(datagram, MALFORMED);
      } else if ((datagram.payload()[0] & MODE_MASK) == MODE_CLIENT) {
        answer(datagram, isSample)
            .ifPresent(
                answer ->
                    answers
                        .computeIfAbsent(datagram.socket(), key -> new ArrayList<>())
                        .add(answer));
      } else if (!engine.test(received(datagram))) {
        count(datagram, TOO_MANY);
      }
    }
    answers.forEach(this::send);
    if (isSample && !transport.stampsTransmissions()) {
      // Somewhere between before and after the call it left.
      sendDelay.observe((sendBegan + clock.rawNanos()) / 2 - sampleRead);
    }
  }

  private void count(Datagram datagram, Verdict verdict) {
    int flags = datagram.payload().length == 0 ? 0 : datagram.payload()[0];
    count(datagram, flags, clock.at(datagram.rawNanos()).local(), verdict);
  }

  private void count(Datagram datagram, int flags, NtpTimestamp at, Verdict verdict) {
    counters.received.increment();
    if (verdict instanceof Verdict.Drop) {
      counters.dropped.increment();
    }
    clients.record(datagram.source(), datagram.local(), flags, at, verdict);
  }

  private void tellClients() {
    for (CompletableFuture<MruTable> question = questions.poll();
        question != null;
        question = questions.poll()) {
      question.complete(clients.copy());
    }
  }

  private boolean isTaken(Datagram datagram) {
    return inbound.admits(
        datagram.socket().networkInstance(),
        datagram.interfaceIndex(),
        datagram.source().getAddress() instanceof Inet4Address);
  }

  private Optional<Outgoing> answer(Datagram datagram, boolean isSample) {
    ByteBuffer packet = ByteBuffer.wrap(datagram.payload());
    int flags = datagram.payload()[0];
    Now arrival = clock.at(datagram.rawNanos());
    long transmitRead = clock.rawNanos();
    Now departure = clock.at(transmitRead + sendDelay.nanos());
    if (isSample) {
      sampleRead = transmitRead;
    }
    responder.use(keys);
    boolean isAdmitted = access.mayTakeTime(ArrivalFacts.of(datagram));
    Verdict verdict =
        isAdmitted
            ? responder.respond(
                packet,
                datagram.source().getAddress(),
                snapshot,
                arrival.local(),
                departure.local())
            : Verdict.drop(DropReason.ACCESS);
    count(datagram, flags, arrival.local(), verdict);
    if (verdict instanceof Verdict.Drop) {
      return Optional.empty();
    }
    byte[] bytes = datagram.payload();
    if (packet.remaining() != bytes.length) {
      bytes = new byte[packet.remaining()];
      packet.get(bytes);
    }
    boolean isStamped = stamps.isAsked(datagram.socket(), isSample);
    return Optional.of(new Outgoing(bytes, datagram.source(), from(datagram.local()), isStamped));
  }

  private void sendReplies() {
    for (Output.Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
      Outgoing outgoing =
          new Outgoing(reply.bytes(), reply.destination(), from(reply.local()), false);
      for (UdpSocket socket : sockets.of(reply.networkInstance(), reply.local())) {
        send(socket, List.of(outgoing));
      }
    }
  }

  private void send(UdpSocket socket, List<Outgoing> datagrams) {
    sendBegan = clock.rawNanos();
    int refused = socket.send(datagrams);
    if (refused > 0) {
      stamps.refused(socket);
    }
    counters.sent.add(datagrams.size() - refused);
    counters.sendFailures.add(refused);
  }

  private Input.Received received(Datagram datagram) {
    return new Input.Received(
        SocketKind.SERVER,
        0,
        datagram.socket().networkInstance(),
        datagram.interfaceIndex(),
        datagram.local(),
        ArrivalFacts.localPort(datagram),
        true,
        datagram.source(),
        datagram.payload(),
        clock.at(datagram.rawNanos()),
        datagram.trafficClass());
  }

  private static Optional<InetAddress> from(InetAddress local) {
    return local.isAnyLocalAddress() ? Optional.empty() : Optional.of(local);
  }
}
