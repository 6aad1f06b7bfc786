package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever somebody sends in the name of one server to another, the two do not answer each other
/// for ever.
class PingPongTest {
  private static final InetAddress A = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress B = InetAddress.ofLiteral("10.0.0.2");
  private static final int[] LENGTHS = {12, 48, 68, 72, 96};

  private final EngineLab lab = new EngineLab(9);
  private final EngineNode a = lab.node(A, 0, 0);
  private final EngineNode b = lab.node(B, 0, 0);
  private final SplittableRandom random = new SplittableRandom(1);

  /// What the two are to each other.
  enum Relation {
    STRANGERS,
    CLIENT,
    ONE_SIDED_PEER,
    PEERS
  }

  private void relate(Relation relation) {
    lab.link(a, b);
    a.apply(List.of(EngineLab.local(2)));
    b.apply(List.of(EngineLab.local(3)));
    switch (relation) {
      case STRANGERS -> {}
      case CLIENT -> b.apply(List.of(EngineLab.association(A, AssociationMode.CLIENT)));
      case ONE_SIDED_PEER ->
          b.apply(List.of(EngineLab.association(A, AssociationMode.SYMMETRIC_ACTIVE)));
      case PEERS -> {
        a.apply(List.of(EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
        b.apply(List.of(EngineLab.association(A, AssociationMode.SYMMETRIC_ACTIVE)));
      }
    }
    lab.run(300);
  }

  private byte[] forged(int mode, int version, int length) {
    byte[] packet = new byte[length];
    random.nextBytes(packet);
    packet[0] = (byte) (random.nextInt(4) << 6 | version << 3 | mode);
    // As often a stratum that means something as not.
    packet[1] = (byte) random.nextInt(18);
    if (mode == 6 && random.nextBoolean()) {
      // A question that is one: all variables, or an answer or an error with them.
      packet[1] = (byte) (random.nextInt(8) << 5 | 1 + random.nextInt(2));
      packet[10] = 0;
      packet[11] = 0;
    }
    return packet;
  }

  private int forgeAll(int rounds) {
    List<Datagram> forged = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int mode = 0; mode < 8; mode++) {
        for (int version = 0; version < 8; version++) {
          for (int length : LENGTHS) {
            boolean isToB = random.nextBoolean();
            forged.add(
                new Datagram(
                    new InetSocketAddress(isToB ? A : B, EngineNode.SERVICE_PORT),
                    new InetSocketAddress(isToB ? B : A, EngineNode.SERVICE_PORT),
                    forged(mode, version, length)));
          }
        }
      }
    }
    forged.forEach(lab.network()::send);
    return forged.size();
  }

  @ParameterizedTest
  @EnumSource(Relation.class)
  void forgedPacketsDieOut(Relation relation) {
    relate(relation);
    long before = lab.network().carried();
    int forged = forgeAll(3);
    lab.run(302);
    long caused = lab.network().carried() - before - forged;
    assertTrue(caused <= 2L * forged, caused + " packets came of " + forged);
    lab.run(310);
    long settled = lab.network().carried();
    lab.run(1_310);
    // What is left are polls, two ways, of at most one association each.
    long polls = 4 * (1_000 / 16 + 4);
    assertTrue(lab.network().carried() - settled <= polls, "they still talk to each other");
  }

  /// An answer to every single forged packet, looked at alone.
  @Test
  void noAnswerIsAnswered() {
    relate(Relation.STRANGERS);
    int second = 300;
    for (int mode = 0; mode < 8; mode++) {
      for (int version = 0; version < 8; version++) {
        for (int length : LENGTHS) {
          if (mode == 1) {
            // Forms an association, which polls: see above.
            continue;
          }
          long before = lab.network().carried();
          lab.network()
              .send(
                  new Datagram(
                      new InetSocketAddress(A, EngineNode.SERVICE_PORT),
                      new InetSocketAddress(B, EngineNode.SERVICE_PORT),
                      forged(mode, version, length)));
          second++;
          lab.run(second);
          long carried = lab.network().carried() - before;
          // An answer to a control query may have several packets.
          assertTrue(carried <= (mode == 6 ? 6 : 2), "mode " + mode + " version " + version);
        }
      }
    }
    assertEquals(0, a.sent() + b.sent());
  }
}
