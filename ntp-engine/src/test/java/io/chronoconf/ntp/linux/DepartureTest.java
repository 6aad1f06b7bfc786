package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How datagrams leave one host and reach another: by which interface, from which address, with how
/// many hops, to one, to a group or to all.
class DepartureTest {
  private static final long DEADLINE_NANOS = 5_000_000_000L;
  private static final int PORT = 10_123;

  /// What the receiver asks for so that the test sees the hops; the number of the answer follows.
  private static final int IP_RECVTTL = 12;

  private static final int IPV6_RECVHOPLIMIT = 51;

  private final ReceiveBatch received = new ReceiveBatch(8, 64);
  private final SendBatch sent = new SendBatch(8, 64);
  private static @Nullable TwoHosts made;
  private static int indexOfA;
  private static int indexOfB;

  @BeforeAll
  static void connect() throws IOException {
    made = TwoHosts.make();
    indexOfA = hosts().device("a", TwoHosts.DEVICE).index();
    indexOfB = hosts().device("b", TwoHosts.DEVICE).index();
  }

  @AfterAll
  static void remove() {
    if (made != null) {
      made.close();
    }
  }

  private static TwoHosts hosts() {
    return Objects.requireNonNull(made);
  }

  @ParameterizedTest
  @CsvSource({
    "224.0.1.1, 0.0.0.0, 10.98.0.1",
    "ff05::101, ::, fd98::1",
    "ff02::101, ::, fe80::1",
  })
  void aGroupHearsWhatLeavesByItsInterface(String group, String any, String source)
      throws Exception {
    try (LinuxSocket a = open("a", address(any), 0, SocketOptions.PLAIN);
        LinuxSocket b = open("b", scoped(group, indexOfB), PORT, SocketOptions.PLAIN)) {
      a.setTrafficClass(0xb8);
      b.join(address(group), indexOfB);
      tellHops(b);

      send(a, group, new SendBatch.Departure(Optional.empty(), indexOfA, 5));
      await(b);

      assertEquals(5, hops(b));
      assertEquals(0xb8, received.trafficClass(0));
      assertEquals(address(source), received.source(0).getAddress());
      ReceiveBatch.Arrival arrival = received.arrival(0).orElseThrow();
      assertEquals(indexOfB, arrival.interfaceIndex());
      assertFalse(arrival.isUnicast());
    }
  }

  @ParameterizedTest
  @CsvSource({"224.0.1.1, 0.0.0.0, 10.98.0.2", "ff05::101, ::, fd98::2"})
  void whoDidNotJoinOrLeftHearsNothing(String group, String any, String own) throws Exception {
    SocketOptions shared = SocketOptions.PLAIN.withSharedPort(true);
    SendBatch.Departure departure = new SendBatch.Departure(Optional.empty(), indexOfA, 1);
    try (LinuxSocket a = open("a", address(any), 0, SocketOptions.PLAIN);
        LinuxSocket member = open("b", address(any), PORT, shared.withInterface(indexOfB))) {
      member.join(address(group), indexOfB);
      try (LinuxSocket stranger = open("b", address(any), PORT, shared)) {
        send(a, group, departure);
        await(member);
        assertEquals(0, stranger.receive(received));
      }
      member.leave(address(group), indexOfB);
      send(a, group, departure);
      send(a, own, SendBatch.Departure.BY_ROUTING);
      await(member);
      assertEquals(1, received.count(), "the second is the one for it alone");
      assertTrue(received.arrival(0).orElseThrow().isUnicast());
    }
  }

  /// Which of several sockets gets a datagram depends on its source.
  @ParameterizedTest
  @CsvSource({"224.0.1.1, 0.0.0.0", "ff05::101, ::"})
  void socketsOfOneGroupHearTheirOwnInterfaces(String group, String any) throws Exception {
    SocketOptions shared = SocketOptions.PLAIN.withSharedPort(true);
    int loopback = hosts().device("b", "lo").index();
    try (LinuxSocket b = open("b", address(group), PORT, shared.withInterface(indexOfB));
        LinuxSocket other = open("b", address(group), PORT, shared.withInterface(loopback))) {
      b.join(address(group), indexOfB);
      other.join(address(group), loopback);
      for (int i = 0; i < 16; i++) {
        try (LinuxSocket a = open("a", address(any), 0, SocketOptions.PLAIN)) {
          send(a, group, new SendBatch.Departure(Optional.empty(), indexOfA, 1));
          await(b);
          assertEquals(a.localAddress().getPort(), received.source(0).getPort());
        }
      }
      assertEquals(0, other.receive(received));
    }
  }

  @ParameterizedTest
  @CsvSource({"10.98.0.255", "255.255.255.255"})
  void aBroadcastReachesTheLink(String broadcast) throws Exception {
    try (LinuxSocket a = open("a", address("0.0.0.0"), 0, SocketOptions.PLAIN.withBroadcasts());
        LinuxSocket b = open("b", address(broadcast), PORT, SocketOptions.PLAIN)) {
      tellHops(b);
      Optional<InetAddress> source = Optional.of(address("10.98.0.1"));
      send(a, broadcast, new SendBatch.Departure(source, indexOfA, 3));
      await(b);
      assertEquals(3, hops(b));
      assertEquals(source, Optional.of(received.source(0).getAddress()));
      assertFalse(received.arrival(0).orElseThrow().isUnicast());
    }
  }

  @Test
  void whoMayNotBroadcastIsRefused() throws Exception {
    try (LinuxSocket a = open("a", address("0.0.0.0"), 0, SocketOptions.PLAIN)) {
      sent.add(
          new byte[] {1},
          new InetSocketAddress(address("10.98.0.255"), PORT),
          SendBatch.Departure.BY_ROUTING,
          false);
      assertEquals(1, a.send(sent));
    }
  }

  @ParameterizedTest
  @CsvSource({"10.98.0.2, 0.0.0.0, 10.98.0.1", "fd98::2, ::, fd98::1"})
  void aUnicastHasItsHopsAndAStamp(String to, String any, String source) throws Exception {
    try (LinuxSocket a = open("a", address(any), 0, SocketOptions.PLAIN);
        LinuxSocket b = open("b", address(to), PORT, SocketOptions.PLAIN)) {
      tellHops(b);
      InetSocketAddress target = new InetSocketAddress(address(to), PORT);
      SendBatch.Departure departure =
          new SendBatch.Departure(Optional.of(address(source)), indexOfA, 7);
      sent.add(new byte[] {1}, target, departure, true);
      assertEquals(0, a.send(sent));
      await(b);
      assertEquals(7, hops(b));
      assertEquals(address(source), received.source(0).getAddress());
      assertEquals(1, a.receiveTransmissions(received));
      assertTrue(received.transmission(0).isPresent());
    }
  }

  /// A veth has no hardware: the kernel's stamps come as before, and with the interface.
  @ParameterizedTest
  @CsvSource({"10.98.0.2, 0.0.0.0", "fd98::2, ::"})
  void aSocketThatAsksForHardwareStampsKeepsThoseOfTheKernel(String to, String any)
      throws Exception {
    try (LinuxSocket a = open("a", address(any), 0, SocketOptions.PLAIN);
        LinuxSocket b = open("b", address(to), PORT, SocketOptions.PLAIN)) {
      InetSocketAddress target = new InetSocketAddress(address(to), PORT);
      for (int number = 0; number < 3; number++) {
        if (number == 1) {
          a.stampByHardware();
          b.stampByHardware();
          sent.stampByHardware(true);
        }
        sent.add(new byte[] {1}, target, SendBatch.Departure.BY_ROUTING, true);
        assertEquals(0, a.send(sent));
        await(b);
        assertTrue(received.stampNanos(0).isPresent());
        assertEquals(Optional.empty(), received.hardwareStamp(0));
        assertEquals(1, a.receiveTransmissions(received));
        ReceiveBatch.Transmission transmission = received.transmission(0).orElseThrow();
        assertEquals(number, transmission.number());
        assertEquals(Optional.empty(), transmission.hardware());
        int told = received.arrival(0).map(ReceiveBatch.Arrival::interfaceIndex).orElse(0);
        assertEquals(number == 0 ? 0 : indexOfA, told);
      }
    }
  }

  @Test
  void aVethHasNoHardwareThatStamps() throws Exception {
    StampAbilities abilities =
        NetworkNamespace.call(
            hosts().file("a"), () -> new LinuxStampCalls().abilities(TwoHosts.DEVICE));
    assertFalse(abilities.areComplete());
    assertNotEquals(0, abilities.stamping(), "it tells of the kernel's stamps");
  }

  @Test
  void aSourceOfOneLinkKeepsItsLink() throws Exception {
    InetAddress source = scoped("fe80::1", indexOfA);
    try (LinuxSocket a = open("a", address("::"), 0, SocketOptions.PLAIN);
        LinuxSocket b = open("b", address("::"), PORT, SocketOptions.PLAIN)) {
      InetSocketAddress withoutLink = new InetSocketAddress(address("fe80::2"), PORT);
      sent.add(new byte[] {1}, withoutLink, SendBatch.Departure.from(Optional.of(source)), false);
      assertEquals(0, a.send(sent));
      await(b);
      assertEquals(scoped("fe80::1", indexOfB), received.source(0).getAddress());
    }
  }

  @Test
  void aSocketOfOneDeviceHearsNothingElse() throws Exception {
    SocketOptions ofDevice = SocketOptions.PLAIN.withDevice(TwoHosts.DEVICE);
    try (LinuxSocket a = open("a", address("0.0.0.0"), 0, SocketOptions.PLAIN);
        LinuxSocket local = open("b", address("0.0.0.0"), 0, SocketOptions.PLAIN);
        LinuxSocket b = open("b", address("0.0.0.0"), PORT, ofDevice)) {
      send(local, "127.0.0.1", SendBatch.Departure.BY_ROUTING);
      send(a, "10.98.0.2", SendBatch.Departure.BY_ROUTING);
      await(b);
      assertEquals(1, received.count());
      assertEquals(a.localAddress().getPort(), received.source(0).getPort());
    }
  }

  @ParameterizedTest
  @CsvSource({"gone", "a-name-that-is-longer-than-any"})
  void aMissingDeviceIsNamed(String device) {
    LinuxException failure =
        assertThrows(
            LinuxException.class,
            () -> open("a", address("0.0.0.0"), 0, SocketOptions.PLAIN.withDevice(device)).close());
    assertTrue(failure.is(Errno.ENODEV), failure.toString());
  }

  @Test
  void aGroupOnAMissingInterfaceIsRefused() throws Exception {
    try (LinuxSocket b = open("b", address("0.0.0.0"), PORT, SocketOptions.PLAIN)) {
      LinuxException failure =
          assertThrows(LinuxException.class, () -> b.join(address("224.0.1.1"), 99));
      assertTrue(failure.is(Errno.ENODEV), failure.toString());
    }
  }

  private LinuxSocket open(String host, InetAddress local, int port, SocketOptions options)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(local, port);
    return NetworkNamespace.call(hosts().file(host), () -> LinuxSocket.open(address, options));
  }

  private void send(LinuxSocket from, String to, SendBatch.Departure departure) {
    sent.add(new byte[] {1}, new InetSocketAddress(address(to), PORT), departure, false);
    assertEquals(0, from.send(sent));
  }

  private void await(LinuxSocket socket) throws LinuxException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    try (Poller poller = new Poller()) {
      poller.add(socket);
      while (socket.receive(received) == 0 && System.nanoTime() < deadline) {
        poller.await(deadline - System.nanoTime());
      }
    }
    assertTrue(received.count() > 0, "nothing arrived");
  }

  private static void tellHops(LinuxSocket socket) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int level = socket.isIpv4() ? LinuxAbi.IPPROTO_IP : LinuxAbi.IPPROTO_IPV6;
      int name = socket.isIpv4() ? IP_RECVTTL : IPV6_RECVHOPLIMIT;
      Libc.setSockOpt(
          arena.allocate(Libc.STATE),
          socket.descriptor(),
          level,
          name,
          arena.allocateFrom(JAVA_INT, 1),
          Integer.BYTES);
    }
  }

  private int hops(LinuxSocket socket) {
    int level = socket.isIpv4() ? LinuxAbi.IPPROTO_IP : LinuxAbi.IPPROTO_IPV6;
    int type = socket.isIpv4() ? LinuxAbi.IP_TTL : LinuxAbi.IPV6_HOPLIMIT;
    return received.control(0, level, type).orElseThrow().get(JAVA_INT, 0);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  /// Addresses of IPv6 with the link that they are good on.
  private static InetAddress scoped(String literal, int index) throws IOException {
    return address(literal) instanceof Inet6Address v6
        ? Inet6Address.getByAddress(null, v6.getAddress(), index)
        : address(literal);
  }
}
