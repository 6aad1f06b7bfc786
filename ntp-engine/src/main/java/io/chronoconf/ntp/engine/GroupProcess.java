package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.PacketTests;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.time.Now;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds out what a packet is for that was sent to many, or answers a question that was put to
/// many: NEWBC and MANY of RFC 5905 figure 20. Owned by the engine.
final class GroupProcess {
  private final AssociationTable table;
  private final DynamicAssociations dynamics;
  private final InterfaceProcess interfaces;
  private final ManagementProcess management;
  private final SystemProcess system;
  private final Authenticator authenticator;

  GroupProcess(
      AssociationTable table,
      DynamicAssociations dynamics,
      InterfaceProcess interfaces,
      ManagementProcess management,
      SystemProcess system,
      Authenticator authenticator) {
    this.table = table;
    this.dynamics = dynamics;
    this.interfaces = interfaces;
    this.management = management;
    this.system = system;
    this.authenticator = authenticator;
  }

  /// What follows from a packet.
  sealed interface Finding {
    /// It is for this association.
    record For(Association association) implements Finding {}

    /// It asks for an answer from this address of ours.
    record Question(InetAddress from) implements Finding {}

    /// It is done with.
    record Done(Verdict verdict) implements Finding {}

    static Finding drop(DropReason reason) {
      return new Done(Verdict.drop(reason));
    }
  }

  /// Looks at a packet that came by a group socket.
  Finding atGroup(Input.Received received, NtpPacket packet, Now now, List<Output> outputs) {
    Optional<InterfaceConfig> config = interfaces.configOf(received);
    if (config.isEmpty() || interfaces.isOwn(received)) {
      return Finding.drop(DropReason.WRONG_SOURCE);
    }
    return switch (packet.mode()) {
      case PacketLayout.MODE_BROADCAST ->
          isFollowed(config.get(), received.local())
              ? broadcast(config.get(), received, packet, now, outputs)
              : Finding.drop(DropReason.MODE);
      case PacketLayout.MODE_CLIENT ->
          config.get().answeredGroups().contains(received.local())
              ? question(received, packet)
              : Finding.drop(DropReason.NOT_UNICAST);
      default -> Finding.drop(DropReason.MODE);
    };
  }

  private static boolean isFollowed(InterfaceConfig config, InetAddress to) {
    return to.isMulticastAddress()
        ? config.followedGroups().contains(to)
        : config.followsBroadcasts();
  }

  private Finding broadcast(
      InterfaceConfig config,
      Input.Received received,
      NtpPacket packet,
      Now now,
      List<Output> outputs) {
    AssociationKey key =
        new AssociationKey(
            received.networkInstance(),
            config.name(),
            received.remote().getAddress(),
            AssociationMode.BROADCAST_CLIENT,
            false);
    Optional<Association> known = table.find(key);
    if (known.isPresent()) {
      return known(known.get(), received, packet);
    }
    if (!maySynchronizeUs(received)) {
      return Finding.drop(DropReason.ACCESS);
    }
    if (isForged(received, OptionalLong.empty())) {
      return Finding.drop(DropReason.AUTHENTICATION);
    }
    // Who does not know the time is no reason to keep anything.
    if (PacketTests.content(packet) instanceof Verdict.Drop useless) {
      return new Finding.Done(useless);
    }
    return dynamics.formBroadcastClient(key, received, packet, now, outputs).isPresent()
        ? new Finding.Done(Verdict.accept())
        : Finding.drop(DropReason.LIMIT);
  }

  /// As long as the path is being measured broadcasts are of no use (client and mode 5: DSCRD), but
  /// they keep the association alive.
  private Finding known(Association association, Input.Received received, NtpPacket packet) {
    if (association.mode() == AssociationMode.BROADCAST_CLIENT) {
      return new Finding.For(association);
    }
    boolean isGood =
        maySynchronizeUs(received) && !isForged(received, association.config().keyId());
    if (isGood) {
      association.heardBroadcast(packet, received.stamp());
    }
    return Finding.drop(DropReason.MODE);
  }

  private Finding question(Input.Received received, NtpPacket packet) {
    int stratum = system.variables().stratum();
    if (!system.variables().isSynchronized() || stratum >= packet.effectiveStratum()) {
      return Finding.drop(DropReason.STRATUM);
    }
    boolean isIpv4 = received.remote().getAddress() instanceof Inet4Address;
    return interfaces
        .deviceOf(received)
        .flatMap(device -> device.primaryAddress(isIpv4))
        .<Finding>map(Finding.Question::new)
        .orElse(Finding.drop(DropReason.NO_SERVICE));
  }

  /// Looks at a packet that came by the socket of a search from somewhere: a server that answers.
  Verdict found(
      Association search,
      Input.Received received,
      NtpPacket packet,
      Now now,
      List<Output> outputs) {
    if (packet.mode() != PacketLayout.MODE_SERVER || interfaces.isOwn(received)) {
      return Verdict.drop(DropReason.MODE);
    }
    if (!search.isAnswered(packet)) {
      return Verdict.drop(DropReason.BOGUS);
    }
    if (!maySynchronizeUs(received)) {
      return Verdict.drop(DropReason.ACCESS);
    }
    Authenticator.Result seal =
        authenticator.judgeConfigured(received.bytes(), search.config().keyId(), received.facts());
    if (seal == Authenticator.Result.FAILED) {
      return Verdict.drop(DropReason.AUTHENTICATION);
    }
    Verdict content = PacketTests.content(packet);
    if (content instanceof Verdict.Drop) {
      return content;
    }
    return dynamics.formFound(search, received, now, outputs)
        ? Verdict.accept()
        : Verdict.drop(DropReason.LIMIT);
  }

  private boolean maySynchronizeUs(Input.Received received) {
    return management.access().maySynchronizeUs(received.facts());
  }

  private boolean isForged(Input.Received received, OptionalLong keyId) {
    return authenticator.judgeForming(received.bytes(), keyId, received.facts())
        == Authenticator.Result.FAILED;
  }
}
