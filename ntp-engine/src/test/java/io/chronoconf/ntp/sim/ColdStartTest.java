package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.EngineCommand;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The first seconds: the clock is put right as soon as all sources have answered once, and that it
/// is synchronized is told after four answers (RFC 5905 section 10).
class ColdStartTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("3.0.3.1");
  private static final double OFFSET = 0.1;
  private final EngineLab lab = new EngineLab(11);
  private final EngineNode client = lab.node(CLIENT, OFFSET, 2e-5);

  private EngineCommand follow(int number, double offset) {
    InetAddress address = InetAddress.ofLiteral("3.0.3.1" + number);
    EngineNode server = lab.node(address, offset, 0);
    server.apply(List.of(EngineLab.local(1)));
    lab.link(server, client);
    return EngineLab.association(address, AssociationMode.CLIENT);
  }

  private boolean isSynchronized() {
    return client.status().system().isSynchronized();
  }

  @Test
  void theClockIsRightBeforeItIsSaidToBe() {
    client.apply(List.of(follow(1, 0)));
    lab.run(4);
    assertEquals(0, client.clock().error(), 2e-4);
    assertFalse(isSynchronized());
    lab.run(10);
    assertTrue(isSynchronized());
    assertEquals(0, client.clock().error(), 2e-4);
  }

  @Test
  void largeOffsetsAreSteppedAtOnce() {
    client.clock().disturb(1e5);
    client.apply(List.of(follow(1, 0)));
    lab.run(4);
    assertEquals(0, client.clock().error(), 2e-4);
    lab.run(100);
    assertEquals(0, client.clock().error(), 2e-4);
  }

  @Test
  void oneFalsetickerAmongFourMisleadsNobody() {
    client.apply(List.of(follow(1, 5), follow(2, 0), follow(3, 0), follow(4, 0)));
    lab.run(20, _ -> assertTrue(client.clock().error() < OFFSET + 1e-3));
    assertEquals(0, client.clock().error(), 2e-4);
  }

  @Test
  void nothingIsDoneEarlyWhileASourceIsSilent() {
    InetAddress nobody = InetAddress.ofLiteral("3.0.3.99");
    client.apply(List.of(follow(1, 0), EngineLab.association(nobody, AssociationMode.CLIENT)));
    lab.run(4);
    assertEquals(OFFSET, client.clock().error(), 1e-3);
    lab.run(20);
    assertEquals(0, client.clock().error(), 2e-4);
  }

  @Test
  void twoThatContradictEachOtherAreNotFollowed() {
    client.apply(List.of(follow(1, 5), follow(2, 0)));
    lab.run(30);
    assertEquals(OFFSET, client.clock().error(), 1e-2);
  }

  @Test
  void withTheFrequencyOfTheLastRunTheClockIsRightFromTheStart() {
    EngineNode warm = lab.warmNode(InetAddress.ofLiteral("3.0.3.2"), OFFSET, 1e-4);
    InetAddress address = InetAddress.ofLiteral("3.0.3.20");
    EngineNode server = lab.node(address, 0, 0);
    server.apply(List.of(EngineLab.local(1)));
    lab.link(server, warm);
    warm.apply(List.of(EngineLab.association(address, AssociationMode.CLIENT)));
    lab.run(6);
    lab.run(400, _ -> assertEquals(0, warm.clock().error(), 2e-5));
  }
}
