package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Symmetric associations between engines (RFC 5905 section 3), as devices A and B of the guide.
class SymmetricTest {
  private static final InetAddress A = InetAddress.ofLiteral("3.0.1.31");
  private static final InetAddress B = InetAddress.ofLiteral("3.0.1.32");
  private static final Delay PATH = new Delay.Exponential(1e-4, 1e-5);

  private final SplittableGenerator random =
      RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(7);
  private final Simulation simulation = new Simulation();
  private final SimulatedNetwork network = new SimulatedNetwork(simulation, random.split());

  private EngineNode node(InetAddress address, double offset, double frequency) {
    EngineNode node =
        new EngineNode(
            address,
            new SimulatedClock(offset, frequency, 1e-9, random.split()),
            network,
            random.split());
    simulation.add(node);
    node.apply(List.of(service(100)));
    return node;
  }

  private static EngineCommand service(int maxDynamicSessions) {
    return new EngineCommand.ConfigureService(
        new ServiceConfig(true, EngineNode.SERVICE_PORT, true, maxDynamicSessions));
  }

  private static EngineCommand local(int stratum) {
    return new EngineCommand.SetLocalReference(
        Optional.of(
            new LocalReferenceConfig(
                (Inet4Address) InetAddress.ofLiteral("127.127.1.0"), stratum)));
  }

  private static EngineCommand peer(InetAddress address) {
    return new EngineCommand.Mobilize(
        new AssociationConfig(
            new AssociationKey("", address, AssociationMode.SYMMETRIC_ACTIVE, true),
            EngineNode.SERVICE_PORT,
            4,
            new PollExponent(6),
            new PollExponent(10),
            false,
            false,
            false));
  }

  private void link(EngineNode a, EngineNode b, Delay delay) {
    network.link(a.address(), b.address(), delay);
    network.link(b.address(), a.address(), delay);
  }

  private void run(int until) {
    simulation.run(until, _ -> {});
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
    EngineNode a = node(A, 0, 0);
    EngineNode b = node(B, 0.05, 30e-6);
    link(a, b, PATH);
    a.apply(List.of(local(2), peer(B)));
    run(400);
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
    run(3000);
    assertEquals(a.clock().error(), b.clock().error(), 30e-6);
  }

  @Test
  void theActivePeerFollowsThePassiveOneWithTheReference() {
    EngineNode a = node(A, 0.05, -20e-6);
    EngineNode b = node(B, 0, 0);
    link(a, b, PATH);
    b.apply(List.of(local(2)));
    a.apply(List.of(peer(B)));
    run(400);
    assertEquals(3, a.status().system().stratum());
    assertEquals(2, b.status().system().stratum());
    run(3000);
    assertEquals(b.clock().error(), a.clock().error(), 30e-6);
  }

  @Test
  void twoActivePeersFindEachOtherAndFormNothingMore() {
    EngineNode a = node(A, 0, 0);
    EngineNode b = node(B, 0.05, 30e-6);
    link(a, b, PATH);
    a.apply(List.of(local(2), peer(B)));
    b.apply(List.of(peer(A)));
    run(600);
    assertEquals(3, b.status().system().stratum());
    assertEquals(AssociationMode.SYMMETRIC_ACTIVE, only(b).config().key().mode());
    assertEquals(1, only(a).peerMode());
    run(3000);
    assertEquals(a.clock().error(), b.clock().error(), 30e-6);
  }

  @Test
  void aPassiveAssociationEndsTwelveMinutesAfterTheLastPacket() {
    EngineNode a = node(A, 0, 0);
    EngineNode b = node(B, 0, 0);
    link(a, b, PATH);
    a.apply(List.of(local(2), peer(B)));
    run(300);
    only(b);
    a.apply(
        List.of(
            new EngineCommand.Demobilize(
                new AssociationKey("", B, AssociationMode.SYMMETRIC_ACTIVE, true))));
    run(300 + 640);
    only(b);
    run(300 + 720 + 70);
    assertEquals(List.of(), b.status().associations());
    assertFalse(b.status().system().isSynchronized());
  }

  @Test
  void aPairDoesNotPlayPingPong() {
    EngineNode a = node(A, 0, 0);
    EngineNode b = node(B, 0, 0);
    link(a, b, PATH);
    a.apply(List.of(local(2), peer(B)));
    run(1000);
    long before = a.sent() + b.sent();
    run(2000);
    assertTrue(a.sent() + b.sent() - before <= 4 * (1000 / 64 + 4), "a storm");
  }

  @Test
  void thereAreNoMoreDynamicAssociationsThanAllowed() {
    EngineNode b = node(B, 0, 0);
    b.apply(List.of(service(2)));
    for (int host = 1; host <= 4; host++) {
      EngineNode a = node(InetAddress.ofLiteral("3.0.2." + host), 0, 0);
      link(a, b, PATH);
      a.apply(List.of(local(host), peer(B)));
    }
    run(200);
    assertEquals(2, b.status().associations().size());
    List<EngineEvent.DynamicSessionLimit> told =
        b.events().stream()
            .filter(EngineEvent.DynamicSessionLimit.class::isInstance)
            .map(EngineEvent.DynamicSessionLimit.class::cast)
            .toList();
    assertEquals(1, told.size());
    assertEquals(2, told.getFirst().limit());
    // Lowering the limit ends none.
    b.apply(List.of(service(0)));
    run(300);
    assertEquals(2, b.status().associations().size());
  }
}
