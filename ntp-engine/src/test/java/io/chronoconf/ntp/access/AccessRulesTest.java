package io.chronoconf.ntp.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The guide's rules of matching, each right with each kind of list.
class AccessRulesTest {
  private static final InetAddress IPV4 = InetAddress.ofLiteral("10.1.2.3");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("2001:db8::5");
  private static final InetAddress OWN = InetAddress.ofLiteral("10.1.2.1");

  /// What a list may be.
  enum Kind {
    NONE,
    MISSING,
    EMPTY,
    PERMIT,
    DENY,
    NO_MATCH;

    Optional<AccessList> list() {
      return switch (this) {
        case NONE, MISSING -> Optional.empty();
        case EMPTY -> Optional.of(new AccessList(List.of()));
        case PERMIT -> Optional.of(one(true, "10.1.0.0", 16));
        case DENY ->
            Optional.of(
                new AccessList(
                    List.of(
                        one(false, "10.1.2.3", 32).entries().getFirst(),
                        one(true, "0.0.0.0", 0).entries().getFirst())));
        case NO_MATCH -> Optional.of(one(true, "10.2.0.0", 16));
      };
    }
  }

  private static AccessList one(boolean permits, String address, int length) {
    Prefix prefix = new Prefix(InetAddress.ofLiteral(address), length);
    return new AccessList(
        List.of(new AccessList.Entry(permits, Optional.of(prefix), Optional.empty())));
  }

  private static Family family(Kind... kinds) {
    Map<AccessRight, Optional<AccessList>> lists = new EnumMap<>(AccessRight.class);
    Iterator<AccessRight> rights = EnumSet.allOf(AccessRight.class).iterator();
    for (Kind kind : kinds) {
      AccessRight right = rights.next();
      if (kind != Kind.NONE) {
        lists.put(right, kind.list());
      }
    }
    return new Family(lists);
  }

  private static AccessRules rules(Kind... kinds) {
    return new AccessRules(family(kinds), family(), ControlQueryPolicy.BY_ACCESS_RIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    // No rule, and none of those named exists: everything.
    "NONE, NONE, NONE, NONE, PEER",
    "MISSING, NONE, NONE, NONE, PEER",
    "MISSING, MISSING, MISSING, MISSING, PEER",
    "NONE, NONE, NONE, MISSING, PEER",
    // One permits.
    "PERMIT, NONE, NONE, NONE, PEER",
    "NONE, PERMIT, NONE, NONE, SERVER",
    "NONE, NONE, PERMIT, NONE, SYNCHRONIZATION",
    "NONE, NONE, NONE, PERMIT, QUERY",
    // The first that permits.
    "PERMIT, PERMIT, PERMIT, PERMIT, PEER",
    "DENY, PERMIT, PERMIT, PERMIT, SERVER",
    "NO_MATCH, DENY, PERMIT, PERMIT, SYNCHRONIZATION",
    "DENY, EMPTY, MISSING, PERMIT, QUERY",
    // A right whose list does not exist is granted to nobody once another list does.
    "MISSING, PERMIT, NONE, NONE, SERVER",
    "MISSING, DENY, NONE, NONE, ''",
    // Lists that are all empty grant nothing.
    "EMPTY, NONE, NONE, NONE, ''",
    "EMPTY, EMPTY, EMPTY, EMPTY, ''",
    "DENY, DENY, DENY, DENY, ''",
    "NO_MATCH, NO_MATCH, NO_MATCH, NO_MATCH, ''",
  })
  void grantsTheFirstRightWhoseListPermits(
      Kind peer, Kind server, Kind synchronization, Kind query, String expected) {
    AccessRules rules = rules(peer, server, synchronization, query);
    assertEquals(expected, rules.granted(IPV4, OWN).map(AccessRight::name).orElse(""));
    // The other family has rules of its own.
    assertEquals(Optional.of(AccessRight.PEER), rules.granted(IPV6, OWN));
  }

  @ParameterizedTest
  @CsvSource({
    "PEER, true, true, true",
    "SERVER, false, true, true",
    "SYNCHRONIZATION, false, true, false",
    "QUERY, false, false, true",
  })
  void eachRightLetsDoWhatTheGuideSays(
      AccessRight right, boolean maySynchronizeUs, boolean mayTakeTime, boolean mayQuery) {
    AccessRules rules =
        new AccessRules(
            new Family(Map.of(right, Kind.PERMIT.list())),
            family(),
            ControlQueryPolicy.BY_ACCESS_RIGHT);
    assertEquals(maySynchronizeUs, rules.maySynchronizeUs(IPV4, OWN));
    assertEquals(mayTakeTime, rules.mayTakeTime(IPV4, OWN));
    assertEquals(mayQuery, rules.mayQuery(IPV4, OWN));
  }

  @Test
  void theControlQueryPolicyOverridesTheRights() {
    assertTrue(
        new AccessRules(family(Kind.DENY), family(), ControlQueryPolicy.ALLOW).mayQuery(IPV4, OWN));
    assertFalse(new AccessRules(family(), family(), ControlQueryPolicy.DENY).mayQuery(IPV4, OWN));
    assertTrue(AccessRules.NONE.mayQuery(IPV4, OWN));
  }

  @Test
  void listsLookAtTheDestinationToo() {
    AccessList list =
        new AccessList(
            List.of(
                new AccessList.Entry(
                    true,
                    Optional.empty(),
                    Optional.of(new Prefix(InetAddress.ofLiteral("10.1.2.1"), 32)))));
    assertTrue(list.permits(IPV4, OWN));
    assertFalse(list.permits(IPV4, InetAddress.ofLiteral("10.1.2.2")));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.0, 24, 10.1.2.255, true",
    "10.1.2.0, 24, 10.1.3.0, false",
    "10.1.2.128, 25, 10.1.2.127, false",
    "10.1.2.128, 25, 10.1.2.200, true",
    "0.0.0.0, 0, 255.1.1.1, true",
    "10.1.2.3, 32, 10.1.2.3, true",
    "10.1.2.3, 32, 10.1.2.2, false",
    "2001:db8::, 33, 2001:db8:7fff::1, true",
    "2001:db8::, 33, 2001:db8:8000::1, false",
    "::, 0, 10.1.2.3, false",
  })
  void prefixesAreOfOneFamily(String prefix, int length, String address, boolean contains) {
    assertEquals(
        contains,
        new Prefix(InetAddress.ofLiteral(prefix), length).contains(InetAddress.ofLiteral(address)));
  }
}
