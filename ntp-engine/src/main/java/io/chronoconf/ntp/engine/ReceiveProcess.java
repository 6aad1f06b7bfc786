package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.PacketCounts;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.packet.DecodeResult;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketDecoder;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.server.ServerResponder;
import io.chronoconf.ntp.time.Now;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds out what a packet is for and hands it on (RFC 5905 section 9.2, receive). Owned by the
/// engine.
final class ReceiveProcess {
  private static final int MODE_MASK = 7;

  private final int precision;
  private final AssociationTable table;
  private final DynamicAssociations dynamics;
  private final ManagementProcess management;
  private final SystemProcess system;
  private final ClockProcess clock;
  private final ServerResponder responder;
  private final Authenticator authenticator;
  private final InterfaceProcess interfaces;
  private final GroupProcess groups;
  private final ControlProcess control;
  private final MruTable clients;
  private final PacketCounts totals;
  private boolean isSelectionDue;

  /// @param precision of the local clock, log2 seconds
  /// @param clients who was heard here
  ReceiveProcess(
      int precision,
      AssociationTable table,
      DynamicAssociations dynamics,
      InterfaceProcess interfaces,
      ManagementProcess management,
      SystemProcess system,
      ClockProcess clock,
      ServerResponder responder,
      Authenticator authenticator,
      ControlProcess control,
      MruTable clients,
      PacketCounts totals) {
    this.precision = precision;
    this.table = table;
    this.dynamics = dynamics;
    this.interfaces = interfaces;
    this.management = management;
    this.system = system;
    this.clock = clock;
    this.responder = responder;
    this.authenticator = authenticator;
    this.control = control;
    this.clients = clients;
    this.totals = totals;
    this.groups = new GroupProcess(table, dynamics, interfaces, management, system, authenticator);
  }

  /// Takes a packet in.
  ///
  /// @return whether the sources have to be looked at anew
  boolean receive(Input.Received received, Now now, List<Output> outputs) {
    isSelectionDue = false;
    totals.countReceived();
    Verdict verdict =
        interfaces.admits(received)
            ? take(received, now, outputs)
            : Verdict.drop(DropReason.INBOUND);
    if (verdict instanceof Verdict.Drop(DropReason reason)) {
      totals.countDropped(reason);
    }
    clients.record(
        received.remote(), received.local(), flags(received), received.stamp().local(), verdict);
    return isSelectionDue;
  }

  private Verdict take(Input.Received received, Now now, List<Output> outputs) {
    return switch (received.socket()) {
      case SERVER -> atThePort(received, now, outputs);
      case CLIENT, PEER -> atItsSocket(received, now, outputs);
      case GROUP -> atGroup(received, now, outputs);
    };
  }

  private Verdict atGroup(Input.Received received, Now now, List<Output> outputs) {
    if (!management.isServing()) {
      return Verdict.drop(DropReason.NO_SERVICE);
    }
    return switch (NtpPacketDecoder.decode(received.bytes())) {
      case DecodeResult.Malformed _ -> Verdict.drop(DropReason.MALFORMED);
      case DecodeResult.Decoded(NtpPacket packet) ->
          switch (groups.atGroup(received, packet, now, outputs)) {
            case GroupProcess.Finding.For(Association association) ->
                dispatch(association, received, outputs);
            case GroupProcess.Finding.Question(InetAddress from) ->
                serve(received.sentTo(from), now, outputs);
            case GroupProcess.Finding.Done(Verdict verdict) -> verdict;
          };
    };
  }

  private Verdict atSearch(
      Association search, Input.Received received, Now now, List<Output> outputs) {
    return switch (NtpPacketDecoder.decode(received.bytes())) {
      case DecodeResult.Malformed _ -> Verdict.drop(DropReason.MALFORMED);
      case DecodeResult.Decoded(NtpPacket packet) ->
          groups.found(search, received, packet, now, outputs);
    };
  }

  private static int flags(Input.Received received) {
    return received.bytes().length == 0 ? 0 : received.bytes()[PacketLayout.FLAGS];
  }

  private static int mode(Input.Received received) {
    return flags(received) & MODE_MASK;
  }

  private Verdict atItsSocket(Input.Received received, Now now, List<Output> outputs) {
    Optional<Association> found = table.find(received.associationId());
    if (found.isEmpty()) {
      return Verdict.drop(DropReason.WRONG_SOURCE);
    }
    Association association = found.get();
    if (association.config().search().isPresent()) {
      return count(association, atSearch(association, received, now, outputs));
    }
    boolean isFromThere =
        received.remote().equals(association.remote())
            && received.networkInstance().equals(association.config().key().networkInstance());
    if (!isFromThere) {
      // Before the socket was connected, a packet for the service may have come by it.
      return isSymmetric(association)
          ? atThePort(received, now, outputs)
          : count(association, Verdict.drop(DropReason.WRONG_SOURCE));
    }
    // A symmetric peer may be our client too, from the same port.
    return isSymmetric(association) && mode(received) == PacketLayout.MODE_CLIENT
        ? serve(received, now, outputs)
        : dispatch(association, received, outputs);
  }

  private static boolean isSymmetric(Association association) {
    return switch (association.config().key().mode()) {
      case SYMMETRIC_ACTIVE, SYMMETRIC_PASSIVE -> true;
      case CLIENT, SERVER, BROADCAST_SERVER, BROADCAST_CLIENT -> false;
    };
  }

  private static Verdict count(Association association, Verdict verdict) {
    association.counts().countReceived();
    if (verdict instanceof Verdict.Drop(DropReason reason)) {
      association.counts().countDropped(reason);
    }
    return verdict;
  }

  private Verdict atThePort(Input.Received received, Now now, List<Output> outputs) {
    if (!management.isServing()) {
      return Verdict.drop(DropReason.NO_SERVICE);
    }
    if (!received.isUnicast()) {
      return Verdict.drop(DropReason.NOT_UNICAST);
    }
    Optional<Association> peer = table.findSymmetric(received.networkInstance(), received.remote());
    int mode = mode(received);
    if (mode == PacketLayout.MODE_CONTROL) {
      return control.receive(received, now, outputs);
    }
    if (peer.isPresent() && mode != PacketLayout.MODE_CLIENT) {
      return dispatch(peer.get(), received, outputs);
    }
    return switch (Dispatch.of(Optional.empty(), mode)) {
      case TRANSMIT -> serve(received, now, outputs);
      case NEW_PASSIVE -> formPassive(received, now, outputs);
      case MANYCAST, NEW_BROADCAST, PROCESS, ERROR, DISCARD -> Verdict.drop(DropReason.MODE);
    };
  }

  private boolean maySynchronizeUs(Input.Received received) {
    return management.access().maySynchronizeUs(received.facts());
  }

  private Verdict formPassive(Input.Received received, Now now, List<Output> outputs) {
    if (!maySynchronizeUs(received)) {
      // Who is no source of ours may still take time: it gets an answer, and nothing is remembered.
      return serve(received, now, outputs);
    }
    return switch (NtpPacketDecoder.decode(received.bytes())) {
      case DecodeResult.Malformed _ -> Verdict.drop(DropReason.MALFORMED);
      case DecodeResult.Decoded(NtpPacket packet) -> {
        Authenticator.Result result =
            authenticator.judgeForming(received.bytes(), OptionalLong.empty(), received.facts());
        if (result == Authenticator.Result.FAILED) {
          yield Verdict.drop(DropReason.AUTHENTICATION);
        }
        Optional<Association> formed = dynamics.formPassive(received, packet, now, outputs);
        yield formed.isPresent()
            ? dispatch(formed.get(), received, outputs)
            : Verdict.drop(DropReason.LIMIT);
      }
    };
  }

  private Verdict dispatch(Association association, Input.Received received, List<Output> outputs) {
    Verdict verdict =
        switch (NtpPacketDecoder.decode(received.bytes())) {
          case DecodeResult.Malformed _ -> Verdict.drop(DropReason.MALFORMED);
          case DecodeResult.Decoded(NtpPacket packet) ->
              dispatch(association, packet, received, outputs);
        };
    switch (count(association, verdict)) {
      case Verdict.Accept _ -> isSelectionDue = true;
      case Verdict.Drop(DropReason reason) -> {
        // What it says of itself may end that we follow it.
        isSelectionDue |= reason == DropReason.KISS;
        isSelectionDue |= reason == DropReason.UNSYNCHRONIZED;
      }
    }
    return verdict;
  }

  private Verdict dispatch(
      Association association, NtpPacket packet, Input.Received received, List<Output> outputs) {
    return switch (Dispatch.of(Optional.of(association.mode()), packet.mode())) {
      case PROCESS -> process(association, packet, received, outputs);
      case ERROR -> {
        end(association, outputs);
        yield Verdict.drop(DropReason.MODE);
      }
      case DISCARD, NEW_PASSIVE, TRANSMIT, MANYCAST, NEW_BROADCAST -> Verdict.drop(DropReason.MODE);
    };
  }

  private Verdict process(
      Association association, NtpPacket packet, Input.Received received, List<Output> outputs) {
    boolean isAdmitted = maySynchronizeUs(received);
    association.admitted(packet, isAdmitted);
    if (!isAdmitted) {
      if (!association.config().key().isConfigured()) {
        end(association, outputs);
      } else if (management.access().mayTakeTime(received.facts())) {
        association.answerOnly(packet, received.local(), received.stamp());
      }
      return Verdict.drop(DropReason.ACCESS);
    }
    if (authenticate(association, packet, received) == Authenticator.Result.FAILED) {
      // Who seals nothing itself still answers its peer, which may ask for no seal.
      if (authenticator.ring().sealing(association.config().keyId()).isEmpty()) {
        association.answerOnly(packet, received.local(), received.stamp());
      }
      return Verdict.drop(DropReason.AUTHENTICATION);
    }
    if (system.isNearLeap(received.stamp())) {
      return Verdict.drop(DropReason.LEAP_SECOND);
    }
    Verdict verdict =
        association.receive(
            packet,
            received.local(),
            received.interfaceIndex(),
            received.stamp(),
            clock.frequency());
    if (verdict instanceof Verdict.Drop(DropReason reason) && reason == DropReason.KISS) {
      tellKiss(association, packet, outputs);
    }
    return verdict;
  }

  private Authenticator.Result authenticate(
      Association association, NtpPacket packet, Input.Received received) {
    AssociationConfig config = association.config();
    PacketFacts facts = received.facts();
    Authenticator.Result result =
        config.key().isConfigured()
            ? authenticator.judgeConfigured(received.bytes(), config.keyId(), facts)
            : authenticator.judgeForming(received.bytes(), config.keyId(), facts);
    association.authenticated(packet, result);
    return result;
  }

  private static void tellKiss(Association association, NtpPacket packet, List<Output> outputs) {
    packet
        .kissCode()
        .map(code -> new EngineEvent.KissReceived(association.config().key(), code))
        .ifPresent(event -> outputs.add(new Output.Emit(event)));
  }

  /// Ends an association that a packet formed; what is configured stays.
  void end(Association association, List<Output> outputs) {
    table.remove(association.config().key());
    system.forget(association.id());
    outputs.add(new Output.ReleaseSocket(association.id()));
    isSelectionDue = true;
  }

  private Verdict serve(Input.Received received, Now now, List<Output> outputs) {
    if (!management.access().mayTakeTime(received.facts())) {
      return Verdict.drop(DropReason.ACCESS);
    }
    ByteBuffer packet = ByteBuffer.wrap(received.bytes());
    Verdict verdict =
        responder.respond(
            packet,
            received.remote().getAddress(),
            system.variables().snapshot(precision),
            received.stamp().local(),
            now.local());
    if (verdict instanceof Verdict.Accept) {
      byte[] answer = new byte[packet.remaining()];
      packet.get(answer);
      totals.countSent();
      outputs.add(Output.Reply.to(received, answer));
    }
    return verdict;
  }
}
