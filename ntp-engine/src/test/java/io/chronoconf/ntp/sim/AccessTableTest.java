package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every packet of a remote device leads to, for every way to name lists: each of the four
/// rights has no rule, or one whose list is missing, is empty, permits, denies or does not match.
class AccessTableTest {
  private static final NtpTimestamp NONCE = new NtpTimestamp(0x1234_5678_9abc_def0L);

  /// What the remote device sends.
  enum Kind {
    /// Mode 1, without an association of ours.
    ACTIVE,
    /// Mode 3.
    REQUEST,
    /// Mode 4, to our own question.
    ANSWER,
    /// Mode 5.
    BROADCAST,
    /// Mode 6.
    CONTROL
  }

  /// The rule of one right, and its list.
  private enum Rule {
    NONE,
    MISSING,
    EMPTY,
    PERMIT,
    DENY,
    NO_MATCH
  }

  /// What came of it.
  ///
  /// @param answers modes of the packets that came back
  /// @param associations of ours with the remote device, and why they are not followed
  /// @param isDropped whether packets were dropped for want of a right
  private record Outcome(
      List<Integer> answers, List<RejectReason> associations, boolean isDropped) {}

  private static Stream<Arguments> packets() {
    return Stream.of("192.0.2.1 192.0.2.7", "2001:db8::1 2001:db8::7")
        .flatMap(pair -> Stream.of(Kind.values()).map(kind -> Arguments.of(kind, pair)));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void aPacketLeadsToWhatItsSendersRightSays(Kind kind, String pair) {
    InetAddress own = InetAddress.ofLiteral(pair.split(" ", 2)[0]);
    InetAddress remote = InetAddress.ofLiteral(pair.split(" ", 2)[1]);
    int count = 0;
    for (Rule peer : Rule.values()) {
      for (Rule server : Rule.values()) {
        for (Rule synchronization : Rule.values()) {
          for (Rule query : Rule.values()) {
            Map<AccessRight, Rule> table = new EnumMap<>(AccessRight.class);
            table.put(AccessRight.PEER, peer);
            table.put(AccessRight.SERVER, server);
            table.put(AccessRight.SYNCHRONIZATION, synchronization);
            table.put(AccessRight.QUERY, query);
            assertEquals(
                expected(kind, granted(table)),
                outcome(kind, own, remote, table),
                () -> kind + " " + remote + " " + table);
            count++;
          }
        }
      }
    }
    assertEquals(6 * 6 * 6 * 6, count);
  }

  /// The rules R1 to R5, as they are told: see `AccessRulesTest`, which has a test for each.
  private static Optional<AccessRight> granted(Map<AccessRight, Rule> table) {
    boolean namesNothing = table.values().stream().allMatch(rule -> rule == Rule.NONE);
    boolean namesNothingThatExists =
        table.values().stream().allMatch(rule -> rule == Rule.NONE || rule == Rule.MISSING);
    if (namesNothing || namesNothingThatExists) {
      return Optional.of(AccessRight.PEER);
    }
    return table.entrySet().stream()
        .filter(row -> row.getValue() == Rule.PERMIT)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Table 2 of the guide.
  private static Outcome expected(Kind kind, Optional<AccessRight> right) {
    boolean isPeer = right.equals(Optional.of(AccessRight.PEER));
    boolean mayTakeTime = right.isPresent() && right.get() != AccessRight.QUERY;
    boolean mayQuery = right.isPresent() && right.get() != AccessRight.SYNCHRONIZATION;
    Outcome dropped = new Outcome(List.of(), List.of(), true);
    return switch (kind) {
      case REQUEST -> mayTakeTime ? answered(PacketLayout.MODE_SERVER) : dropped;
      case CONTROL -> mayQuery ? answered(PacketLayout.MODE_CONTROL) : dropped;
      case ACTIVE -> {
        Outcome answered = answered(PacketLayout.MODE_SYMMETRIC_PASSIVE);
        // It is asked back, and does not answer.
        yield isPeer
            ? new Outcome(answered.answers(), List.of(RejectReason.NO_REPLY), false)
            : mayTakeTime ? answered : dropped;
      }
      case ANSWER ->
          isPeer
              ? new Outcome(List.of(), List.of(RejectReason.NONE), false)
              : new Outcome(List.of(), List.of(RejectReason.ACCESS), true);
      case BROADCAST ->
          isPeer ? new Outcome(List.of(), List.of(RejectReason.NONE), false) : dropped;
    };
  }

  private static Outcome answered(int mode) {
    return new Outcome(List.of(mode), List.of(), false);
  }

  private static Outcome outcome(
      Kind kind, InetAddress own, InetAddress remote, Map<AccessRight, Rule> table) {
    EngineLab lab = new EngineLab(11);
    EngineNode device = lab.node(own, 0, 0);
    device.apply(List.of(EngineLab.local(5), rules(remote, table)));
    return switch (kind) {
      case ACTIVE -> toStation(lab, device, remote, active());
      case REQUEST ->
          toStation(lab, device, remote, NtpPacketEncoder.encode(NtpPacket.request(4, 6, NONCE)));
      case CONTROL ->
          toStation(lab, device, remote, HexFormat.of().parseHex("160200010000000000000000"));
      case ANSWER -> toServer(lab, device, remote);
      case BROADCAST -> hearBroadcast(lab, device, remote);
    };
  }

  private static byte[] active() {
    byte[] packet = NtpPacketEncoder.encode(NtpPacket.request(4, 6, NONCE));
    packet[0] = PacketLayout.flags(3, 4, PacketLayout.MODE_SYMMETRIC_ACTIVE);
    return packet;
  }

  private static Outcome toStation(
      EngineLab lab, EngineNode device, InetAddress remote, byte[] packet) {
    Station station = lab.station(remote, device);
    station.send(packet);
    lab.run(4);
    List<Integer> answers = new ArrayList<>();
    station.received().forEach(answer -> answers.add(PacketLayout.mode(answer[0])));
    return new Outcome(answers, reasons(device), device.dropped(DropReason.ACCESS) > 0);
  }

  private static Outcome toServer(EngineLab lab, EngineNode device, InetAddress remote) {
    EngineNode server = lab.node(remote, 0, 0);
    server.apply(List.of(EngineLab.local(2)));
    lab.link(device, server);
    device.apply(List.of(EngineLab.association(remote, AssociationMode.CLIENT)));
    lab.run(20);
    return new Outcome(List.of(), reasons(device), device.dropped(DropReason.ACCESS) > 0);
  }

  private static Outcome hearBroadcast(EngineLab lab, EngineNode device, InetAddress remote) {
    boolean isIpv4 = remote instanceof Inet4Address;
    InetAddress group = InetAddress.ofLiteral(isIpv4 ? "255.255.255.255" : "ff24::1");
    EngineNode server = lab.node(remote, 0, 0);
    lab.link(device, server);
    device.apply(List.of(GroupTest.follower(group)));
    server.apply(List.of(EngineLab.local(2), GroupTest.server(group, 6, OptionalLong.empty())));
    lab.run(40);
    return new Outcome(List.of(), reasons(device), device.dropped(DropReason.ACCESS) > 0);
  }

  private static List<RejectReason> reasons(EngineNode device) {
    return device.status().associations().stream()
        .filter(row -> !row.config().key().address().toString().contains("127.127"))
        .map(row -> row.rejectReason())
        .toList();
  }

  private static EngineCommand rules(InetAddress remote, Map<AccessRight, Rule> table) {
    Map<AccessRight, Optional<AccessList>> lists = new EnumMap<>(AccessRight.class);
    table.forEach(
        (right, rule) -> {
          if (rule != Rule.NONE) {
            lists.put(right, list(remote, rule));
          }
        });
    // The other family denies everything, so whoever asks it finds nothing.
    Family asked = new Family(lists);
    Family other = new Family(Map.of(AccessRight.PEER, Optional.of(new AccessList(List.of()))));
    boolean isIpv4 = remote instanceof Inet4Address;
    return new EngineCommand.ConfigureAccess(
        new AccessRules(
            isIpv4 ? asked : other, isIpv4 ? other : asked, ControlQueryPolicy.BY_ACCESS_RIGHT));
  }

  private static Optional<AccessList> list(InetAddress remote, Rule rule) {
    boolean isIpv4 = remote instanceof Inet4Address;
    Prefix itself = new Prefix(remote, isIpv4 ? 32 : 128);
    Prefix around = new Prefix(remote, isIpv4 ? 24 : 64);
    Prefix elsewhere = new Prefix(InetAddress.ofLiteral(isIpv4 ? "198.51.100.0" : "2002::"), 24);
    return switch (rule) {
      case NONE, MISSING -> Optional.empty();
      case EMPTY -> Optional.of(new AccessList(List.of()));
      case PERMIT -> Optional.of(new AccessList(List.of(entry(true, around))));
      case DENY -> Optional.of(new AccessList(List.of(entry(false, itself), entry(true, around))));
      case NO_MATCH -> Optional.of(new AccessList(List.of(entry(true, elsewhere))));
    };
  }

  private static AccessEntry entry(boolean permits, Prefix source) {
    return new AccessEntry(permits, Optional.of(source), Optional.empty());
  }
}
