package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.EngineEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// NTP's seconds begin anew on 2036-02-07 at 06:28:16 UTC.
class EraTest {
  private static final InetAddress A = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress B = InetAddress.ofLiteral("10.0.0.2");
  private static final InetAddress C = InetAddress.ofLiteral("10.0.0.3");

  private static long steps(EngineNode node) {
    return node.events().stream().filter(EngineEvent.ClockStepped.class::isInstance).count();
  }

  /// Before the end of the era, so that it ends on the way, and after.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2036-02-07T05:30:00Z",
        "2036-02-07T06:28:15Z",
        "2036-02-07T06:28:16Z",
        "2037-01-01T00:00:00Z"
      })
  void clientsAndServersDoNotNotice(String start) {
    EngineLab lab = new EngineLab(3, Instant.parse(start));
    ScriptedServer primary = lab.server(A);
    EngineNode second = lab.node(B, 0.02, 2e-5);
    EngineNode third = lab.node(C, -0.05, -1e-5);
    lab.link(B, A);
    lab.link(C, B);
    second.apply(List.of(EngineLab.association(primary.address(), AssociationMode.CLIENT)));
    third.apply(List.of(EngineLab.association(B, AssociationMode.CLIENT)));
    lab.run(
        5_000,
        now -> {
          if (now > 500) {
            assertEquals(0, second.clock().error(), 1e-3, "stratum 2 at " + now);
            assertEquals(0, third.clock().error(), 1e-3, "stratum 3 at " + now);
            assertTrue(third.status().system().isSynchronized(), "at " + now);
          }
        });
    assertEquals(0, steps(second) + steps(third));
    Instant end = Instant.parse(start).plusSeconds(4_999);
    Instant shown = third.status().at().local().toInstant();
    assertEquals(0, Duration.between(end, shown).toNanos() / 1e9, 1e-3, shown.toString());
  }

  @Test
  void symmetricPeersDoNotNotice() {
    EngineLab lab = new EngineLab(4, Instant.parse("2036-02-07T05:30:00Z"));
    EngineNode a = lab.node(A, 0, 0);
    EngineNode b = lab.node(B, 0.05, 1e-5);
    lab.link(a, b);
    a.apply(
        List.of(EngineLab.local(2), EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    b.apply(List.of(EngineLab.association(A, AssociationMode.SYMMETRIC_ACTIVE)));
    lab.run(
        5_000,
        now -> {
          if (now > 1_500) {
            assertEquals(0, b.clock().error(), 1e-3, "at " + now);
          }
        });
    assertEquals(3, b.status().system().stratum());
    assertEquals(0, steps(b));
  }

  @Test
  void aClockOfTheOldEraIsSetToTheNewOne() {
    EngineLab lab = new EngineLab(5, Instant.parse("2036-03-01T00:00:00Z"));
    ScriptedServer primary = lab.server(A);
    double tenYears = 10 * 365.25 * 86_400;
    EngineNode node = lab.node(B, -tenYears, 0);
    lab.link(B, A);
    node.apply(List.of(EngineLab.association(primary.address(), AssociationMode.CLIENT)));
    lab.run(200);
    assertEquals(0, node.clock().error(), 1e-3);
    assertEquals(1, steps(node));
  }
}
