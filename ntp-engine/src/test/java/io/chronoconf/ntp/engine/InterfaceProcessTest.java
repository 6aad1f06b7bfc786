package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Where packets leave from, and what is listened to, by what the host has.
class InterfaceProcessTest {
  private static final Now START =
      new Now(new MonotonicTime(0), new NtpTimestamp(0xe900_0000_0000_0000L));
  private static final int PORT = 123;

  private final InterfaceProcess process = new InterfaceProcess();
  private final List<Output> outputs = new ArrayList<>();

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static HostInterface device(int index, String name, boolean isUp, String... addresses) {
    return device(index, name, "", 0, isUp, addresses);
  }

  private static HostInterface device(
      int index, String name, String kind, int master, boolean isUp, String... addresses) {
    return new HostInterface(
        index,
        name,
        kind,
        isUp,
        isUp,
        false,
        true,
        true,
        master,
        0,
        1500,
        "",
        HostInterface.Statistics.NONE,
        Arrays.stream(addresses)
            .map(
                text ->
                    new HostAddress(
                        ip(text),
                        24,
                        text.contains(":")
                            ? Optional.empty()
                            : Optional.of(ip(text.replaceAll("[0-9]+$", "255"))),
                        true))
            .toList());
  }

  private void host(HostInterface... devices) {
    process.changed(
        new HostNetwork(
            Map.of("", List.of(devices), "vpn1", List.of(device(1, "eth0", true, "10.9.0.1")))));
  }

  private static InterfaceConfig listener(String name) {
    return new InterfaceConfig(
        "", name, true, true, true, Set.of(ip("224.0.1.1")), Set.of(ip("ff24::2")));
  }

  private List<GroupSocket> listened() {
    process.apply(true, outputs);
    return outputs.stream()
        .filter(Output.Listen.class::isInstance)
        .map(Output.Listen.class::cast)
        .reduce((_, last) -> last)
        .map(Output.Listen::groups)
        .orElse(List.of());
  }

  private static Association association(AssociationKey key, Optional<String> source, int ttl) {
    AssociationConfig config =
        new AssociationConfig(
            key,
            PORT,
            4,
            new PollExponent(6),
            new PollExponent(6),
            false,
            false,
            false,
            OptionalLong.empty(),
            source,
            ttl);
    return new Association(1, config, -20, START, RandomGenerator.getDefault());
  }

  private static Association server(String address, String source) {
    return association(
        new AssociationKey("", ip(address), AssociationMode.CLIENT, true),
        Optional.of(source).filter(name -> !name.isEmpty()),
        0);
  }

  private static Association broadcast(String to) {
    return association(
        new AssociationKey("", "eth0", ip(to), AssociationMode.BROADCAST_SERVER, true),
        Optional.empty(),
        16);
  }

  @Test
  void listensToTheGroupsAndBroadcastAddressesOfAnInterfaceThatIsThere() {
    process.configure(List.of(listener("eth0")));
    host();
    assertEquals(List.of(), listened());
    host(device(3, "eth0", false, "10.0.0.1"));
    assertEquals(List.of(), listened());
    host(device(3, "eth0", true, "10.0.0.1", "10.0.1.1"));
    assertEquals(
        Set.of("255.255.255.255", "10.0.0.255", "10.0.1.255", "224.0.1.1", "ff24:0:0:0:0:0:0:2"),
        Set.copyOf(listened().stream().map(group -> group.address().getHostAddress()).toList()));
    assertTrue(listened().stream().allMatch(group -> group.interfaceIndex() == 3));
    host();
    assertEquals(List.of(), listened());
  }

  @Test
  void saysNothingTwice() {
    process.configure(List.of(listener("eth0")));
    host(device(3, "eth0", true, "10.0.0.1"));
    process.apply(true, outputs);
    process.apply(true, outputs);
    host(device(3, "eth0", true, "10.0.0.1"), device(4, "eth1", true));
    process.apply(true, outputs);
    assertEquals(1, outputs.size());
  }

  @Test
  void anAssociationsSourceGoesBeforeTheUsualOne() {
    host(device(1, "lo0", true, "192.0.2.1"), device(2, "lo1", true, "192.0.2.2"));
    process.configure(new SourceConfig(Optional.of("lo0"), Optional.empty(), Optional.empty()));
    assertEquals(
        Optional.of(ip("192.0.2.2")),
        process.path(server("198.51.100.1", "lo1")).flatMap(SendPath::source));
    assertEquals(
        Optional.of(ip("192.0.2.1")),
        process.path(server("198.51.100.1", "")).flatMap(SendPath::source));
    // It is for IPv4.
    assertEquals(
        Optional.empty(), process.path(server("2001:db8::1", "")).flatMap(SendPath::source));
  }

  @Test
  void aSourceThatIsDownOrMissingLeavesItToRouting() {
    host(device(1, "lo0", false, "192.0.2.1"));
    process.configure(
        new SourceConfig(Optional.empty(), Optional.of(ip("192.0.2.9")), Optional.empty()));
    assertEquals(Optional.of(SendPath.ANY), process.path(server("198.51.100.1", "lo0")));
    assertEquals(Optional.of(SendPath.ANY), process.path(server("198.51.100.1", "")));
  }

  @Test
  void theUsualSourceIsForThePublicNetwork() {
    host(device(1, "lo0", true, "192.0.2.1"));
    process.configure(new SourceConfig(Optional.of("lo0"), Optional.empty(), Optional.empty()));
    Association inVpn =
        association(
            new AssociationKey("vpn1", ip("198.51.100.1"), AssociationMode.CLIENT, true),
            Optional.empty(),
            0);
    assertEquals(Optional.empty(), process.path(inVpn).flatMap(SendPath::source));
  }

  @Test
  void aLinkLocalServerIsOnTheLinkOfItsSource() {
    host(device(5, "eth0", true, "fe80::5"));
    SendPath path = process.path(server("fe80::1", "eth0")).orElseThrow();
    assertEquals(5, path.interfaceIndex());
    assertEquals(Optional.of(ip("fe80::5")), path.source());
  }

  @Test
  void broadcastsLeaveByTheirInterfaceFromTheServicesPort() {
    host(device(3, "eth0", true, "10.0.0.1"));
    assertEquals(
        Optional.of(new SendPath(SocketKind.PEER, Optional.of(ip("10.0.0.1")), 3, 16)),
        process.path(broadcast("255.255.255.255")));
    // There is no address of that family.
    assertEquals(Optional.empty(), process.path(broadcast("ff24::1")));
    host(device(3, "eth0", false, "10.0.0.1"));
    assertEquals(Optional.empty(), process.path(broadcast("255.255.255.255")));
  }

  @Test
  void nothingRunsOnMembersOfAnAggregate() {
    process.configure(List.of(listener("eth0")));
    Association speaker = broadcast("255.255.255.255");
    host(
        device(3, "eth0", "", 9, true, "10.0.0.1"),
        device(9, "bond0", "bond", 0, true, "10.0.0.2"));
    assertEquals(List.of(), listened());
    assertEquals(Optional.empty(), process.path(speaker));
    List<String> degraded = process.degraded(true, List.of(speaker));
    assertEquals(2, degraded.size(), degraded.toString());
    assertTrue(
        degraded.stream().allMatch(text -> text.contains("a member of the aggregate bond0")));
    // A bridge is no aggregate.
    host(
        device(3, "eth0", "", 9, true, "10.0.0.1"),
        device(9, "br0", "bridge", 0, true, "10.0.0.2"));
    assertEquals(4, listened().size());
  }

  @Test
  void whatIsMissingIsSaidInWords() {
    process.configure(List.of(listener("eth0")));
    process.configure(Map.of("vpn1", "red", "vpn2", "blue"));
    host(device(3, "eth0", false));
    assertEquals(
        List.of(
            "the network instance vpn2 is missing: create the network namespace or the VRF device"
                + " blue (`ip netns add blue`)",
            "the interface eth0 is down, so nothing is heard by it until that changes"),
        process.degraded(true, List.of()).stream().sorted((a, b) -> b.compareTo(a)).toList());
    assertEquals(List.of(), process.degraded(false, List.of()));
  }

  @Test
  void closedInterfacesAreKnownByTheirIndexAndFamily() {
    process.configure(
        List.of(
            new InterfaceConfig("", "eth0", false, true, false, Set.of(), Set.of()),
            new InterfaceConfig("vpn1", "eth0", true, false, false, Set.of(), Set.of())));
    host(device(3, "eth0", true, "10.0.0.1"));
    process.apply(true, outputs);
    InboundFilter filter = ((Output.PublishInbound) outputs.getLast()).filter();
    assertEquals(false, filter.admits("", 3, true));
    assertEquals(true, filter.admits("", 3, false));
    assertEquals(true, filter.admits("", 1, true));
    assertEquals(false, filter.admits("vpn1", 1, false));
    assertEquals(true, filter.admits("vpn1", 1, true));
  }
}
