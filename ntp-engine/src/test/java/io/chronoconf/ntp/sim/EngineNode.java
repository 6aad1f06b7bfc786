package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.discipline.DelayAwareDiscipline;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.NtpEngine;
import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.engine.SocketKind;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/// A node of the simulation: the real engine and the real server path; only what drives them is
/// simulated. Packets take no time inside a node, and stamps are exact.
public final class EngineNode {
  static final int SERVICE_PORT = 123;
  private static final int FIRST_CLIENT_PORT = 40_000;
  private static final int CLIENT_PORTS = 20_000;

  private final InetAddress address;
  private final SimulatedClock clock;
  private final SimulatedNetwork network;
  private final NtpEngine engine;
  private final ServerResponder responder;
  private final Deque<Input> inputs = new ArrayDeque<>();
  private final List<EngineEvent> events = new ArrayList<>();
  private ServerSnapshot snapshot;
  private @Nullable MonotonicTime timer;
  private AccessRules access = AccessRules.NONE;
  private boolean isServing;
  private long sent;

  EngineNode(
      InetAddress address,
      SimulatedClock clock,
      SimulatedNetwork network,
      SplittableGenerator random) {
    RandomGenerator forEngine = random.split();
    this.address = address;
    this.clock = clock;
    this.network = network;
    this.engine =
        new NtpEngine(
            clock.precision(), OptionalDouble.empty(), forEngine, new DelayAwareDiscipline());
    this.responder = new ServerResponder(random.split());
    this.snapshot = ServerSnapshot.unsynchronized(clock.precision());
    network.attach(address, this::receive);
  }

  InetAddress address() {
    return address;
  }

  public SimulatedClock clock() {
    return clock;
  }

  /// Packets that associations sent so far.
  public long sent() {
    return sent;
  }

  /// Everything the engine ever told.
  public List<EngineEvent> events() {
    return List.copyOf(events);
  }

  public EngineStatus status() {
    return engine.status(clock.now());
  }

  public void apply(List<EngineCommand> commands) {
    take(new Input.Commands(commands));
  }

  double secondsUntilTimer() {
    return timer == null ? Double.POSITIVE_INFINITY : clock.secondsUntil(timer);
  }

  void expireTimer() {
    timer = null;
    take(new Input.TimerExpired());
  }

  private void receive(Datagram datagram) {
    Now stamp = clock.now();
    if (datagram.destination().getPort() != SERVICE_PORT) {
      take(received(datagram, SocketKind.CLIENT, stamp));
    } else if (isServing && !serve(datagram, stamp)) {
      take(received(datagram, SocketKind.SERVER, stamp));
    }
  }

  private boolean serve(Datagram datagram, Now stamp) {
    ByteBuffer packet = ByteBuffer.wrap(datagram.bytes().clone());
    if (!access.mayTakeTime(datagram.source().getAddress(), address)) {
      return false;
    }
    Verdict verdict = responder.respond(packet, snapshot, stamp.local(), stamp.local());
    if (!(verdict instanceof Verdict.Accept)) {
      return false;
    }
    byte[] answer = new byte[packet.remaining()];
    packet.get(answer);
    network.send(datagram.answer(answer));
    return true;
  }

  private Input received(Datagram datagram, SocketKind kind, Now stamp) {
    int port = datagram.destination().getPort();
    int id = kind == SocketKind.CLIENT ? port - FIRST_CLIENT_PORT : 0;
    return new Input.Received(
        kind, id, "", 0, address, true, datagram.source(), datagram.bytes().clone(), stamp);
  }

  /// Hands an input over and does what the engine wants, whose own consequences come after it.
  private void take(Input input) {
    inputs.add(input);
    while (!inputs.isEmpty()) {
      for (Output output : engine.handle(inputs.remove(), clock.now())) {
        perform(output);
      }
    }
  }

  private void perform(Output output) {
    switch (output) {
      case Output.Send send -> send(send);
      case Output.Reply reply ->
          network.send(
              new Datagram(
                  new InetSocketAddress(address, SERVICE_PORT),
                  reply.destination(),
                  reply.bytes()));
      case Output.ReleaseSocket released -> {}
      case Output.SetTimer set -> timer = set.at();
      case Output.AdjustClock adjust ->
          clock.adjust(adjust.frequency(), adjust.phase(), adjust.rate());
      case Output.StepClock step -> clock.step(step.offset());
      case Output.SetSynchronized set ->
          clock.setSynchronized(set.isSynchronized(), set.maximumError());
      case Output.SetLeap set -> clock.setLeap(set.leap());
      case Output.OpenService open -> isServing = true;
      case Output.MarkPackets mark -> {}
      case Output.CloseService close -> isServing = false;
      case Output.Listen listen -> {}
      case Output.PublishAccess publish -> access = publish.rules();
      case Output.PublishKeys publish -> responder.use(publish.keys());
      case Output.PublishSnapshot publish -> snapshot = publish.snapshot();
      case Output.Emit emit -> events.add(emit.event());
    }
  }

  private void send(Output.Send send) {
    sent++;
    int port =
        send.path().kind() == SocketKind.PEER
            ? SERVICE_PORT
            : FIRST_CLIENT_PORT + Math.floorMod(send.associationId(), CLIENT_PORTS);
    InetSocketAddress source = new InetSocketAddress(address, port);
    network.send(new Datagram(source, send.destination(), send.bytes()));
    inputs.add(new Input.Sent(send.associationId(), send.nonce(), clock.now()));
  }
}
