package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.PacketCounts;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.control.Identity;
import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// An NTP client and server without clock, socket or thread: one input and the time go in, what is
/// to be done comes out. Not thread-safe; the thread that drives it owns it.
public final class NtpEngine {
  private static final int FEW_CLIENTS = 64;

  private final int precision;
  private final AssociationTable table;
  private final DynamicAssociations dynamics;
  private final InterfaceProcess interfaces = new InterfaceProcess();
  private final HostProcess hosts;
  private final ManagementProcess management;
  private final ClockProcess clock;
  private final SystemProcess system;
  private final ReceiveProcess receiver;
  private final ControlProcess control;
  private final ServerResponder responder;
  private final Authenticator authenticator = new Authenticator();
  private final PacketCounts totals = new PacketCounts(NtpTimestamp.UNKNOWN);
  private Optional<MonotonicTime> timer = Optional.empty();
  private boolean isSelectionDue;

  /// An engine of which nothing but its name is known, and that remembers few clients.
  ///
  /// @param precision of the local clock, log2 seconds
  /// @param savedFrequency the correction that an earlier run had learnt, a ratio
  /// @param random see below
  /// @param discipline fed and asked by this engine alone, begun with the same frequency
  public NtpEngine(
      int precision,
      OptionalDouble savedFrequency,
      RandomGenerator random,
      ClockDiscipline discipline) {
    this(
        precision,
        savedFrequency,
        random,
        discipline,
        Identity.UNKNOWN,
        new MruTable(FEW_CLIENTS, 0));
  }

  /// @param precision of the local clock, log2 seconds
  /// @param savedFrequency the correction that an earlier run had learnt, a ratio
  /// @param random nonces, poll spread and the fuzz below precision; cryptographically strong
  ///   outside tests
  /// @param discipline fed and asked by this engine alone, begun with the same frequency
  /// @param identity told to who asks by control queries
  /// @param clients who was heard by this engine, which owns the table
  public NtpEngine(
      int precision,
      OptionalDouble savedFrequency,
      RandomGenerator random,
      ClockDiscipline discipline,
      Identity identity,
      MruTable clients) {
    this.precision = precision;
    this.table = new AssociationTable(precision, random);
    this.dynamics = new DynamicAssociations(table);
    this.hosts = new HostProcess(table);
    this.responder = new ServerResponder(random);
    this.clock = new ClockProcess(discipline, savedFrequency);
    this.system = new SystemProcess(precision, discipline, clock);
    this.management =
        new ManagementProcess(
            table, dynamics, interfaces, hosts, authenticator, system, clock, totals);
    this.control =
        new ControlProcess(management, table, totals, identity, clients, random, this::status);
    this.receiver =
        new ReceiveProcess(
            precision,
            table,
            dynamics,
            interfaces,
            management,
            system,
            clock,
            responder,
            authenticator,
            control,
            clients,
            totals);
  }

  /// Takes in one input. Times of consecutive calls never go backwards on the oscillator.
  ///
  /// @param now the time of the call, not of the event: events carry their own stamps
  public List<Output> handle(Input input, Now now) {
    if (totals.discontinuity().isUnknown()) {
      totals.reset(now.local());
      control.start(now);
    }
    List<Output> outputs = new ArrayList<>();
    Now present = now;
    switch (input) {
      case Input.Received received -> isSelectionDue |= receiver.receive(received, now, outputs);
      case Input.Sent sent ->
          table.find(sent.associationId()).ifPresent(one -> one.sent(sent.nonce(), sent.stamp()));
      case Input.SendFailed failed -> countFailure(failed);
      // The driver has forgotten it, and must be told again should it have come too early.
      case Input.TimerExpired expired -> timer = Optional.empty();
      case Input.Commands commands -> {
        NtpDuration step = management.apply(commands.commands(), now, outputs);
        responder.use(authenticator.ring());
        present = stepped(step, now);
        isSelectionDue = true;
      }
      case Input.NetworkChanged changed -> {
        interfaces.changed(changed.network());
        interfaces.apply(management.isServing(), outputs);
        hurryBroadcasts(now);
      }
      case Input.Resolved resolved -> {
        hosts.resolved(resolved, now, ended -> management.end(ended, outputs));
        isSelectionDue = true;
      }
      case Input.Clients clients -> control.told(clients, now, outputs);
      case Input.ClockStepped stepped -> {
        stepped(stepped.offset(), now);
        isSelectionDue = true;
      }
    }
    poll(present, outputs);
    Now then = isSelectionDue || isRunDue(present) ? select(present, outputs) : present;
    setTimer(then, outputs);
    return outputs;
  }

  /// Somebody else stepped the clock.
  ///
  /// @param before the moment, by the clock as it was
  /// @return the moment by the clock as it is
  private Now stepped(NtpDuration offset, Now before) {
    if (offset.equals(NtpDuration.ZERO)) {
      return before;
    }
    system.stepped(offset);
    tellStep(offset);
    return new Now(before.monotonic(), before.local().plus(offset));
  }

  private void countFailure(Input.SendFailed failed) {
    totals.countSendFailure();
    table.find(failed.associationId()).ifPresent(one -> one.counts().countSendFailure());
  }

  /// Sends what is due, and ends what was silent for too long.
  private void poll(Now now, List<Output> outputs) {
    for (Association silent : dynamics.ended(now.monotonic())) {
      receiver.end(silent, outputs);
      isSelectionDue = true;
    }
    for (Association association : table.all()) {
      if (!association.poll().isStopped() && !now.monotonic().isBefore(association.poll().next())) {
        poll(association, now, outputs);
      }
    }
    hosts.poll(now, outputs);
  }

  private void poll(Association association, Now now, List<Output> outputs) {
    boolean wasReachable = association.reach().isReachable();
    Optional<NtpPacket> packet =
        association.next(
            system.variables().packet(precision, now),
            clock.frequency(),
            system.selection().survivors().size(),
            now);
    // A route, a translation table or a socket may have gone bad: begin with a fresh port.
    if (wasReachable && !association.reach().isReachable()) {
      outputs.add(new Output.ReleaseSocket(association.id()));
    }
    isSelectionDue |= association.reach().bits() % 2 == 0;
    if (packet.isPresent()) {
      interfaces
          .path(association)
          .ifPresent(path -> send(association, packet.get(), path, outputs));
    }
  }

  private void send(
      Association association, NtpPacket packet, SendPath path, List<Output> outputs) {
    totals.countSent();
    association.counts().countSent();
    outputs.add(
        new Output.Send(
            association.id(),
            association.config().key().networkInstance(),
            destination(association.remote(), path),
            path,
            authenticator.sealed(NtpPacketEncoder.encode(packet), association.config().keyId()),
            packet.transmit().bits()));
  }

  /// An address of a link means nothing without the link.
  private static InetSocketAddress destination(InetSocketAddress remote, SendPath path) {
    if (path.interfaceIndex() == 0
        || !(remote.getAddress() instanceof Inet6Address address)
        || !address.isLinkLocalAddress()) {
      return remote;
    }
    try {
      return new InetSocketAddress(
          Inet6Address.getByAddress(null, address.getAddress(), path.interfaceIndex()),
          remote.getPort());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Those who broadcast have something to say as soon as there is a time and a way.
  private void hurryBroadcasts(Now now) {
    table.all().stream()
        .filter(association -> association.mode() == AssociationMode.BROADCAST_SERVER)
        .forEach(association -> association.poll().hurry(now.monotonic()));
  }

  private boolean isRunDue(Now now) {
    return system.nextRun(now.monotonic()).filter(at -> !now.monotonic().isBefore(at)).isPresent();
  }

  private Now select(Now now, List<Output> outputs) {
    isSelectionDue = false;
    boolean wasSynchronized = system.variables().isSynchronized();
    Now then = system.run(table.all(), now, outputs);
    if (!wasSynchronized && system.variables().isSynchronized()) {
      hurryBroadcasts(then);
    }
    if (!then.equals(now)) {
      tellStep(then.local().minus(now.local()));
    }
    return then;
  }

  private void tellStep(NtpDuration offset) {
    totals.stepped(offset);
    table.all().forEach(association -> association.counts().stepped(offset));
  }

  private void setTimer(Now now, List<Output> outputs) {
    Optional<MonotonicTime> next =
        Stream.of(
                system.nextRun(now.monotonic()).stream(),
                dynamics.nextEnd().stream(),
                hosts.next().stream(),
                table.all().stream()
                    .filter(association -> !association.poll().isStopped())
                    .map(association -> association.poll().next()))
            .flatMap(times -> times)
            .min(MonotonicTime::compareTo);
    if (next.isPresent() && !next.equals(timer)) {
      outputs.add(new Output.SetTimer(next.get()));
    }
    timer = next;
  }

  /// All there is to see at this moment. Changes nothing.
  public EngineStatus status(Now now) {
    List<AssociationStatus> rows = new ArrayList<>();
    for (Association association : table.all()) {
      rows.add(
          StatusBuilder.row(association, interfaces.network(), system, now, clock.frequency()));
    }
    hosts.unresolved().forEach(host -> rows.add(StatusBuilder.unresolvedRow(host, now)));
    for (LocalReference local : system.localReferences()) {
      rows.add(StatusBuilder.localRow(local, system, precision, now));
    }
    rows.sort(Comparator.comparingInt(AssociationStatus::id));
    return new EngineStatus(
        now,
        StatusBuilder.system(system, clock, table, precision, now),
        rows,
        StatusBuilder.counters(totals),
        degraded());
  }

  private List<String> degraded() {
    List<String> degraded = new ArrayList<>();
    clock
        .held()
        .map(
            offset ->
                ("an offset of %.3f s is beyond the panic threshold and is not followed until"
                        + " accept-offset is called")
                    .formatted(offset.toSeconds()))
        .ifPresent(degraded::add);
    degraded.addAll(interfaces.degraded(management.isServing(), table.all()));
    degraded.addAll(hosts.degraded());
    return degraded;
  }

  /// How many packets were of no use for this reason.
  public long dropped(DropReason reason) {
    return totals.dropped(reason);
  }
}
