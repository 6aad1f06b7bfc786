package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PollerTest {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
  }

  @Test
  void aWakeUpBeforeTheWaitEndsIt() throws Exception {
    try (Poller poller = new Poller()) {
      poller.wakeUp();
      assertEquals(List.of(), poller.await(HOUR_NANOS));
    }
  }

  @Test
  void aWakeUpIsTakenOnce() throws Exception {
    try (Poller poller = new Poller()) {
      poller.wakeUp();
      poller.wakeUp();
      poller.await(HOUR_NANOS);
      long before = LinuxClockReader.rawNanos();
      poller.await(2_000_000);
      assertTrue(LinuxClockReader.rawNanos() - before >= 1_900_000, "it did not wait");
    }
  }

  @Test
  void wakesUpAnotherThread() throws Exception {
    try (Poller poller = new Poller()) {
      Thread waiting = Thread.ofPlatform().start(() -> poller.await(HOUR_NANOS));
      poller.wakeUp();
      waiting.join(5_000);
      assertTrue(!waiting.isAlive());
    }
  }

  @Test
  void namesTheSocketsThatHaveSomethingAmongMany() throws Exception {
    List<LinuxSocket> sockets = new ArrayList<>();
    try (Poller poller = new Poller()) {
      for (int i = 0; i < 40; i++) {
        LinuxSocket socket =
            LinuxSocket.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), false);
        sockets.add(socket);
        poller.add(socket);
      }
      LinuxSocket target = sockets.get(33);
      sockets
          .get(0)
          .send(new SendBatch(1, 8), new byte[] {1}, target.localAddress(), Optional.empty());
      assertEquals(List.of(target), poller.await(HOUR_NANOS));
      poller.remove(target);
      assertEquals(List.of(), poller.await(0));
    } finally {
      sockets.forEach(LinuxSocket::close);
    }
  }

  @Test
  void aWakeUpAfterCloseDoesNothing() throws Exception {
    Poller poller = new Poller();
    poller.close();
    poller.wakeUp();
    poller.close();
  }
}
