package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.ManycastSearch;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Broadcast, multicast and manycast between engines (RFC 5905 section 3).
class GroupTest {
  private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");
  private static final InetAddress GROUP = InetAddress.ofLiteral("224.0.1.1");
  private static final InetAddress SERVER = InetAddress.ofLiteral("3.0.1.31");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("3.0.1.32");
  private final EngineLab lab = new EngineLab(11);

  static EngineCommand server(InetAddress to, int poll, OptionalLong keyId) {
    PollExponent interval = new PollExponent(poll);
    return new EngineCommand.Mobilize(
        new AssociationConfig(
            new AssociationKey(
                "", EngineNode.INTERFACE, to, AssociationMode.BROADCAST_SERVER, true),
            EngineNode.SERVICE_PORT,
            4,
            interval,
            interval,
            false,
            false,
            false,
            keyId,
            Optional.empty(),
            1));
  }

  static EngineCommand follower(InetAddress address) {
    boolean isBroadcast = !address.isMulticastAddress();
    return interfaces(isBroadcast, isBroadcast ? Set.of() : Set.of(address), Set.of(), true);
  }

  private static EngineCommand interfaces(
      boolean broadcasts, Set<InetAddress> followed, Set<InetAddress> answered, boolean isOpen) {
    return new EngineCommand.ConfigureInterfaces(
        List.of(
            new InterfaceConfig(
                "", EngineNode.INTERFACE, isOpen, true, broadcasts, followed, answered)));
  }

  private static EngineCommand search(int enough, int most) {
    return new EngineCommand.Mobilize(
        new AssociationConfig(
                new AssociationKey("", EngineNode.INTERFACE, GROUP, AssociationMode.CLIENT, true),
                EngineNode.SERVICE_PORT,
                4,
                new PollExponent(6),
                new PollExponent(10),
                false,
                false,
                false,
                OptionalLong.empty(),
                Optional.empty(),
                0)
            .withSearch(new ManycastSearch(enough, most, new PollExponent(8), 16)));
  }

  private static List<AssociationStatus> rows(EngineNode node, AssociationMode mode) {
    return node.status().associations().stream()
        .filter(row -> row.config().key().mode() == mode)
        .filter(row -> !row.config().key().address().isMulticastAddress())
        .toList();
  }

  private static AssociationStatus broadcastClient(EngineNode node) {
    List<AssociationStatus> rows = rows(node, AssociationMode.BROADCAST_CLIENT);
    assertEquals(1, rows.size(), rows.toString());
    return rows.getFirst();
  }

  @ParameterizedTest
  @CsvSource({"255.255.255.255", "224.0.1.1", "ff24::1"})
  void aClientMeasuresThePathAndThenListens(String to) {
    boolean isIpv6 = to.contains(":");
    InetAddress group = InetAddress.ofLiteral(to);
    EngineNode server = lab.node(isIpv6 ? InetAddress.ofLiteral("3000::31") : SERVER, 0, 0);
    EngineNode client = lab.node(isIpv6 ? InetAddress.ofLiteral("3000::32") : CLIENT, 0.05, 30e-6);
    lab.link(server, client);
    client.apply(List.of(follower(group)));
    server.apply(List.of(EngineLab.local(2), server(group, 6, OptionalLong.empty())));
    lab.run(120);
    AssociationStatus row = broadcastClient(client);
    assertEquals(server.address(), row.config().key().address());
    assertFalse(row.config().key().isConfigured());
    assertEquals(5, row.peerMode());
    // The volley and the broadcast that came after it: no poll is missing.
    assertEquals(3, row.reach());
    assertTrue(client.status().system().isSynchronized());
    assertEquals(3, client.status().system().stratum());
    assertEquals(Optional.of(row.config().key()), client.status().system().systemPeer());
    long questions = client.sent();
    assertTrue(questions <= 8, questions + " questions");
    lab.run(3000);
    // One for eight broadcasts, and ten if one of them came late.
    long later = client.sent() - questions;
    assertTrue(later >= 5 && later <= 15, later + " questions later");
    assertEquals(255, broadcastClient(client).reach());
    assertEquals(server.clock().error(), client.clock().error(), 60e-6);
  }

  @Test
  void aServerThatIsNotSynchronizedIsSilentAndSpeaksAsSoonAsItIs() {
    EngineNode server = lab.node(SERVER, 0, 0);
    EngineNode client = lab.node(CLIENT, 0.05, 0);
    lab.link(server, client);
    client.apply(List.of(follower(BROADCAST)));
    server.apply(List.of(server(BROADCAST, 6, OptionalLong.empty())));
    lab.run(200);
    assertEquals(0, server.sent());
    assertEquals(List.of(), client.status().associations());
    server.apply(List.of(EngineLab.local(2)));
    lab.run(202);
    assertEquals(1, server.sent());
  }

  @Test
  void broadcastsComeAtTheConfiguredPaceWhetherHeardOrNot() {
    EngineNode server = lab.node(SERVER, 0, 0);
    server.apply(List.of(EngineLab.local(2), server(BROADCAST, 5, OptionalLong.empty())));
    lab.run(32 * 100 + 16);
    assertEquals(101, server.sent());
  }

  @Test
  void anAssociationEndsInSilenceAndComesBack() {
    EngineNode server = lab.node(SERVER, 0, 0);
    EngineNode client = lab.node(CLIENT, 0.05, 0);
    lab.link(server, client);
    client.apply(List.of(follower(BROADCAST)));
    server.apply(List.of(EngineLab.local(2), server(BROADCAST, 6, OptionalLong.empty())));
    lab.run(300);
    broadcastClient(client);
    server.setInterface(false);
    lab.run(300 + 600);
    assertEquals(0, broadcastClient(client).reach());
    lab.run(300 + 720 + 70);
    assertEquals(List.of(), client.status().associations());
    assertFalse(client.status().system().isSynchronized());
    server.setInterface(true);
    lab.run(1200);
    broadcastClient(client);
    assertTrue(client.status().system().isSynchronized());
  }

  @Test
  void nobodyFollowsItselfOrWhatItWasNotToldToFollow() {
    EngineNode server = lab.node(SERVER, 0, 0);
    EngineNode other = lab.node(CLIENT, 0, 0);
    lab.link(server, other);
    lab.link(server, server);
    server.apply(
        List.of(
            follower(BROADCAST), EngineLab.local(2), server(BROADCAST, 6, OptionalLong.empty())));
    other.apply(List.of(follower(GROUP)));
    lab.run(400);
    assertEquals(List.of(), rows(server, AssociationMode.BROADCAST_CLIENT));
    assertEquals(List.of(), other.status().associations());
  }

  @Test
  void anInterfaceThatIsClosedTakesNothingAndCountsIt() {
    EngineNode server = lab.node(SERVER, 0, 0);
    EngineNode client = lab.node(CLIENT, 0.05, 0);
    lab.link(server, client);
    client.apply(List.of(interfaces(true, Set.of(), Set.of(), false)));
    server.apply(List.of(EngineLab.local(2), server(BROADCAST, 6, OptionalLong.empty())));
    lab.run(200);
    assertEquals(List.of(), client.status().associations());
    assertEquals(4, client.status().counters().dropped());
    client.apply(List.of(interfaces(true, Set.of(), Set.of(), true)));
    lab.run(400);
    broadcastClient(client);
  }

  @Test
  void aSearchFindsServersOfLowerStratumUntilThereAreEnough() {
    EngineNode client = lab.node(CLIENT, 0.05, 20e-6);
    for (int host = 1; host <= 4; host++) {
      EngineNode server = lab.node(InetAddress.ofLiteral("3.0.2." + host), 0, 0);
      lab.link(server, client);
      server.apply(List.of(EngineLab.local(2), interfaces(false, Set.of(), Set.of(GROUP), true)));
    }
    EngineNode deaf = lab.node(InetAddress.ofLiteral("3.0.2.9"), 0, 0);
    lab.link(deaf, client);
    deaf.apply(List.of(interfaces(false, Set.of(), Set.of(GROUP), true)));
    client.apply(List.of(search(3, 3)));
    lab.run(600);
    List<AssociationStatus> found = rows(client, AssociationMode.CLIENT);
    assertEquals(3, found.size(), "no more than asked for");
    assertTrue(found.stream().noneMatch(row -> row.config().key().isConfigured()));
    assertTrue(client.status().system().isSynchronized());
    assertEquals(3, client.status().system().stratum());
    AssociationStatus search =
        client.status().associations().stream()
            .filter(row -> row.config().key().address().equals(GROUP))
            .findFirst()
            .orElseThrow();
    long asked = search.counters().sent();
    assertTrue(asked <= 3, asked + " questions to the group");
    lab.run(3000);
    assertEquals(client.clock().error(), 0, 60e-6);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "16,true", "6,true", "5,false", "1,false"})
  void onlyWhoHasALowerStratumAnswersASearch(int askersStratum, boolean isAnswered) {
    EngineNode server = lab.node(SERVER, 0, 0);
    Station asker = lab.station(CLIENT, server);
    lab.link(CLIENT, SERVER);
    server.apply(List.of(EngineLab.local(5), interfaces(false, Set.of(), Set.of(GROUP), true)));
    byte[] question = NtpPacketEncoder.encode(NtpPacket.request(4, 6, new NtpTimestamp(77)));
    question[PacketLayout.STRATUM] = (byte) askersStratum;
    lab.network()
        .send(
            new Datagram(
                new InetSocketAddress(CLIENT, 50_000),
                new InetSocketAddress(GROUP, EngineNode.SERVICE_PORT),
                question));
    lab.run(2);
    assertEquals(isAnswered ? 1 : 0, asker.received().size());
  }

  @Test
  void aSearchGoesOnFurtherAndFurtherAndThenMoreSeldom() {
    EngineNode client = lab.node(CLIENT, 0, 0);
    client.apply(List.of(search(1, 3)));
    lab.run(16 * 5 + 4);
    assertEquals(List.of(1, 2, 4, 8, 16), client.ttls().subList(0, 5));
    lab.run(5000);
    // Rings of 16 s, then 64, 128 and 256 s, then anew: 11 in 528 s at most.
    assertTrue(client.sent() < 120, client.sent() + " questions");
    assertTrue(client.ttls().lastIndexOf(1) > 5, "it begins anew");
  }
}
