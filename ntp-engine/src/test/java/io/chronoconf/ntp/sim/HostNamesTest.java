package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Servers that are known by name.
class HostNamesTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress FIRST = InetAddress.ofLiteral("192.0.2.11");
  private static final InetAddress SECOND = InetAddress.ofLiteral("192.0.2.12");
  private static final InetAddress THIRD = InetAddress.ofLiteral("192.0.2.13");
  private static final String NAME = "time.example.net";

  private final EngineLab lab = new EngineLab(5);
  private final EngineNode client = lab.node(CLIENT, 0.02, 10e-6);

  private static HostConfig host(String name, int most, boolean prefer) {
    return new HostConfig(
        new AssociationConfig(
                new AssociationKey(
                    "", InetAddress.ofLiteral("0.0.0.0"), AssociationMode.CLIENT, true),
                EngineNode.SERVICE_PORT,
                4,
                new PollExponent(6),
                new PollExponent(6),
                false,
                true,
                prefer)
            .withHostName(name),
        AddressFamily.IPV4,
        most);
  }

  private static EngineCommand hosts(HostConfig... hosts) {
    return new EngineCommand.ConfigureHosts(List.of(hosts));
  }

  private EngineNode server(InetAddress address) {
    EngineNode server = lab.node(address, 0, 0);
    server.apply(List.of(EngineLab.local(1)));
    lab.link(server, client);
    return server;
  }

  private AssociationStatus only() {
    assertEquals(1, client.status().associations().size());
    return client.status().associations().getFirst();
  }

  @Test
  void aNameWithoutAnAddressIsAskedForAgainAndAgainButEverMoreSeldom() {
    client.apply(List.of(hosts(host(NAME, 1, false))));
    lab.run(100);
    assertTrue(only().config().key().address().isAnyLocalAddress());
    assertEquals(Optional.of(NAME), only().config().hostName());
    assertEquals(List.of("the name " + NAME + " is not known"), client.status().degraded());
    // After 0, 2, 6, 14, 30 and 62 s.
    assertEquals(6, client.resolutions());
    server(FIRST);
    client.name(NAME, List.of(FIRST));
    lab.run(200);
    assertEquals(FIRST, only().config().key().address());
    assertEquals(List.of(), client.status().degraded());
    assertTrue(client.status().system().isSynchronized());
  }

  @Test
  void aServerThatAnswersIsNotLookedUpAgain() {
    server(FIRST);
    client.name(NAME, List.of(FIRST));
    client.apply(List.of(hosts(host(NAME, 1, false))));
    lab.run(20_000);
    assertEquals(1, client.resolutions());
  }

  @Test
  void aServerThatFallsSilentIsLookedUpAndItsNewAddressIsANewAssociation() {
    EngineNode first = server(FIRST);
    server(SECOND);
    client.name(NAME, List.of(FIRST));
    client.apply(List.of(hosts(host(NAME, 1, false))));
    lab.run(1000);
    int before = only().id();
    first.apply(List.of(EngineLab.off()));
    client.name(NAME, List.of(SECOND));
    lab.run(2500);
    assertEquals(SECOND, only().config().key().address());
    assertTrue(only().id() > before);
    assertEquals(255, only().reach());
  }

  @Test
  void aServerThatIsSilentForAWhileAndHasNoOtherAddressIsKept() {
    EngineNode first = server(FIRST);
    client.name(NAME, List.of(FIRST));
    client.apply(List.of(hosts(host(NAME, 1, false))));
    lab.run(1000);
    int before = only().id();
    first.apply(List.of(EngineLab.off()));
    lab.run(3000);
    assertEquals(before, only().id());
    // It is asked for every now and then, no more.
    assertTrue(client.resolutions() < 30, client.resolutions() + " resolutions");
  }

  @Test
  void aPoolHasAsManyAssociationsAsItMayAndFillsUpWhenOneFallsSilent() {
    EngineNode first = server(FIRST);
    server(SECOND);
    server(THIRD);
    client.name(NAME, List.of(FIRST, SECOND, THIRD));
    client.apply(List.of(hosts(host(NAME, 2, false))));
    lab.run(500);
    assertEquals(2, client.status().associations().size());
    first.apply(List.of(EngineLab.off()));
    lab.run(2500);
    assertEquals(
        List.of(SECOND, THIRD),
        client.status().associations().stream().map(row -> row.config().key().address()).toList());
  }

  @Test
  void otherSettingsKeepTheAssociationAndAnotherNameDoesNot() {
    server(FIRST);
    client.name(NAME, List.of(FIRST));
    client.name("other.example.net", List.of(FIRST));
    client.apply(List.of(hosts(host(NAME, 1, false))));
    lab.run(500);
    int before = only().id();
    int reach = only().reach();
    client.apply(List.of(hosts(host(NAME, 1, true))));
    assertEquals(before, only().id());
    assertEquals(reach, only().reach());
    assertTrue(only().config().prefer());
    client.apply(List.of(hosts(host("other.example.net", 1, false))));
    lab.run(600);
    assertTrue(only().id() > before);
    client.apply(List.of(hosts()));
    assertEquals(List.of(), client.status().associations());
  }

  @Test
  void twoNamesOfOneAddressAreOneAssociation() {
    server(FIRST);
    client.name(NAME, List.of(FIRST));
    client.name("other.example.net", List.of(FIRST));
    client.apply(List.of(hosts(host(NAME, 1, false), host("other.example.net", 1, false))));
    lab.run(100);
    assertEquals(
        1,
        client.status().associations().stream()
            .filter(row -> row.config().key().address().equals(FIRST))
            .count());
  }
}
