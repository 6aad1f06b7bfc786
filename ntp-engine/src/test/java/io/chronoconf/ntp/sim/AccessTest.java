package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.EngineCommand;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Access rights with packets between two engines.
class AccessTest {
  private static final InetAddress A = InetAddress.ofLiteral("1.0.1.11");
  private static final InetAddress B = InetAddress.ofLiteral("1.0.1.12");

  private final EngineLab lab = new EngineLab(5);
  private final EngineNode a = lab.node(A, 0, 0);
  private final EngineNode b = lab.node(B, 0.02, 0);

  private void run(int until) {
    lab.link(a, b);
    lab.run(until);
  }

  /// Grants one right to everybody and nothing else.
  private static EngineCommand only(AccessRight right) {
    AccessList everybody =
        new AccessList(
            List.of(
                new AccessList.Entry(
                    true,
                    Optional.of(new Prefix(InetAddress.ofLiteral("0.0.0.0"), 0)),
                    Optional.empty())));
    return new EngineCommand.ConfigureAccess(
        new AccessRules(
            new Family(Map.of(right, Optional.of(everybody))),
            new Family(Map.of()),
            ControlQueryPolicy.BY_ACCESS_RIGHT));
  }

  @ParameterizedTest
  @CsvSource({"PEER, true", "SERVER, true", "SYNCHRONIZATION, true", "QUERY, false"})
  void aServerAnswersWhoMayTakeTime(AccessRight right, boolean isAnswered) {
    a.apply(List.of(EngineLab.local(2), only(right)));
    b.apply(List.of(EngineLab.association(A, AssociationMode.CLIENT)));
    run(60);
    assertEquals(isAnswered, b.status().system().isSynchronized());
  }

  @ParameterizedTest
  @CsvSource({"PEER, true", "SERVER, false", "SYNCHRONIZATION, false", "QUERY, false"})
  void aClientFollowsWhoMaySynchronizeIt(AccessRight right, boolean follows) {
    a.apply(List.of(EngineLab.local(2)));
    b.apply(List.of(only(right), EngineLab.association(A, AssociationMode.CLIENT)));
    run(60);
    assertEquals(follows, b.status().system().isSynchronized());
    assertEquals(
        follows ? RejectReason.NONE : RejectReason.ACCESS,
        b.status().associations().getFirst().rejectReason());
  }

  @ParameterizedTest
  @CsvSource({"PEER, 1", "SERVER, 0", "SYNCHRONIZATION, 0", "QUERY, 0"})
  void aPassiveAssociationNeedsTheHighestRight(AccessRight right, int formed) {
    a.apply(
        List.of(EngineLab.local(2), EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    b.apply(List.of(only(right)));
    run(60);
    assertEquals(formed, b.status().associations().size());
  }

  @Test
  void whoLosesTheRightLosesIt() {
    a.apply(
        List.of(EngineLab.local(2), EngineLab.association(B, AssociationMode.SYMMETRIC_ACTIVE)));
    run(200);
    assertTrue(b.status().system().isSynchronized());
    b.apply(List.of(only(AccessRight.SERVER)));
    run(300);
    assertFalse(b.status().system().isSynchronized());
    assertEquals(List.of(), b.status().associations());
    b.apply(List.of(new EngineCommand.ConfigureAccess(AccessRules.NONE)));
    run(600);
    assertTrue(b.status().system().isSynchronized());
  }
}
