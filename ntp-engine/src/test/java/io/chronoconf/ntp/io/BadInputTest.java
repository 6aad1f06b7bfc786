package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chronoconf.ntp.linux.LinuxPlatform;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What strangers send to a live service is counted, and the service lives on.
@Tag("loopback")
class BadInputTest {
  private static final int SECONDS = 30;
  private static final int HEADER = 48;
  private static final byte CLIENT_VERSION_4 = 0x23;
  private static final byte SERVER_VERSION_4 = 0x24;

  @ParameterizedTest
  @EnumSource(
      value = TransportKind.class,
      names = {"LINUX", "NETTY"})
  void aServerDropsWhatIsNoRequestAndAnswersTheNext(TransportKind kind) throws Exception {
    assumeTrue(kind != TransportKind.LINUX || LinuxPlatform.obstacle().isEmpty());
    try (LiveAgent server = new LiveAgent(kind, 0, 0).serve();
        DatagramSocket stranger = new DatagramSocket(0, LiveAgent.LOOPBACK)) {
      InetSocketAddress target = server.address(LiveAgent.LOOPBACK);
      long sent = 0;
      for (int length = 0; length < HEADER; length++) {
        byte[] truncated = new byte[length];
        if (length > 0) {
          truncated[0] = CLIENT_VERSION_4;
        }
        sent += send(stranger, target, truncated);
      }
      byte[] oversized = new byte[9_000];
      oversized[0] = CLIENT_VERSION_4;
      sent += send(stranger, target, oversized);
      // An answer without a question, and every mode that nobody here expects.
      for (int mode : new int[] {0, 2, 4, 5, 7}) {
        byte[] uncalled = new byte[HEADER];
        uncalled[0] = (byte) (0x20 | mode);
        sent += send(stranger, target, uncalled);
      }
      long dropped = sent;
      Awaiting.until(
          SECONDS, () -> server.status().counters().dropped() >= dropped, server::status);
      assertEquals(dropped, server.status().counters().dropped());

      assertEquals(SERVER_VERSION_4, ask(stranger, target)[0] & 0x3f);
    }
  }

  @Test
  void aServerOutlivesRandomOctets() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    try (LiveAgent server = new LiveAgent(TransportKind.AUTO, 0, 0).serve();
        DatagramSocket stranger = new DatagramSocket(0, LiveAgent.LOOPBACK)) {
      InetSocketAddress target = server.address(LiveAgent.LOOPBACK);
      for (int i = 0; i < 2_000; i++) {
        byte[] noise = new byte[random.nextInt(0, 300)];
        random.nextBytes(noise);
        send(stranger, target, noise);
      }
      assertEquals(SERVER_VERSION_4, ask(stranger, target)[0] & 0x3f);
      assertTrue(server.status().counters().dropped() > 0);
    }
  }

  /// A relay between client and server that sends every answer twice, and before it a forged one.
  @Test
  void aClientDropsForgedAndReplayedAnswers() throws Exception {
    try (LiveAgent server = new LiveAgent(TransportKind.AUTO, 0, 0).serve();
        LiveAgent client = new LiveAgent(TransportKind.AUTO, 0.3, 0);
        Relay relay = new Relay(server.address(LiveAgent.LOOPBACK))) {
      client.follow(relay.address());
      Awaiting.until(
          SECONDS,
          () ->
              client.status().system().isSynchronized()
                  && Math.abs(client.secondsAheadOf(server)) < 0.01
                  && client.onlyAssociation().counters().dropped() >= 2L * relay.answers() - 1,
          client::status);
      assertTrue(relay.answers() >= 3);
    }
  }

  private static long send(DatagramSocket from, InetSocketAddress to, byte[] payload)
      throws IOException {
    from.send(new DatagramPacket(payload, payload.length, to));
    return 1;
  }

  /// Asks until there is an answer, and returns it.
  static byte[] ask(DatagramSocket socket, InetSocketAddress server) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(HEADER);
    request.put(0, CLIENT_VERSION_4).putLong(40, 0x1234_5678_9abc_def0L);
    socket.setSoTimeout(200);
    DatagramPacket answer = new DatagramPacket(new byte[1_500], 1_500);
    for (int attempt = 0; attempt < SECONDS * 5; attempt++) {
      send(socket, server, request.array());
      try {
        do {
          socket.receive(answer);
        } while (ByteBuffer.wrap(answer.getData()).getLong(24) != 0x1234_5678_9abc_def0L);
        return Arrays.copyOf(answer.getData(), answer.getLength());
      } catch (SocketTimeoutException lost) {
        // A flood before it may have filled the queue: ask again.
      }
    }
    throw new AssertionError("the server answers no more");
  }

  private static final class Relay implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, LiveAgent.LOOPBACK);
    private final InetSocketAddress server;
    private final Thread thread;
    private final AtomicInteger answers = new AtomicInteger();

    Relay(InetSocketAddress server) throws IOException {
      this.server = server;
      this.thread = Thread.ofPlatform().name("relay").daemon().start(this::run);
    }

    InetSocketAddress address() {
      return new InetSocketAddress(LiveAgent.LOOPBACK, socket.getLocalPort());
    }

    int answers() {
      return answers.get();
    }

    @Override
    public void close() {
      socket.close();
      Awaiting.until(SECONDS, () -> !thread.isAlive(), () -> "the relay");
    }

    private void run() {
      InetSocketAddress client = server;
      while (!socket.isClosed()) {
        try {
          DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
          socket.receive(packet);
          byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
          if (packet.getSocketAddress().equals(server)) {
            byte[] forged = bytes.clone();
            // Another origin, and a time of the forger's own.
            forged[24] ^= 1;
            forged[40] ^= 1;
            send(socket, client, forged);
            send(socket, client, bytes);
            send(socket, client, bytes);
            answers.incrementAndGet();
          } else {
            client = (InetSocketAddress) packet.getSocketAddress();
            send(socket, server, bytes);
          }
        } catch (IOException closed) {
          return;
        }
      }
    }
  }
}
