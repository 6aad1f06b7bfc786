package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.PacketCounts;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.packet.DecodeResult;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketDecoder;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// An NTP client and server without clock, socket or thread: one input and the time go in, what is
/// to be done comes out. Not thread-safe; the thread that drives it owns it.
public final class NtpEngine {
  private final int precision;
  private final ServerResponder responder;
  private final AssociationTable table;
  private final ManagementProcess management;
  private final ClockProcess clock;
  private final SystemProcess system;
  private final PacketCounts totals = new PacketCounts(NtpTimestamp.UNKNOWN);
  private Optional<MonotonicTime> timer = Optional.empty();
  private boolean isSelectionDue;

  /// @param precision of the local clock, log2 seconds
  /// @param savedFrequency the correction that an earlier run had learnt, a ratio
  /// @param random nonces, poll spread and the fuzz below precision; cryptographically strong
  ///   outside tests
  /// @param discipline fed and asked by this engine alone, begun with the same frequency
  public NtpEngine(
      int precision,
      OptionalDouble savedFrequency,
      RandomGenerator random,
      ClockDiscipline discipline) {
    this.precision = precision;
    this.responder = new ServerResponder(random);
    this.table = new AssociationTable(precision, random);
    this.clock = new ClockProcess(discipline, savedFrequency);
    this.system = new SystemProcess(precision, discipline, clock);
    this.management = new ManagementProcess(table, system, clock, totals);
  }

  /// Takes in one input. Times of consecutive calls never go backwards on the oscillator.
  ///
  /// @param now the time of the call, not of the event: events carry their own stamps
  public List<Output> handle(Input input, Now now) {
    if (totals.discontinuity().isUnknown()) {
      totals.reset(now.local());
    }
    List<Output> outputs = new ArrayList<>();
    switch (input) {
      case Input.Received received -> receive(received, now, outputs);
      case Input.Sent sent ->
          table.find(sent.associationId()).ifPresent(one -> one.sent(sent.nonce(), sent.stamp()));
      case Input.SendFailed failed -> countFailure(failed);
      // The driver has forgotten it, and must be told again should it have come too early.
      case Input.TimerExpired expired -> timer = Optional.empty();
      case Input.Commands commands -> {
        management.apply(commands.commands(), now, outputs);
        isSelectionDue = true;
      }
      case Input.ClockStepped stepped -> {
        system.stepped(stepped.offset());
        tellStep(stepped.offset());
        isSelectionDue = true;
      }
      case Input.OffsetAccepted accepted -> clock.acceptOffset();
    }
    poll(now, outputs);
    Now then = isSelectionDue || isRunDue(now) ? select(now, outputs) : now;
    setTimer(then, outputs);
    return outputs;
  }

  private void countFailure(Input.SendFailed failed) {
    totals.countSendFailure();
    table.find(failed.associationId()).ifPresent(one -> one.counts().countSendFailure());
  }

  private void receive(Input.Received received, Now now, List<Output> outputs) {
    totals.countReceived();
    Verdict verdict =
        switch (received.socket()) {
          case SERVER -> serve(received, now, outputs);
          case CLIENT, PEER ->
              table
                  .find(received.associationId())
                  .map(association -> receive(association, received, outputs))
                  .orElse(Verdict.drop(DropReason.WRONG_SOURCE));
          case GROUP -> Verdict.drop(DropReason.MODE);
        };
    if (verdict instanceof Verdict.Drop drop) {
      totals.countDropped(drop.reason());
    }
  }

  private Verdict receive(Association association, Input.Received received, List<Output> outputs) {
    association.counts().countReceived();
    Verdict verdict = judge(association, received, outputs);
    switch (verdict) {
      case Verdict.Accept accept -> isSelectionDue = true;
      case Verdict.Drop drop -> {
        association.counts().countDropped(drop.reason());
        // What it says of itself may end that we follow it.
        isSelectionDue |= drop.reason() == DropReason.KISS;
        isSelectionDue |= drop.reason() == DropReason.UNSYNCHRONIZED;
      }
    }
    return verdict;
  }

  private Verdict judge(Association association, Input.Received received, List<Output> outputs) {
    boolean isFromThere =
        received.remote().equals(association.remote())
            && received.networkInstance().equals(association.config().key().networkInstance());
    if (!isFromThere) {
      return Verdict.drop(DropReason.WRONG_SOURCE);
    }
    return switch (NtpPacketDecoder.decode(received.bytes())) {
      case DecodeResult.Malformed malformed -> Verdict.drop(DropReason.MALFORMED);
      case DecodeResult.Decoded decoded -> {
        NtpPacket packet = decoded.packet();
        Verdict verdict =
            association.receive(packet, received.local(), received.stamp(), clock.frequency());
        if (verdict instanceof Verdict.Drop(DropReason reason) && reason == DropReason.KISS) {
          tellKiss(association, packet, outputs);
        }
        yield verdict;
      }
    };
  }

  private static void tellKiss(Association association, NtpPacket packet, List<Output> outputs) {
    packet
        .kissCode()
        .map(code -> new EngineEvent.KissReceived(association.config().key(), code))
        .ifPresent(event -> outputs.add(new Output.Emit(event)));
  }

  private Verdict serve(Input.Received received, Now now, List<Output> outputs) {
    if (!management.isServing()) {
      return Verdict.drop(DropReason.NO_SERVICE);
    }
    if (!received.isUnicast()) {
      return Verdict.drop(DropReason.NOT_UNICAST);
    }
    ByteBuffer packet = ByteBuffer.wrap(received.bytes());
    Verdict verdict =
        responder.respond(
            packet, system.variables().snapshot(precision), received.stamp().local(), now.local());
    if (verdict instanceof Verdict.Accept) {
      byte[] answer = new byte[packet.remaining()];
      packet.get(answer);
      totals.countSent();
      outputs.add(
          new Output.Reply(
              received.networkInstance(),
              received.interfaceIndex(),
              received.local(),
              received.remote(),
              answer));
    }
    return verdict;
  }

  /// Sends what is due.
  private void poll(Now now, List<Output> outputs) {
    for (Association association : table.all()) {
      if (association.poll().isStopped() || now.monotonic().isBefore(association.poll().next())) {
        continue;
      }
      boolean wasReachable = association.reach().isReachable();
      NtpPacket request = association.nextRequest(now);
      // A route, a translation table or a socket may have gone bad: begin with a fresh port.
      if (wasReachable && !association.reach().isReachable()) {
        outputs.add(new Output.ReleaseSocket(association.id()));
      }
      isSelectionDue |= association.reach().bits() % 2 == 0;
      totals.countSent();
      outputs.add(
          new Output.Send(
              association.id(),
              association.config().key().networkInstance(),
              association.remote(),
              SendPath.ANY,
              NtpPacketEncoder.encode(request),
              request.transmit().bits()));
    }
  }

  private boolean isRunDue(Now now) {
    return system.nextRun(now.monotonic()).filter(at -> !now.monotonic().isBefore(at)).isPresent();
  }

  private Now select(Now now, List<Output> outputs) {
    isSelectionDue = false;
    Now then = system.run(table.all(), now, outputs);
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
    Optional<MonotonicTime> next = system.nextRun(now.monotonic());
    for (Association association : table.all()) {
      if (!association.poll().isStopped()) {
        MonotonicTime at = association.poll().next();
        next = Optional.of(next.filter(other -> other.isBefore(at)).orElse(at));
      }
    }
    if (next.isPresent() && !next.equals(timer)) {
      outputs.add(new Output.SetTimer(next.get()));
    }
    timer = next;
  }

  /// All there is to see at this moment. Changes nothing.
  public EngineStatus status(Now now) {
    List<AssociationStatus> rows = new ArrayList<>();
    for (Association association : table.all()) {
      rows.add(StatusBuilder.row(association, system, now, clock.frequency()));
    }
    system
        .localReference()
        .ifPresent(local -> rows.add(StatusBuilder.localRow(local, system, precision, now)));
    rows.sort(Comparator.comparingInt(AssociationStatus::id));
    return new EngineStatus(
        now,
        StatusBuilder.system(system, clock, table, precision, now),
        rows,
        StatusBuilder.counters(totals),
        List.of());
  }

  /// How many packets were of no use for this reason.
  public long dropped(DropReason reason) {
    return totals.dropped(reason);
  }
}
