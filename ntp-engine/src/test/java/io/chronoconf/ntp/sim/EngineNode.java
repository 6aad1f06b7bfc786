package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.discipline.DelayAwareDiscipline;
import io.chronoconf.ntp.discipline.DisciplineSample;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.GroupSocket;
import io.chronoconf.ntp.engine.InboundFilter;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.NtpEngine;
import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.engine.SocketKind;
import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.server.InterleavedClients;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A node of the simulation: the real engine and the real server path; only what drives them is
/// simulated. Packets take no time inside a node, and stamps are exact.
public final class EngineNode {
  static final int SERVICE_PORT = 123;
  static final String INTERFACE = "eth0";
  private static final int INTERFACE_INDEX = 1;
  private static final int FIRST_CLIENT_PORT = 40_000;
  private static final int CLIENT_PORTS = 20_000;
  private static final double SAVED_DEVIATION = 1e-6;

  private final InetAddress address;
  private final NodeClock clock;
  private final SimulatedNetwork network;
  private final NtpEngine engine;
  private final ServerResponder responder;
  private final Deque<Input> inputs = new ArrayDeque<>();
  private final List<Integer> ttls = new ArrayList<>();
  private final List<EngineEvent> events = new ArrayList<>();
  private ServerSnapshot snapshot;
  private @Nullable MonotonicTime timer;
  private AccessRules access = AccessRules.NONE;
  private InboundFilter inbound = InboundFilter.OPEN;
  private Set<InetAddress> groups = Set.of();
  private final Map<String, List<InetAddress>> names = new HashMap<>();
  private int resolutions;
  private boolean isServing;
  private boolean tellsDepartures = true;
  private DoubleSupplier lateness = () -> 0;
  private long sent;

  EngineNode(
      InetAddress address, NodeClock clock, SimulatedNetwork network, SplittableGenerator random) {
    this(address, clock, network, random, OptionalDouble.empty());
  }

  /// @param savedFrequency correction that was right in an earlier run
  EngineNode(
      InetAddress address,
      NodeClock clock,
      SimulatedNetwork network,
      SplittableGenerator random,
      OptionalDouble savedFrequency) {
    this(
        address,
        clock,
        network,
        random,
        savedFrequency,
        savedFrequency.isPresent()
            ? new DelayAwareDiscipline(savedFrequency.getAsDouble(), SAVED_DEVIATION)
            : new DelayAwareDiscipline());
  }

  /// @param listener hears every exchange that the discipline takes
  EngineNode(
      InetAddress address,
      NodeClock clock,
      SimulatedNetwork network,
      SplittableGenerator random,
      Consumer<DisciplineSample> listener) {
    this(
        address,
        clock,
        network,
        random,
        OptionalDouble.empty(),
        new OverheardDiscipline(new DelayAwareDiscipline(), listener));
  }

  private EngineNode(
      InetAddress address,
      NodeClock clock,
      SimulatedNetwork network,
      SplittableGenerator random,
      OptionalDouble savedFrequency,
      ClockDiscipline discipline) {
    RandomGenerator forEngine = random.split();
    this.address = address;
    this.clock = clock;
    this.network = network;
    this.engine = new NtpEngine(clock.precision(), savedFrequency, forEngine, discipline);
    this.responder = new ServerResponder(random.split());
    this.snapshot = ServerSnapshot.unsynchronized(clock.precision());
    network.attach(address, this::receive);
    setInterface(true);
  }

  /// The one interface of the node; while it is down, nothing is sent or heard by it on purpose.
  void setInterface(boolean isUp) {
    HostInterface device =
        new HostInterface(
            INTERFACE_INDEX,
            INTERFACE,
            "",
            isUp,
            isUp,
            false,
            true,
            true,
            0,
            0,
            1500,
            "",
            HostInterface.Statistics.NONE,
            List.of(new HostAddress(address, 24, Optional.empty(), true)));
    take(new Input.NetworkChanged(new HostNetwork(Map.of("", List.of(device)))));
  }

  /// From now on this name has these addresses.
  public void name(String name, List<InetAddress> addresses) {
    names.put(name, addresses);
  }

  /// What the engine told its server threads and sockets.
  ///
  /// @param isServing whether the port is open
  /// @param groups listened to
  public record Published(
      boolean isServing, AccessRules access, InboundFilter inbound, Set<InetAddress> groups) {}

  /// What holds now of that.
  public Published published() {
    return new Published(isServing, access, inbound, groups);
  }

  /// How often a name was looked up.
  int resolutions() {
    return resolutions;
  }

  private void resolve(Output.Resolve wanted) {
    resolutions++;
    List<InetAddress> found = names.getOrDefault(wanted.name(), List.of());
    inputs.add(
        new Input.Resolved(
            wanted.networkInstance(),
            wanted.name(),
            wanted.family(),
            found,
            found.isEmpty() ? "the name " + wanted.name() + " is not known" : ""));
  }

  public InetAddress address() {
    return address;
  }

  public NodeClock clock() {
    return clock;
  }

  /// Packets that associations sent so far.
  public long sent() {
    return sent;
  }

  /// Times to live of those packets.
  List<Integer> ttls() {
    return List.copyOf(ttls);
  }

  /// Everything the engine ever told.
  public List<EngineEvent> events() {
    return List.copyOf(events);
  }

  /// Packets that the engine dropped for this reason.
  long dropped(DropReason reason) {
    return engine.dropped(reason);
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

  /// From now on its answers leave so many seconds after their transmit stamps.
  void sendLate(DoubleSupplier seconds) {
    lateness = seconds;
  }

  /// From now on it never knows when its answers left, and so answers nobody interleaved.
  void forgetDepartures() {
    tellsDepartures = false;
  }

  void expireTimer() {
    timer = null;
    take(new Input.TimerExpired());
  }

  private void receive(Datagram datagram) {
    Now stamp = clock.now();
    InetAddress to = datagram.destination().getAddress();
    if (!to.equals(address)) {
      if (groups.contains(to)) {
        take(
            new Input.Received(
                SocketKind.GROUP,
                0,
                "",
                INTERFACE_INDEX,
                to,
                SERVICE_PORT,
                false,
                datagram.source(),
                datagram.bytes().clone(),
                stamp,
                datagram.trafficClass()));
      }
      return;
    }
    if (datagram.destination().getPort() != SERVICE_PORT) {
      take(received(datagram, SocketKind.CLIENT, stamp));
    } else if (isServing && !serve(datagram, stamp)) {
      take(received(datagram, SocketKind.SERVER, stamp));
    }
  }

  private boolean serve(Datagram datagram, Now stamp) {
    if (datagram.bytes().length == 0
        || PacketLayout.mode(datagram.bytes()[0]) != PacketLayout.MODE_CLIENT) {
      return false;
    }
    ByteBuffer packet = ByteBuffer.wrap(datagram.bytes().clone());
    boolean isIpv4 = datagram.source().getAddress() instanceof Inet4Address;
    if (!inbound.admits("", INTERFACE_INDEX, isIpv4)
        || !access.mayTakeTime(
            PacketFacts.of(datagram.source(), address, SERVICE_PORT, datagram.trafficClass()))) {
      return false;
    }
    Verdict verdict =
        responder.respond(
            packet, datagram.source().getAddress(), snapshot, stamp.local(), stamp.local());
    if (!(verdict instanceof Verdict.Accept)) {
      return false;
    }
    byte[] answer = new byte[packet.remaining()];
    packet.get(answer);
    double late = lateness.getAsDouble();
    network.send(datagram.answer(answer), late);
    long wanted = responder.clients().takeWanted();
    if (tellsDepartures && wanted != InterleavedClients.NONE) {
      responder.clients().sent(wanted, stamp.local().plus(NtpDuration.ofSeconds(late)).bits());
    }
    return true;
  }

  private Input received(Datagram datagram, SocketKind kind, Now stamp) {
    int port = datagram.destination().getPort();
    int id = kind == SocketKind.CLIENT ? port - FIRST_CLIENT_PORT : 0;
    return new Input.Received(
        kind,
        id,
        "",
        INTERFACE_INDEX,
        address,
        port,
        true,
        datagram.source(),
        datagram.bytes().clone(),
        stamp,
        datagram.trafficClass());
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
      case Output.AskClients ask -> {}
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
      case Output.Listen listen ->
          groups = listen.groups().stream().map(GroupSocket::address).collect(Collectors.toSet());
      case Output.PublishInbound publish -> inbound = publish.filter();
      case Output.UseInstances use -> {}
      case Output.Resolve resolve -> resolve(resolve);
      case Output.PublishAccess publish -> access = publish.rules();
      case Output.PublishKeys publish -> responder.use(publish.keys());
      case Output.PublishSnapshot publish -> snapshot = publish.snapshot();
      case Output.Emit emit -> events.add(emit.event());
    }
  }

  private void send(Output.Send send) {
    sent++;
    ttls.add(send.path().ttl());
    int port =
        send.path().kind() == SocketKind.PEER
            ? SERVICE_PORT
            : FIRST_CLIENT_PORT + Math.floorMod(send.associationId(), CLIENT_PORTS);
    InetSocketAddress source = new InetSocketAddress(address, port);
    network.send(new Datagram(source, send.destination(), send.bytes()));
    inputs.add(new Input.Sent(send.associationId(), send.nonce(), clock.now()));
  }
}
