package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Each event becomes a line of the log and may become a notification: nobody can cause as many as
/// there are packets.
class FloodTest {
  private static final InetAddress SERVER = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress NODE = InetAddress.ofLiteral("10.0.0.2");
  private static final int PACKETS = 20_000;
  private static final int FIRST_CLIENT_PORT = 40_000;

  private final EngineLab lab = new EngineLab(21);
  private final SplittableRandom random = new SplittableRandom(2);
  private final EngineNode server = lab.node(SERVER, 0, 0);
  private final EngineNode node = lab.node(NODE, 0.01, 1e-5);

  private void follow(OptionalLong key) {
    lab.link(server, node);
    KeyRing ring =
        new KeyRing(
            key.isPresent(),
            Map.of(
                7L,
                new AuthenticationKey(
                    7,
                    MacAlgorithm.SHA_1,
                    "secret".getBytes(StandardCharsets.US_ASCII),
                    true,
                    _ -> true)));
    server.apply(List.of(EngineLab.local(1), new EngineCommand.ConfigureKeys(ring)));
    node.apply(
        List.of(
            new EngineCommand.ConfigureKeys(ring),
            EngineLab.association(SERVER, AssociationMode.CLIENT, key)));
    lab.run(200);
    assertTrue(node.status().system().isSynchronized());
  }

  private int clientPort() {
    return FIRST_CLIENT_PORT + node.status().associations().getFirst().id();
  }

  private void send(InetSocketAddress source, int port, byte[] bytes) {
    lab.network().send(new Datagram(source, new InetSocketAddress(NODE, port), bytes));
  }

  private byte[] noise(int most) {
    byte[] bytes = new byte[random.nextInt(0, most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void assertBounded(int before, int most) {
    lab.run(260);
    List<EngineEvent> events = node.events();
    assertTrue(events.size() - before <= most, () -> "told: " + events);
    assertTrue(node.status().system().isSynchronized(), "it lost its server by it");
    assertEquals(0, node.clock().error(), 1e-3);
  }

  @Test
  void randomPacketsSayNothing() {
    follow(OptionalLong.empty());
    int before = node.events().size();
    InetSocketAddress source = new InetSocketAddress(SERVER, EngineNode.SERVICE_PORT);
    for (int i = 0; i < PACKETS; i++) {
      send(source, i % 2 == 0 ? EngineNode.SERVICE_PORT : clientPort(), noise(300));
    }
    // Some ask for an association, of which one can be made with this source.
    assertBounded(before, 2);
  }

  @Test
  void forgedKissesSayNothing() {
    follow(OptionalLong.empty());
    int before = node.events().size();
    int port = clientPort();
    InetSocketAddress source = new InetSocketAddress(SERVER, EngineNode.SERVICE_PORT);
    String[] codes = {"DENY", "RSTR", "RATE", "XYZ1"};
    for (int i = 0; i < PACKETS; i++) {
      byte[] kiss = new byte[48];
      random.nextBytes(kiss);
      kiss[0] = (byte) 0xe4;
      kiss[1] = 0;
      System.arraycopy(codes[i % codes.length].getBytes(StandardCharsets.US_ASCII), 0, kiss, 12, 4);
      send(source, port, kiss);
    }
    assertBounded(before, 0);
  }

  @Test
  void wrongSealsSayNothing() {
    follow(OptionalLong.of(7));
    int before = node.events().size();
    int port = clientPort();
    InetSocketAddress source = new InetSocketAddress(SERVER, EngineNode.SERVICE_PORT);
    for (int i = 0; i < PACKETS; i++) {
      byte[] sealed = new byte[72];
      random.nextBytes(sealed);
      boolean isToThePort = i % 2 == 0;
      sealed[0] = (byte) (isToThePort ? 0x20 | 1 + i / 2 % 3 : 0x24);
      sealed[1] = 1;
      sealed[48] = 0;
      sealed[49] = 0;
      sealed[50] = 0;
      sealed[51] = (byte) (i % 3 == 0 ? 8 : 7);
      send(source, isToThePort ? EngineNode.SERVICE_PORT : port, sealed);
    }
    assertBounded(before, 0);
  }

  @Test
  void whoAsksForAssociationsWithoutEndIsToldOfOnce() {
    node.apply(List.of(EngineLab.service(3)));
    follow(OptionalLong.empty());
    node.apply(List.of(EngineLab.service(3)));
    int before = node.events().size();
    for (int i = 0; i < PACKETS; i++) {
      InetAddress source = InetAddress.ofLiteral("10.1." + i / 250 % 250 + "." + (1 + i % 250));
      lab.link(source, NODE);
      byte[] peer = new byte[48];
      random.nextBytes(peer);
      peer[0] = 0x21;
      peer[1] = 16;
      send(new InetSocketAddress(source, EngineNode.SERVICE_PORT), EngineNode.SERVICE_PORT, peer);
    }
    assertBounded(before, 1);
  }
}
