package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.packet.PacketLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Symmetric associations between engines (RFC 5905 section 3), as devices A and B of the guide.
class SymmetricTest {
  private static final InetAddress A = InetAddress.ofLiteral("3.0.1.31");
  private static final InetAddress B = InetAddress.ofLiteral("3.0.1.32");
  private final EngineLab lab = new EngineLab(7);

  private static EngineCommand peer(InetAddress address) {
    return EngineLab.association(address, AssociationMode.SYMMETRIC_ACTIVE);
  }

  private static AssociationStatus only(EngineNode node) {
    List<AssociationStatus> rows =
        node.status().associations().stream()
            .filter(row -> !row.config().key().address().toString().contains("127.127"))
            .toList();
    assertEquals(1, rows.size(), rows.toString());
    return rows.getFirst();
  }

  @Test
  void aPassivePeerFollowsTheActiveOneWithTheReference() {
    EngineNode a = lab.node(A, 0, 0);
    EngineNode b = lab.node(B, 0.05, 30e-6);
    lab.link(a, b);
    a.apply(List.of(EngineLab.local(2), peer(B)));
    lab.run(400);
    EngineStatus status = b.status();
    assertTrue(status.system().isSynchronized());
    assertEquals(3, status.system().stratum());
    AssociationStatus row = only(b);
    assertEquals(AssociationMode.SYMMETRIC_PASSIVE, row.config().key().mode());
    assertFalse(row.config().key().isConfigured());
    assertEquals(A, row.config().key().address());
    assertEquals(1, row.peerMode());
    assertEquals(Optional.of(row.config().key()), status.system().systemPeer());
    // Whose stratum is lower follows nobody's whose is higher.
    assertEquals(2, a.status().system().stratum());
    assertEquals(AssociationStatus.RejectReason.STRATUM, only(a).rejectReason());
    assertEquals(2, only(a).peerMode());
    assertEquals(255, only(a).reach());
    lab.run(3000);
    assertEquals(a.clock().error(), b.clock().error(), 30e-6);
  }

  @Test
  void theActivePeerFollowsThePassiveOneWithTheReference() {
    EngineNode a = lab.node(A, 0.05, -20e-6);
    EngineNode b = lab.node(B, 0, 0);
    lab.link(a, b);
    b.apply(List.of(EngineLab.local(2)));
    a.apply(List.of(peer(B)));
    lab.run(400);
    assertEquals(3, a.status().system().stratum());
    assertEquals(2, b.status().system().stratum());
    lab.run(3000);
    assertEquals(b.clock().error(), a.clock().error(), 30e-6);
  }

  @Test
  void twoActivePeersFindEachOtherAndFormNothingMore() {
    EngineNode a = lab.node(A, 0, 0);
    EngineNode b = lab.node(B, 0.05, 30e-6);
    lab.link(a, b);
    a.apply(List.of(EngineLab.local(2), peer(B)));
    b.apply(List.of(peer(A)));
    lab.run(600);
    assertEquals(3, b.status().system().stratum());
    assertEquals(AssociationMode.SYMMETRIC_ACTIVE, only(b).config().key().mode());
    assertEquals(1, only(a).peerMode());
    lab.run(3000);
    assertEquals(a.clock().error(), b.clock().error(), 30e-6);
  }

  @Test
  void aPassiveAssociationEndsTwelveMinutesAfterTheLastPacket() {
    EngineNode a = lab.node(A, 0, 0);
    EngineNode b = lab.node(B, 0, 0);
    lab.link(a, b);
    a.apply(List.of(EngineLab.local(2), peer(B)));
    lab.run(300);
    only(b);
    a.apply(
        List.of(
            new EngineCommand.Demobilize(
                new AssociationKey("", B, AssociationMode.SYMMETRIC_ACTIVE, true))));
    lab.run(300 + 640);
    only(b);
    lab.run(300 + 720 + 70);
    assertEquals(List.of(), b.status().associations());
    assertFalse(b.status().system().isSynchronized());
  }

  /// The other side takes us for its active peer: two passive ones would both wait for the other.
  @Test
  void aPassiveAssociationEndsWhenItsPeerIsPassiveToo() {
    EngineNode a = lab.node(A, 0, 0);
    EngineNode b = lab.node(B, 0, 0);
    lab.link(a, b);
    a.apply(List.of(EngineLab.local(2), peer(B)));
    lab.run(200);
    only(b);
    byte[] passive = new byte[PacketLayout.HEADER_LENGTH];
    passive[PacketLayout.FLAGS] = PacketLayout.flags(0, 4, PacketLayout.MODE_SYMMETRIC_PASSIVE);
    int port = EngineNode.SERVICE_PORT;
    lab.network()
        .send(
            new Datagram(new InetSocketAddress(A, port), new InetSocketAddress(B, port), passive));
    lab.run(201);
    assertEquals(List.of(), b.status().associations());
    // The active one goes on, and so forms it anew.
    lab.run(300);
    only(b);
  }

  @Test
  void aPairDoesNotPlayPingPong() {
    EngineNode a = lab.node(A, 0, 0);
    EngineNode b = lab.node(B, 0, 0);
    lab.link(a, b);
    a.apply(List.of(EngineLab.local(2), peer(B)));
    lab.run(1000);
    long before = a.sent() + b.sent();
    lab.run(2000);
    assertTrue(a.sent() + b.sent() - before <= 4 * (1000 / 64 + 4), "a storm");
  }

  @Test
  void thereAreNoMoreDynamicAssociationsThanAllowed() {
    EngineNode b = lab.node(B, 0, 0);
    b.apply(List.of(EngineLab.service(2)));
    for (int host = 1; host <= 4; host++) {
      EngineNode a = lab.node(InetAddress.ofLiteral("3.0.2." + host), 0, 0);
      lab.link(a, b);
      a.apply(List.of(EngineLab.local(host), peer(B)));
    }
    lab.run(200);
    assertEquals(2, b.status().associations().size());
    List<EngineEvent.DynamicSessionLimit> told =
        b.events().stream()
            .filter(EngineEvent.DynamicSessionLimit.class::isInstance)
            .map(EngineEvent.DynamicSessionLimit.class::cast)
            .toList();
    assertEquals(1, told.size());
    assertEquals(2, told.getFirst().limit());
    // Lowering the limit ends none.
    b.apply(List.of(EngineLab.service(0)));
    lab.run(300);
    assertEquals(2, b.status().associations().size());
  }
}
