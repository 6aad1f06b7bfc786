package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Leap seconds from primaries over two strata of ours.
class LeapTest {
  private static final Instant START = Instant.parse("2026-06-30T22:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-07-01T00:00:00Z");
  private static final int LEAP_SECOND = 7_200;

  private final List<ScriptedServer> primaries = new ArrayList<>();

  private EngineLab lab(Instant start) {
    return new EngineLab(11, start);
  }

  private EngineNode follower(EngineLab lab, int count) {
    EngineNode node = lab.node(InetAddress.ofLiteral("10.0.0.50"), 0.02, 2e-5);
    List<EngineCommand> commands = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ScriptedServer primary = lab.server(InetAddress.ofLiteral("10.0.0." + i));
      lab.link(node.address(), primary.address());
      commands.add(EngineLab.association(primary.address(), AssociationMode.CLIENT));
      primaries.add(primary);
    }
    node.apply(commands);
    return node;
  }

  private static EngineNode behind(EngineLab lab, EngineNode server) {
    EngineNode node = lab.node(InetAddress.ofLiteral("10.0.0.60"), -0.01, -3e-5);
    lab.link(node, server);
    node.apply(List.of(EngineLab.association(server.address(), AssociationMode.CLIENT)));
    return node;
  }

  private static void assertNoStep(EngineNode node) {
    assertTrue(
        node.events().stream().noneMatch(EngineEvent.ClockStepped.class::isInstance),
        () -> "the leap was taken for an offset: " + node.events());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "-1, 2"})
  void passesThroughAllStrataAndDisturbsNothing(int direction, int indicator) {
    EngineLab lab = lab(START);
    EngineNode second = follower(lab, 3);
    EngineNode third = behind(lab, second);
    primaries.forEach(primary -> primary.announce(indicator));
    primaries.forEach(primary -> primary.leap(direction, MIDNIGHT));
    int happens = direction < 0 ? LEAP_SECOND - 1 : LEAP_SECOND;
    lab.at(happens + 1, () -> primaries.forEach(primary -> primary.announce(0)));
    List<String> seen = new ArrayList<>();
    lab.run(
        LEAP_SECOND + 4_000,
        now -> {
          if (now > 1_000) {
            int leapt = now > happens ? direction : 0;
            if (now != happens) {
              assertEquals(0, second.clock().error() + leapt, 1e-3, "stratum 2 at " + now);
              assertEquals(0, third.clock().error() + leapt, 1e-3, "stratum 3 at " + now);
            }
            boolean isDue = now <= happens;
            boolean isOver = now > LEAP_SECOND + 1;
            if (isDue || isOver) {
              assertEquals(isDue ? indicator : 0, second.status().system().leap(), "at " + now);
              assertEquals(isDue ? indicator : 0, third.status().system().leap(), "at " + now);
            }
            if (now > LEAP_SECOND + 60) {
              seen.add("%.1e".formatted(second.clock().frequencyError()));
              assertEquals(0, second.clock().frequencyError(), 2e-5, "at " + now);
            }
          }
        });
    assertNoStep(second);
    assertNoStep(third);
    assertTrue(second.status().system().isSynchronized());
    assertEquals(0, second.clock().error() + direction, 1e-4);
    assertEquals(0, second.clock().frequencyError(), 1e-6, seen.getLast());
  }

  @Test
  void aMinorityThatLiesMovesNobody() {
    EngineLab lab = lab(START);
    EngineNode node = follower(lab, 4);
    primaries.getFirst().announce(1);
    primaries.getFirst().leap(1, MIDNIGHT);
    lab.run(
        LEAP_SECOND + 2_000,
        now -> {
          if (now > 1_000) {
            assertEquals(0, node.clock().error(), 1e-3, "at " + now);
            assertEquals(0, node.status().system().leap(), "at " + now);
          }
        });
    assertNoStep(node);
  }

  @Test
  void halfOfTheSourcesAreNoMajority() {
    EngineLab lab = lab(START);
    EngineNode node = follower(lab, 4);
    primaries.subList(0, 2).forEach(primary -> primary.announce(1));
    lab.run(2_000);
    assertEquals(0, node.status().system().leap());
  }

  @Test
  void anAnnouncementThatDisappearsIsWithdrawn() {
    EngineLab lab = lab(START);
    EngineNode node = follower(lab, 3);
    primaries.forEach(primary -> primary.announce(1));
    lab.at(4_000, () -> primaries.forEach(primary -> primary.announce(0)));
    lab.run(3_500);
    assertEquals(1, node.status().system().leap());
    lab.run(6_500);
    assertEquals(0, node.status().system().leap());
    lab.run(LEAP_SECOND + 1_000);
    assertEquals(0, node.clock().error(), 1e-3);
    assertNoStep(node);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-31T22:00:00Z", "2026-06-29T22:00:00Z", "2026-07-01T22:00:00Z"})
  void onOtherDaysNoAnnouncementCounts(String start) {
    EngineLab lab = lab(Instant.parse(start));
    EngineNode node = follower(lab, 3);
    primaries.forEach(primary -> primary.announce(1));
    lab.run(
        7_100,
        now -> assertTrue(now < 100 || node.status().system().leap() == 0, "announced at " + now));
    lab.run(LEAP_SECOND + 1_000, _ -> {});
    boolean isDay = start.startsWith("2026-06-29");
    assertEquals(isDay ? 1 : 0, node.status().system().leap(), "the day came");
    assertEquals(0, node.clock().error(), 1e-3);
  }

  @Test
  void whoWasToldNothingStepsOnceTheLeapLasts() {
    EngineLab lab = lab(START);
    EngineNode node = follower(lab, 3);
    primaries.forEach(primary -> primary.leap(1, MIDNIGHT));
    lab.run(LEAP_SECOND + 200);
    assertEquals(0, node.clock().error(), 0.13, "it may be no more than a spike");
    lab.run(LEAP_SECOND + 4_000);
    assertEquals(-1, node.clock().error(), 1e-2);
    assertEquals(
        1, node.events().stream().filter(EngineEvent.ClockStepped.class::isInstance).count());
  }

  @Test
  void whoLostItsSourcesBeforehandStillLeaps() {
    EngineLab lab = lab(START);
    EngineNode node = follower(lab, 1);
    primaries.forEach(primary -> primary.announce(1));
    lab.run(2_000);
    node.apply(List.of(EngineLab.local(5)));
    node.apply(
        List.of(
            new EngineCommand.Demobilize(
                new AssociationKey(
                    "", primaries.getFirst().address(), AssociationMode.CLIENT, true))));
    lab.run(2_100);
    assertEquals(6 - 1, node.status().system().stratum());
    assertEquals(1, node.status().system().leap());
    lab.run(LEAP_SECOND + 10);
    assertEquals(0, node.status().system().leap());
    assertEquals(-1, node.clock().error(), 0.05);
  }

  @Test
  void aLocalReferenceAnnouncesNothingByItself() {
    EngineLab lab = lab(START);
    EngineNode primary = lab.node(InetAddress.ofLiteral("10.0.0.1"), 0, 0);
    primary.apply(List.of(EngineLab.local(1)));
    EngineNode client = behind(lab, primary);
    lab.run(
        LEAP_SECOND + 100,
        now -> {
          assertEquals(0, primary.status().system().leap() % 3, "at " + now);
          assertEquals(0, client.status().system().leap() % 3, "at " + now);
        });
    assertEquals(0, client.clock().error(), 1e-3);
  }

  @Test
  void nothingIsMeasuredNearIt() {
    EngineLab lab = lab(START);
    EngineNode node = follower(lab, 3);
    primaries.forEach(primary -> primary.announce(1));
    primaries.forEach(primary -> primary.leap(1, Instant.parse("2026-07-01T00:00:02Z")));
    // Asks at a second when the server has not leapt yet and the client has.
    lab.at(
        LEAP_SECOND + 1.5,
        () ->
            node.apply(
                List.of(
                    new EngineCommand.Mobilize(
                        new AssociationConfig(
                            new AssociationKey(
                                "", primaries.getFirst().address(), AssociationMode.CLIENT, true),
                            EngineNode.SERVICE_PORT,
                            4,
                            new PollExponent(6),
                            new PollExponent(6),
                            false,
                            true,
                            false)))));
    lab.run(LEAP_SECOND + 1_000);
    assertEquals(-1, node.clock().error(), 1e-3);
    assertNoStep(node);
  }
}
