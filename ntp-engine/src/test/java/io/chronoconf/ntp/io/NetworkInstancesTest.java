package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.linux.TwoHosts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkInstancesTest {
  private static final long DEADLINE_NANOS = 5_000_000_000L;

  /// A host with the namespaces `ns-blue` and `both`, and the VRFs `red` and `both`.
  private final NetworkInstances instances =
      new NetworkInstances(
          name ->
              name.equals("ns-blue") || name.equals("both")
                  ? Optional.of(Path.of("/no/such/folder", name))
                  : Optional.empty(),
          name -> name.equals("red") || name.equals("both"));

  @Test
  void thePublicNetworkIsWhereTheCallerIs() throws Exception {
    assertSame(Thread.currentThread(), instances.in("", Thread::currentThread));
    assertEquals(Optional.empty(), instances.device(""));
  }

  @Test
  void aVrfIsADeviceOfThePublicNetwork() throws Exception {
    instances.use(Map.of("vpn1", "red"));
    assertSame(Thread.currentThread(), instances.in("vpn1", Thread::currentThread));
    assertEquals(Optional.of("red"), instances.device("vpn1"));
    assertEquals(Optional.of("red"), instances.device("red"), "a name of its own is not needed");
  }

  @Test
  void aNamespaceComesBeforeAVrf() {
    IOException failure = assertThrows(IOException.class, () -> instances.in("both", () -> 1));
    assertEquals(
        "there is no network namespace both (no file /no/such/folder/both): create it with `ip"
            + " netns add both`",
        failure.getMessage());
    assertEquals(Optional.empty(), instances.device("both"));
  }

  @Test
  void whatIsNeitherIsNamedWithTheRemedy() {
    IOException failure = assertThrows(IOException.class, () -> instances.in("green", () -> 1));
    assertEquals(
        "the network instance green is neither a network namespace nor a VRF device of this host:"
            + " create it with `ip netns add green` (tried again every few seconds)",
        failure.getMessage());
    instances.use(Map.of("vpn2", "green"));
    IOException mapped = assertThrows(IOException.class, () -> instances.in("vpn2", () -> 1));
    assertEquals(
        "the network instance vpn2 (for the system: green) is neither a network namespace nor a VRF"
            + " device of this host: create it with `ip netns add green` (tried again every few"
            + " seconds)",
        mapped.getMessage());
  }

  @Test
  void aTransportHasSocketsOfSeveralInstances() throws Exception {
    try (TwoHosts hosts = TwoHosts.make()) {
      NetworkInstances ofHost = new NetworkInstances();
      ofHost.use(Map.of("vpn1", hosts.name("a"), "vpn2", hosts.name("b")));
      HostInterface device = hosts.device("b", TwoHosts.DEVICE);
      InetAddress group = InetAddress.ofLiteral("ff02::101");
      RawSource source = RawSource.ofHost();
      try (UdpTransport transport = UdpTransport.open(TransportKind.LINUX, source, ofHost)) {
        UdpSocket a =
            transport.open(
                SocketRequest.alone(new InetSocketAddress(InetAddress.ofLiteral("::"), 0))
                    .in("vpn1"));
        UdpSocket b =
            transport.open(
                SocketRequest.shared(new InetSocketAddress(group, 10_123))
                    .in("vpn2")
                    .withGroup(new SocketRequest.Membership(group, device.index())));
        a.setTrafficClass(0xb8);
        int index = hosts.device("a", TwoHosts.DEVICE).index();
        InetSocketAddress to = new InetSocketAddress(group, 10_123);
        assertEquals(
            0,
            a.send(List.of(new Outgoing(new byte[] {9}, to, Optional.empty(), index, 1, false))));

        Datagram datagram = receive(transport, source);

        assertSame(b, datagram.socket());
        assertEquals(0xb8, datagram.trafficClass());
        assertEquals(device.index(), datagram.interfaceIndex());
        assertEquals(group, datagram.local());
      }
    }
  }

  private static Datagram receive(UdpTransport transport, RawSource source) {
    long deadline = source.rawNanos() + DEADLINE_NANOS;
    List<Datagram> datagrams = List.of();
    while (datagrams.isEmpty() && source.rawNanos() < deadline) {
      datagrams = transport.receive(deadline - source.rawNanos());
    }
    assertEquals(1, datagrams.size());
    return datagrams.getFirst();
  }
}
