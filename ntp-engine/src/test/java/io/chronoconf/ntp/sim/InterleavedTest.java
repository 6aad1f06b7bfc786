package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus;
import java.net.InetAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Interleaved answers (RFC 9769 section 2) between engines.
class InterleavedTest {
  private static final InetAddress SERVER = InetAddress.ofLiteral("3.0.1.41");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("3.0.1.42");
  private static final Delay PATH = new Delay.Exponential(1e-4, 1e-5);
  private static final double LEAST_LATE = 20e-6;
  private static final double MOST_LATE = 200e-6;
  private static final int FROM = 3_000;
  private static final int UNTIL = 12_000;

  private final EngineLab lab = new EngineLab(9);
  private final EngineNode server = lab.node(SERVER, 0, 0);
  private final EngineNode client = lab.node(CLIENT, 0.05, 20e-6);

  private void start(Delay path) {
    lab.link(server, client, path);
    server.apply(List.of(EngineLab.local(1)));
    client.apply(List.of(EngineLab.association(SERVER, AssociationMode.CLIENT)));
  }

  private void sendLate() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    server.sendLate(() -> random.nextDouble(LEAST_LATE, MOST_LATE));
  }

  /// Mean error of the client's clock in seconds.
  private double bias() {
    double[] sum = new double[1];
    lab.run(FROM);
    lab.run(UNTIL, _ -> sum[0] += client.clock().error());
    return Math.abs(sum[0] / (UNTIL - FROM));
  }

  private AssociationStatus row() {
    return client.status().associations().getFirst();
  }

  @Test
  void aClientIsInterleavedByItself() {
    start(PATH);
    lab.run(700);
    assertTrue(row().isInterleaved());
    assertEquals(255, row().reach());
    assertTrue(row().secondsSinceReceived() <= 66, "the answer is new, its exchange is not");
    assertEquals(1e-4 * 2, row().delay().toSeconds(), 1e-4);
  }

  @Test
  void answersThatLeaveAfterTheirStampsDoNoHarmIfInterleaved() {
    sendLate();
    start(PATH);
    assertTrue(bias() < 5e-6);
    assertTrue(row().isInterleaved());
  }

  @Test
  void answersThatLeaveAfterTheirStampsSpoilBasicTime() {
    server.forgetDepartures();
    sendLate();
    start(PATH);
    assertTrue(bias() > 10e-6);
    assertFalse(row().isInterleaved());
  }

  @Test
  void aThirdOfThePacketsMayBeLost() {
    sendLate();
    start(new Delay.Lossy(PATH, 0.33));
    assertTrue(bias() < 20e-6);
    long received = row().counters().received();
    assertEquals(0, row().counters().dropped(), "of " + received);
    assertTrue(received > 10);
  }

  /// Root mean square of the client's error in seconds, on a path that is not special.
  private static double deviation(boolean isInterleaved) {
    InterleavedTest run = new InterleavedTest();
    if (!isInterleaved) {
      run.server.forgetDepartures();
    }
    run.start(new Delay.Exponential(1e-3, 1e-4));
    double[] sum = new double[1];
    run.lab.run(FROM);
    run.lab.run(UNTIL, _ -> sum[0] += Math.pow(run.client.clock().error(), 2));
    return Math.sqrt(sum[0] / (UNTIL - FROM));
  }

  @Test
  void knowingTheTrueStampsAPollLateCostsNothing() {
    assertEquals(1, deviation(true) / deviation(false), 0.1);
  }

  @Test
  void aServerThatForgetsIsFollowedAsBefore() {
    start(PATH);
    lab.run(1000);
    assertTrue(row().isInterleaved());
    server.forgetDepartures();
    lab.run(2000);
    assertFalse(row().isInterleaved());
    assertEquals(255, row().reach());
    lab.run(4000);
    assertEquals(0, client.clock().error(), 20e-6);
  }
}
