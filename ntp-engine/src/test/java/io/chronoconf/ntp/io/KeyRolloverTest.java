package io.chronoconf.ntp.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.EngineCommand;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Keys are changed while clients ask a running server.
@Tag("loopback")
class KeyRolloverTest {
  private static final long OLD = 1;
  private static final long STAYING = 2;
  private static final long NEW = 3;
  private static final int QUESTIONS = 3_000;
  private static final int PATIENCE_MILLIS = 10_000;

  private static KeyRing ring(long... ids) {
    Map<Long, AuthenticationKey> keys = new HashMap<>();
    for (long id : ids) {
      keys.put(
          id,
          new AuthenticationKey(
              id, MacAlgorithm.HMAC_SHA_256, ("secret" + id).getBytes(US_ASCII), true, _ -> true));
    }
    return new KeyRing(true, keys);
  }

  /// A client that waits for the answer to each question before it asks the next.
  private static final class Client implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final Authenticator authenticator = new Authenticator();
    private final OptionalLong key;
    private long nonce = 1;

    Client(InetSocketAddress server, long key) throws Exception {
      this.socket = new DatagramSocket(0, LiveAgent.LOOPBACK);
      this.server = server;
      this.key = OptionalLong.of(key);
      socket.setSoTimeout(PATIENCE_MILLIS);
      authenticator.use(ring(OLD, STAYING, NEW));
    }

    long ask() throws Exception {
      nonce++;
      ByteBuffer request = ByteBuffer.allocate(48);
      request.put(0, (byte) 0x23).putLong(40, nonce);
      byte[] sealed = authenticator.sealed(request.array(), key);
      socket.send(new DatagramPacket(sealed, sealed.length, server));
      return nonce;
    }

    /// The origin of the next answer; it must bear a good seal.
    long answer() throws Exception {
      DatagramPacket packet = new DatagramPacket(new byte[500], 500);
      socket.receive(packet);
      byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
      assertEquals(
          Authenticator.Result.SUCCESS,
          authenticator.judgeConfigured(
              bytes, key, PacketFacts.of(server, LiveAgent.LOOPBACK, socket.getLocalPort(), 0)));
      return ByteBuffer.wrap(bytes).getLong(24);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static void apply(LiveAgent server, KeyRing keys) {
    server.service.apply(List.of(new EngineCommand.ConfigureKeys(keys)));
  }

  @Test
  void noAnswerIsLostForAKeyThatStays() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    try (LiveAgent server = new LiveAgent(TransportKind.AUTO, 0, 0).serve();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      apply(server, ring(OLD, STAYING));
      server.status();
      InetSocketAddress address = server.address(LiveAgent.LOOPBACK);
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(
            threads.submit(
                () -> {
                  try (Client client = new Client(address, STAYING)) {
                    for (int question = 0; question < QUESTIONS; question++) {
                      assertEquals(client.ask(), client.answer());
                      answered.incrementAndGet();
                    }
                  }
                  return null;
                }));
      }
      int changes = 0;
      while (answered.get() < 2 * QUESTIONS && clients.stream().noneMatch(Future::isDone)) {
        apply(server, changes % 2 == 0 ? ring(STAYING, NEW) : ring(OLD, STAYING));
        // Each is in force before the next.
        server.status();
        changes++;
      }
      for (Future<?> client : clients) {
        client.get();
      }
      assertTrue(changes > 2, "the keys were hardly changed");
      assertEquals(2 * QUESTIONS, answered.get());
    }
  }

  @Test
  void theOldKeyIsRefusedAfterAndTheNewOneBefore() throws Exception {
    try (LiveAgent server = new LiveAgent(TransportKind.AUTO, 0, 0).serve()) {
      InetSocketAddress address = server.address(LiveAgent.LOOPBACK);
      try (Client old = new Client(address, OLD);
          Client staying = new Client(address, STAYING);
          Client fresh = new Client(address, NEW)) {
        apply(server, ring(OLD, STAYING));
        server.status();
        assertEquals(old.ask(), old.answer());
        fresh.ask();
        assertEquals(staying.ask(), staying.answer());
        apply(server, ring(STAYING, NEW));
        server.status();
        old.ask();
        assertEquals(staying.ask(), staying.answer());
        // The server takes packets in their order: had the refused been answered, it would be here.
        assertEquals(fresh.ask(), fresh.answer());
        old.socket.setSoTimeout(1);
        assertThrows(SocketTimeoutException.class, old::answer);
      }
    }
  }
}
