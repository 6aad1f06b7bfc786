package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import io.chronoconf.ntp.access.PortRange;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.access.TrafficClassMatch;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Access rights with packets between two engines.
class AccessTest {
  private static final InetAddress A = InetAddress.ofLiteral("1.0.1.11");
  private static final InetAddress B = InetAddress.ofLiteral("1.0.1.12");

  private static final InetAddress STATION = InetAddress.ofLiteral("1.0.1.77");
  private static final Optional<Prefix> ANYWHERE = Optional.empty();
  private static final byte[] REQUEST =
      NtpPacketEncoder.encode(NtpPacket.request(4, 6, new NtpTimestamp(77)));

  private final EngineLab lab = new EngineLab(5);
  private final EngineNode a = lab.node(A, 0, 0);
  private final EngineNode b = lab.node(B, 0.02, 0);
  private int until;

  private void run(int until) {
    lab.link(a, b);
    lab.run(until);
  }

  /// Grants one right to everybody and nothing else.
  private static EngineCommand only(AccessRight right) {
    return grant(right, new AccessEntry(true, Optional.empty(), Optional.empty()));
  }

  private static EngineCommand grant(AccessRight right, AccessEntry... entries) {
    return new EngineCommand.ConfigureAccess(
        new AccessRules(
            new Family(Map.of(right, Optional.of(new AccessList(List.of(entries))))),
            new Family(Map.of()),
            ControlQueryPolicy.BY_ACCESS_RIGHT));
  }

  @ParameterizedTest
  @CsvSource({"PEER, true", "SERVER, true", "SYNCHRONIZATION, true", "QUERY, false"})
  void aServerAnswersWhoMayTakeTime(AccessRight right, boolean isAnswered) {
    a.apply(List.of(EngineLab.local(2), only(right)));
    b.apply(List.of(EngineLab.association(A, AssociationMode.CLIENT)));
    run(60);
    assertEquals(isAnswered, b.status().system().isSynchronized());
  }

  @ParameterizedTest
  @CsvSource({"PEER, true", "SERVER, false", "SYNCHRONIZATION, false", "QUERY, false"})
  void aClientFollowsWhoMaySynchronizeIt(AccessRight right, boolean follows) {
    a.apply(List.of(EngineLab.local(2)));
    b.apply(List.of(only(right), EngineLab.association(A, AssociationMode.CLIENT)));
    run(60);
    assertEquals(follows, b.status().system().isSynchronized());
    assertEquals(
        follows ? RejectReason.NONE : RejectReason.ACCESS,
        b.status().associations().getFirst().rejectReason());
  }

  @ParameterizedTest
  @CsvSource({"PEER, 1", "SERVER, 0", "SYNCHRONIZATION, 0", "QUERY, 0"})
  void aPassiveAssociationNeedsTheHighestRight(AccessRight right, int formed) {
    a.apply(
        List.of(EngineLab.local(2), EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    b.apply(List.of(only(right)));
    run(60);
    assertEquals(formed, b.status().associations().size());
  }

  @ParameterizedTest
  @CsvSource({"PEER, true", "SERVER, true", "SYNCHRONIZATION, true", "QUERY, false"})
  void anActivePeerMayTakeTimeWithoutAnAssociation(AccessRight right, boolean follows) {
    a.apply(List.of(EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    b.apply(List.of(EngineLab.local(2), only(right)));
    run(600);
    assertEquals(follows, a.status().system().isSynchronized());
  }

  @ParameterizedTest
  @CsvSource({"PEER, true", "SERVER, true", "QUERY, false"})
  void aConfiguredPeerIsAnsweredThoughItIsNotFollowed(AccessRight right, boolean follows) {
    a.apply(List.of(EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    b.apply(
        List.of(
            EngineLab.local(2),
            only(right),
            EngineLab.association(A, AssociationMode.SYMMETRIC_ACTIVE)));
    run(900);
    assertEquals(follows, a.status().system().isSynchronized());
  }

  private boolean isAnswered(Station station, int port, int trafficClass) {
    int before = station.received().size();
    station.send(REQUEST, port, trafficClass);
    until += 2;
    lab.run(until);
    return station.received().size() > before;
  }

  @Test
  void aChangedListHoldsFromTheNextPacketOn() {
    Station station = lab.station(STATION, b);
    AccessEntry itself = new AccessEntry(true, Optional.of(new Prefix(STATION, 32)), ANYWHERE);
    AccessEntry not = new AccessEntry(false, Optional.of(new Prefix(STATION, 32)), ANYWHERE);
    b.apply(List.of(grant(AccessRight.SERVER, itself)));
    assertTrue(isAnswered(station, 123, 0));
    b.apply(List.of(grant(AccessRight.SERVER, not, itself)));
    assertFalse(isAnswered(station, 123, 0));
    b.apply(List.of(grant(AccessRight.SERVER, itself, not)));
    assertTrue(isAnswered(station, 123, 0));
    b.apply(List.of(grant(AccessRight.SERVER)));
    assertFalse(isAnswered(station, 123, 0), "an empty list");
    b.apply(List.of(new EngineCommand.ConfigureAccess(AccessRules.NONE)));
    assertTrue(isAnswered(station, 123, 0));
  }

  @Test
  void listsSeePortsAndMarks() {
    Station station = lab.station(STATION, b);
    b.apply(
        List.of(
            grant(
                AccessRight.SYNCHRONIZATION,
                new AccessEntry(
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    PortRange.atLeast(1024),
                    PortRange.only(EngineNode.SERVICE_PORT),
                    TrafficClassMatch.ANY.withDscp(46)))));
    assertTrue(isAnswered(station, 1024, 46 << 2));
    assertTrue(isAnswered(station, 1024, (46 << 2) | 1), "whatever the congestion");
    assertFalse(isAnswered(station, 1023, 46 << 2));
    assertFalse(isAnswered(station, 1024, 45 << 2));
    b.apply(
        List.of(
            grant(
                AccessRight.SYNCHRONIZATION,
                new AccessEntry(
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    PortRange.ANY,
                    PortRange.allBut(EngineNode.SERVICE_PORT),
                    TrafficClassMatch.ANY))));
    assertFalse(isAnswered(station, 1024, 46 << 2));
  }

  @Test
  void aDynamicAssociationThatLostItsRightEndsAtItsNextPacket() {
    a.apply(
        List.of(EngineLab.local(2), EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    run(600);
    b.apply(List.of(only(AccessRight.QUERY)));
    long sent = a.sent();
    int second = 600;
    while (a.sent() == sent) {
      assertEquals(1, b.status().associations().size(), "no packet has come yet");
      lab.run(++second);
    }
    lab.run(second + 1);
    assertEquals(List.of(), b.status().associations());
  }

  @Test
  void aStaticAssociationThatLostItsRightIsNotUsed() {
    a.apply(List.of(EngineLab.local(2)));
    b.apply(List.of(EngineLab.association(A, AssociationMode.CLIENT)));
    run(200);
    assertEquals(RejectReason.NONE, reason());
    b.apply(List.of(only(AccessRight.SERVER)));
    run(400);
    assertEquals(RejectReason.ACCESS, reason());
    assertFalse(b.status().system().isSynchronized());
    assertTrue(b.dropped(DropReason.ACCESS) > 0);
    b.apply(List.of(only(AccessRight.PEER)));
    run(800);
    assertEquals(RejectReason.NONE, reason());
    assertTrue(b.status().system().isSynchronized());
  }

  private RejectReason reason() {
    return b.status().associations().getFirst().rejectReason();
  }

  @Test
  void whoLosesTheRightLosesIt() {
    a.apply(
        List.of(EngineLab.local(2), EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    run(200);
    assertTrue(b.status().system().isSynchronized());
    b.apply(List.of(only(AccessRight.SERVER)));
    run(300);
    assertFalse(b.status().system().isSynchronized());
    assertEquals(List.of(), b.status().associations());
    b.apply(List.of(new EngineCommand.ConfigureAccess(AccessRules.NONE)));
    run(600);
    assertTrue(b.status().system().isSynchronized());
  }
}
