package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxSocketTest {
  private static final long DEADLINE_NANOS = 5_000_000_000L;

  private final ReceiveBatch received = new ReceiveBatch(8, 128);
  private final SendBatch sent = new SendBatch(8, 256);

  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void carriesADatagramWithItsStampAndAddresses(String loopback) throws Exception {
    try (LinuxSocket server = open(loopback);
        LinuxSocket client = open(loopback)) {
      byte[] payload = {1, 2, 3};
      long before = LinuxClockReader.realNanos();

      assertTrue(client.send(sent, payload, server.localAddress(), Optional.empty()));
      await(server, 1);

      assertArrayEquals(payload, received.payload(0));
      assertFalse(received.isTruncated(0));
      assertEquals(client.localAddress(), received.source(0));
      ReceiveBatch.Arrival arrival = received.arrival(0).orElseThrow();
      assertEquals(InetAddress.ofLiteral(loopback), arrival.local());
      assertTrue(arrival.isUnicast());
      assertTrue(arrival.interfaceIndex() > 0);
      long age = LinuxClockReader.realNanos() - received.stampNanos(0).orElseThrow();
      assertTrue(age >= 0 && age < 1_000_000_000L, "age " + age);
      assertTrue(received.stampNanos(0).orElseThrow() >= before, "stamped before it was sent");
    }
  }

  @Test
  void answersFromTheAddressThatReceived() throws Exception {
    InetSocketAddress wildcard = new InetSocketAddress(LinuxSocket.wildcard(true), 0);
    try (LinuxSocket server = LinuxSocket.open(wildcard, false);
        LinuxSocket client = open("127.0.0.1")) {
      InetAddress second = InetAddress.ofLiteral("127.0.0.2");
      int port = server.localAddress().getPort();
      client.send(sent, new byte[] {7}, new InetSocketAddress(second, port), Optional.empty());
      await(server, 1);
      assertEquals(second, received.arrival(0).orElseThrow().local());

      server.send(sent, new byte[] {8}, received.source(0), Optional.of(second));
      await(client, 1);

      assertEquals(new InetSocketAddress(second, port), received.source(0));
    }
  }

  @Test
  void movesBatchesOfDatagramsInOrder() throws Exception {
    try (LinuxSocket server = open("127.0.0.1");
        LinuxSocket client = open("127.0.0.1")) {
      for (byte i = 0; i < 8; i++) {
        sent.add(new byte[] {i}, server.localAddress(), Optional.empty(), false);
      }
      assertTrue(sent.isFull());
      assertEquals(0, client.send(sent));
      assertEquals(0, sent.count());
      await(server, 8);
      for (int i = 0; i < 8; i++) {
        assertEquals(i, received.payload(i)[0]);
      }
    }
  }

  @Test
  void marksADatagramThatIsLongerThanItsRoom() throws Exception {
    try (LinuxSocket server = open("127.0.0.1");
        LinuxSocket client = open("127.0.0.1")) {
      client.send(sent, new byte[200], server.localAddress(), Optional.empty());
      await(server, 1);
      assertTrue(received.isTruncated(0));
      assertEquals(128, received.payload(0).length);
    }
  }

  @Test
  void countsWhatTheSystemRefusesAndSendsTheRest() throws Exception {
    try (LinuxSocket server = open("127.0.0.1");
        LinuxSocket client = open("127.0.0.1")) {
      InetSocketAddress unreachable = new InetSocketAddress(InetAddress.ofLiteral("::1"), 9);
      sent.add(new byte[] {1}, server.localAddress(), Optional.empty(), false);
      sent.add(new byte[] {2}, unreachable, Optional.empty(), false);
      sent.add(new byte[] {3}, server.localAddress(), Optional.empty(), false);
      assertEquals(1, client.send(sent));
      await(server, 2);
      assertEquals(3, received.payload(1)[0]);
    }
  }

  @Test
  void namesTheErrorOfATakenPort() throws Exception {
    try (LinuxSocket first = open("127.0.0.1")) {
      LinuxException failure =
          assertThrows(
              LinuxException.class, () -> LinuxSocket.open(first.localAddress(), false).close());
      assertEquals(Optional.of(Errno.EADDRINUSE), failure.errno());
      assertEquals("bind: another program has this port (EADDRINUSE)", failure.getMessage());
    }
  }

  @Test
  void sharesAPortAmongItsOwnSockets() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (LinuxSocket first = LinuxSocket.open(any, true);
        LinuxSocket second = LinuxSocket.open(first.localAddress(), true)) {
      assertEquals(first.localAddress(), second.localAddress());
    }
  }

  @Test
  void keepsTheTwoFamiliesOnOnePortApart() throws Exception {
    InetSocketAddress wildcard6 = new InetSocketAddress(LinuxSocket.wildcard(false), 0);
    try (LinuxSocket v6 = LinuxSocket.open(wildcard6, false)) {
      int port = v6.localAddress().getPort();
      InetSocketAddress wildcard4 = new InetSocketAddress(LinuxSocket.wildcard(true), port);
      try (LinuxSocket v4 = LinuxSocket.open(wildcard4, false);
          LinuxSocket client = open("127.0.0.1")) {
        assertFalse(v6.isIpv4());
        InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        client.send(sent, new byte[] {1}, target, Optional.empty());
        await(v4, 1);
        assertEquals(0, v6.receive(received));
      }
    }
  }

  @Test
  void refusesToUseAClosedSocket() throws Exception {
    LinuxSocket socket = open("127.0.0.1");
    socket.close();
    socket.close();
    assertThrows(IllegalStateException.class, () -> socket.receive(received));
  }

  @Test
  void returnsNoneWhenNothingIsThere() throws Exception {
    try (LinuxSocket socket = open("127.0.0.1")) {
      assertEquals(0, socket.receive(received));
    }
  }

  private static LinuxSocket open(String address) throws LinuxException {
    return LinuxSocket.open(new InetSocketAddress(InetAddress.ofLiteral(address), 0), false);
  }

  /// Loopback delivers before sending returns, but that is not promised.
  private void await(LinuxSocket socket, int count) throws LinuxException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    try (Poller poller = new Poller()) {
      poller.add(socket);
      while (socket.receive(received) == 0 && System.nanoTime() < deadline) {
        poller.await(deadline - System.nanoTime());
      }
    }
    assertEquals(count, received.count());
  }
}
