package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.linux.LinuxPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What both drivers promise; real sockets on loopback.
class UdpTransportTest {
  private static final long DEADLINE_NANOS = 10_000_000_000L;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  @Nested
  class Linux extends Contract {
    Linux() {
      super(TransportKind.LINUX);
      assumeTrue(LinuxPlatform.obstacle().isEmpty());
    }

    @Test
    void answersFromTheAddressThatWasAsked() throws IOException {
      try (UdpTransport transport = open()) {
        UdpSocket server = transport.open(SocketRequest.alone(address("0.0.0.0", 0)));
        UdpSocket client = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        InetSocketAddress second = address("127.0.0.2", server.localAddress().getPort());
        client.send(List.of(new Outgoing(new byte[] {1}, second, Optional.empty(), false)));
        Datagram request = receive(transport, 1).getFirst();
        assertEquals(second.getAddress(), request.local());
        server.send(
            List.of(
                new Outgoing(
                    new byte[] {2}, request.source(), Optional.of(request.local()), false)));
        assertEquals(second, receive(transport, 1).getFirst().source());
      }
    }
  }

  @Nested
  class LinuxTransmission {
    private final RawSource source = RawSource.ofHost();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void isStampedByTheKernelAndNumbered(String loopback) throws IOException {
      assumeTrue(LinuxPlatform.obstacle().isEmpty());
      try (UdpTransport transport =
          UdpTransport.open(TransportKind.LINUX, source, Instances.NONE)) {
        UdpSocket server = transport.open(SocketRequest.alone(address(loopback, 0)));
        UdpSocket client = transport.open(SocketRequest.alone(address(loopback, 0)));
        for (int number = 0; number < 3; number++) {
          long before = source.rawNanos();
          client.send(
              List.of(new Outgoing(new byte[48], server.localAddress(), itself(loopback), true)));
          long after = source.rawNanos();
          TransmitStamp stamp = receiveStamp(transport);
          assertEquals(client, stamp.socket());
          assertEquals(number, stamp.number());
          assertTrue(stamp.rawNanos() > before - 100_000, "stamped before it was sent");
          assertTrue(stamp.rawNanos() < after + 100_000, "stamped after it was sent");
        }
        assertEquals(List.of(), transport.receive(0), "the error queue is empty");
      }
    }

    /// The sockets are told of hardware while they are in use, and the loopback has none: no number
    /// is lost, and nothing is left in the queue that would keep the loop awake.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void goesOnAsBeforeWhereTheHardwareStampsNothing(String loopback) throws IOException {
      assumeTrue(LinuxPlatform.obstacle().isEmpty());
      SwitchedStamps stamps = new SwitchedStamps();
      try (UdpTransport transport =
          UdpTransport.open(TransportKind.LINUX, source, Instances.NONE, stamps)) {
        UdpSocket server = transport.open(SocketRequest.alone(address(loopback, 0)));
        UdpSocket client = transport.open(SocketRequest.alone(address(loopback, 0)));
        for (int number = 0; number < 6; number++) {
          stamps.isOn = number >= 2 && number < 4;
          long before = source.rawNanos();
          client.send(
              List.of(new Outgoing(new byte[48], server.localAddress(), itself(loopback), true)));
          long after = source.rawNanos();
          TransmitStamp stamp = receiveStamp(transport);
          assertEquals(client, stamp.socket());
          assertEquals(number, stamp.number());
          assertTrue(stamp.rawNanos() > before - 100_000, "stamped before it was sent");
          assertTrue(stamp.rawNanos() < after + 100_000, "stamped after it was sent");
        }
        assertEquals(List.of(), transport.receive(0), "the error queue is empty");
      }
      assertEquals(0, stamps.asked, "there is no hardware that stamps");
    }

    /// Both control messages together.
    private static Optional<InetAddress> itself(String loopback) {
      return Optional.of(InetAddress.ofLiteral(loopback));
    }

    private TransmitStamp receiveStamp(UdpTransport transport) {
      long deadline = source.rawNanos() + DEADLINE_NANOS;
      List<TransmitStamp> stamps = transport.takeTransmitStamps();
      while (stamps.isEmpty() && source.rawNanos() < deadline) {
        transport.receive(deadline - source.rawNanos());
        stamps = transport.takeTransmitStamps();
      }
      assertEquals(1, stamps.size());
      return stamps.getFirst();
    }
  }

  private static final class SwitchedStamps implements HardwareStamps {
    private boolean isOn;
    private int asked;

    @Override
    public boolean isOn() {
      return isOn;
    }

    @Override
    public OptionalLong toRaw(String namespace, int interfaceIndex, long stampNanos) {
      asked++;
      return OptionalLong.empty();
    }

    @Override
    public void see(HostNetwork network) {}

    @Override
    public void close() {}
  }

  @Nested
  class Netty extends Contract {
    Netty() {
      super(TransportKind.NETTY);
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
      SocketRequest plain = SocketRequest.alone(address("127.0.0.1", 0));
      InetSocketAddress group = address("224.0.1.1", 0);
      try (UdpTransport transport = open()) {
        assertEquals("network instances need Linux sockets", refusal(transport, plain.in("blue")));
        assertEquals("broadcasts need Linux sockets", refusal(transport, plain.withBroadcasts()));
        assertEquals(
            "symmetric associations need Linux sockets",
            refusal(transport, SocketRequest.peer(plain.local(), address("127.0.0.1", 9))));
        InetAddress everybody = InetAddress.ofLiteral("255.255.255.255");
        assertEquals(
            "broadcasts need Linux sockets",
            refusal(transport, plain.withGroup(new SocketRequest.Membership(everybody, 1))));
        for (SocketRequest request :
            List.of(
                SocketRequest.shared(group),
                plain.withGroup(new SocketRequest.Membership(group.getAddress(), 1)))) {
          assertEquals("multicasts need Linux sockets", refusal(transport, request));
        }
      }
    }

    private static String refusal(UdpTransport transport, SocketRequest request) {
      String text =
          String.valueOf(
              assertThrows(IOException.class, () -> transport.open(request).close()).getMessage());
      assertTrue(text.endsWith("; this agent runs on the portable transport"), text);
      return text.substring(0, text.indexOf(';'));
    }
  }

  abstract static class Contract {
    private final TransportKind kind;
    private final RawSource source = RawSource.ofHost();

    Contract(TransportKind kind) {
      this.kind = kind;
    }

    UdpTransport open() throws IOException {
      return UdpTransport.open(kind, source, Instances.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void carriesADatagramWithItsTimeAndAddresses(String loopback) throws IOException {
      try (UdpTransport transport = open()) {
        UdpSocket server = transport.open(SocketRequest.alone(address(loopback, 0)));
        UdpSocket client = transport.open(SocketRequest.alone(address(loopback, 0)));
        byte[] payload = {0x23, 1, 2};
        long before = source.rawNanos();
        assertEquals(
            0,
            client.send(
                List.of(new Outgoing(payload, server.localAddress(), Optional.empty(), false))));

        Datagram datagram = receive(transport, 1).getFirst();

        assertArrayEquals(payload, datagram.payload());
        assertEquals(client.localAddress(), datagram.source());
        assertEquals(InetAddress.ofLiteral(loopback), datagram.local());
        assertEquals(server, datagram.socket());
        assertTrue(datagram.isWhole() && datagram.isUnicast());
        // The two clocks of a stamp are read some hundred nanoseconds apart.
        assertTrue(datagram.rawNanos() > before - 100_000, "stamped before it was sent");
        assertTrue(datagram.rawNanos() <= source.rawNanos(), "stamped in the future");
      }
    }

    @Test
    void answersOnBothFamiliesOfOnePort() throws IOException {
      try (UdpTransport transport = open()) {
        UdpSocket v6 = transport.open(SocketRequest.alone(address("::1", 0)));
        int port = v6.localAddress().getPort();
        UdpSocket v4 = transport.open(SocketRequest.alone(address("127.0.0.1", port)));
        UdpSocket client4 = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        UdpSocket client6 = transport.open(SocketRequest.alone(address("::1", 0)));
        send(client4, v4, 4);
        send(client6, v6, 6);
        List<Datagram> both = receive(transport, 2);
        for (Datagram datagram : both) {
          assertEquals(datagram.payload()[0] == 4 ? v4 : v6, datagram.socket());
        }
      }
    }

    @Test
    void sendsAndReceivesManyAtOnce() throws IOException {
      try (UdpTransport transport = open()) {
        UdpSocket server = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        UdpSocket client = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        List<Outgoing> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
          many.add(
              new Outgoing(new byte[] {(byte) i}, server.localAddress(), Optional.empty(), false));
        }
        assertEquals(0, client.send(many));
        List<Datagram> received = receive(transport, 150);
        for (int i = 0; i < 150; i++) {
          assertEquals((byte) i, received.get(i).payload()[0]);
        }
      }
    }

    @Test
    void marksWhatIsLongerThanItsRoom() throws Exception {
      try (UdpTransport transport = open();
          java.net.DatagramSocket raw = new java.net.DatagramSocket()) {
        UdpSocket server = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        raw.send(new java.net.DatagramPacket(new byte[9_000], 9_000, server.localAddress()));
        Datagram datagram = receive(transport, 1).getFirst();
        assertFalse(datagram.isWhole());
        assertEquals(UdpTransport.PAYLOAD_ROOM, datagram.payload().length);
      }
    }

    @Test
    void picksAPortOfItsOwnForEachSocket() throws IOException {
      try (UdpTransport transport = open()) {
        UdpSocket first = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        UdpSocket second = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        assertNotEquals(0, first.localAddress().getPort());
        assertNotEquals(first.localAddress(), second.localAddress());
      }
    }

    @Test
    void namesATakenPortAndWhatToDo() throws IOException {
      try (UdpTransport transport = open()) {
        UdpSocket first = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        InetSocketAddress taken = first.localAddress();
        IOException failure =
            assertThrows(
                IOException.class, () -> transport.open(SocketRequest.alone(taken)).close());
        String text = BindFailure.describe("", taken, failure);
        assertTrue(text.contains("port " + taken.getPort()), text);
        assertTrue(text.contains("another program has this port; stop it"), text);
      }
    }

    @Test
    void namesAnAddressThatNoInterfaceHas() throws IOException {
      try (UdpTransport transport = open()) {
        InetSocketAddress absent = address("192.0.2.77", 0);
        IOException failure =
            assertThrows(
                IOException.class, () -> transport.open(SocketRequest.alone(absent)).close());
        String text = BindFailure.describe("", absent, failure);
        assertTrue(text.contains("no interface has this address"), text);
      }
    }

    @Test
    void aWakeUpEndsTheWait() throws IOException {
      try (UdpTransport transport = open()) {
        transport.wakeUp();
        assertEquals(List.of(), transport.receive(HOUR_NANOS));
      }
    }

    @Test
    void aClosedSocketIsWatchedNoMore() throws IOException {
      try (UdpTransport transport = open()) {
        // An address of its own: elsewhere another process may take the port in between.
        UdpSocket server = transport.open(SocketRequest.alone(address("127.77.0.1", 0)));
        UdpSocket client = transport.open(SocketRequest.alone(address("127.0.0.1", 0)));
        InetSocketAddress gone = server.localAddress();
        server.close();
        server.close();
        client.send(List.of(new Outgoing(new byte[] {1}, gone, Optional.empty(), false)));
        assertEquals(List.of(), transport.receive(0));
        transport.open(SocketRequest.alone(gone)).close();
      }
    }

    private static void send(UdpSocket from, UdpSocket to, int octet) {
      from.send(
          List.of(
              new Outgoing(new byte[] {(byte) octet}, to.localAddress(), Optional.empty(), false)));
    }

    List<Datagram> receive(UdpTransport transport, int count) {
      List<Datagram> result = new ArrayList<>();
      long deadline = source.rawNanos() + DEADLINE_NANOS;
      while (result.size() < count && source.rawNanos() < deadline) {
        result.addAll(transport.receive(deadline - source.rawNanos()));
      }
      assertEquals(count, result.size());
      return result;
    }
  }

  private static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }
}
