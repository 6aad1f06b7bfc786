package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.EngineCommand;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several engines that depend on each other, within the limits that are usual for simulated NTP
/// clients.
class RobustNetworksTest {
  private static final Delay PATH = new Delay.Exponential(1e-4, 1e-4);
  private final EngineLab lab = new EngineLab(5);

  private EngineNode node(int layer, int number, double offset, double frequency) {
    return lab.node(InetAddress.ofLiteral("3." + layer + ".4." + number), offset, frequency);
  }

  private EngineNode primary(int number) {
    EngineNode primary = node(1, number, 0, 0);
    primary.apply(List.of(EngineLab.local(1)));
    return primary;
  }

  private EngineNode fast() {
    return node(2, 1, 0.1, 1e-4);
  }

  private EngineNode slow() {
    return node(2, 2, -0.1, -5e-5);
  }

  private static EngineCommand follow(EngineNode server) {
    return EngineLab.association(server.address(), AssociationMode.CLIENT);
  }

  private static EngineCommand peer(EngineNode other, int poll) {
    return EngineLab.association(
        other.address(), AssociationMode.SYMMETRIC_ACTIVE, OptionalLong.empty(), poll, poll);
  }

  /// Runs, and checks one node from the second that it was started at.
  private void check(EngineNode node, int since, int until, SynchronyLimits limits) {
    double[] errors = new double[until];
    double[] rates = new double[until];
    lab.run(
        until,
        second -> {
          errors[second] = node.clock().error();
          rates[second] = node.clock().frequencyError();
        });
    limits.check(errors, rates, since);
  }

  private void followAll(List<EngineNode> clients, List<EngineNode> servers) {
    for (EngineNode client : clients) {
      servers.forEach(server -> lab.link(client, server, PATH));
      client.apply(servers.stream().map(RobustNetworksTest::follow).toList());
    }
  }

  @Test
  void aClientOfThreeStrataOfFourServers() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
    List<EngineNode> above = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      above.add(primary(i));
    }
    for (int stratum = 2; stratum <= 3; stratum++) {
      List<EngineNode> servers = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        servers.add(node(stratum, i, random.nextDouble(-0.1, 0.1), random.nextDouble(-1e-4, 1e-4)));
      }
      followAll(servers, above);
      above = servers;
    }
    EngineNode client = node(9, 1, 0.1, 1e-4);
    List<EngineNode> servers = above;
    lab.at(2000, () -> followAll(List.of(client), servers));
    check(client, 2000, 10_000, SynchronyLimits.USUAL.by(300).offsets(1e-3, 5e-4));
  }

  @Test
  void peersOfWhichOneAtATimeReachesTheServer() {
    EngineNode server = primary(1);
    EngineNode a = fast();
    EngineNode b = slow();
    lab.link(a, server, new Delay.Intermittent(PATH, 0, 1000, 2000));
    lab.link(b, server, new Delay.Intermittent(PATH, 1000, 2000, 2000));
    lab.link(a, b, PATH);
    a.apply(List.of(follow(server), peer(b, 6)));
    b.apply(List.of(follow(server), peer(a, 6)));
    check(b, 0, 10_000, SynchronyLimits.USUAL.by(1000).rates(1e-3, 1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void peersThatPollUnequally(int poll) {
    EngineNode server = primary(1);
    EngineNode a = fast();
    EngineNode b = slow();
    lab.link(a, server, PATH);
    lab.link(a, b, PATH);
    a.apply(List.of(follow(server), peer(b, poll)));
    b.apply(List.of(peer(a, 5)));
    check(b, 0, 10_000, SynchronyLimits.USUAL.by(450).rates(1e-3, 1e-5));
  }

  @Test
  void aPeerBehindAPathThatLosesAThird() {
    EngineNode server = primary(1);
    EngineNode a = fast();
    EngineNode b = slow();
    Delay lossy = new Delay.Lossy(PATH, 0.33);
    lab.link(a, server, lossy);
    lab.link(a, b, lossy);
    a.apply(List.of(follow(server)));
    b.apply(List.of(peer(a, 6)));
    a.apply(List.of(peer(b, 6)));
    check(b, 0, 20_000, SynchronyLimits.USUAL.by(10_000));
    assertTrue(b.status().system().isSynchronized());
  }
}
