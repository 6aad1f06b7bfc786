package io.chronoconf.ntp.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.access.AccessRules.Family;
import java.net.InetAddress;
import java.util.Arrays;
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
  private static final PacketFacts IPV4 = AccessListTest.packet("10.1.2.3", "10.1.2.1");
  private static final PacketFacts IPV6 = AccessListTest.packet("2001:db8::5", "2001:db8::1");

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
    return new AccessList(List.of(new AccessEntry(permits, Optional.of(prefix), Optional.empty())));
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

  private static void assertGranted(String expected, Kind... kinds) {
    AccessRules rules = rules(kinds);
    assertEquals(
        expected,
        rules.granted(IPV4).map(AccessRight::name).orElse("NOTHING"),
        Arrays.toString(kinds));
    // The other family has rules of its own.
    assertEquals(Optional.of(AccessRight.PEER), rules.granted(IPV6));
  }

  @Test
  void rule1WithoutAnyListForTheFamilyEverybodyIsAPeer() {
    assertGranted("PEER");
    assertGranted("PEER", Kind.NONE, Kind.NONE, Kind.NONE, Kind.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "PERMIT, NONE, NONE, NONE, PEER",
    "NONE, PERMIT, NONE, NONE, SERVER",
    "NONE, NONE, PERMIT, NONE, SYNCHRONIZATION",
    "NONE, NONE, NONE, PERMIT, QUERY",
    "PERMIT, PERMIT, PERMIT, PERMIT, PEER",
    "DENY, PERMIT, PERMIT, PERMIT, SERVER",
    "NO_MATCH, DENY, PERMIT, PERMIT, SYNCHRONIZATION",
    "DENY, DENY, DENY, DENY, NOTHING",
    "NO_MATCH, NO_MATCH, NO_MATCH, NO_MATCH, NOTHING",
  })
  void rule2TheFirstRightWhoseListPermitsIsGranted(
      Kind peer, Kind server, Kind synchronization, Kind query, String expected) {
    assertGranted(expected, peer, server, synchronization, query);
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING, PERMIT, NONE, NONE, SERVER",
    "MISSING, DENY, NONE, NONE, NOTHING",
    "DENY, EMPTY, MISSING, PERMIT, QUERY",
    "NONE, NONE, MISSING, DENY, NOTHING",
  })
  void rule3ARightWithoutAListThatExistsIsNotGranted(
      Kind peer, Kind server, Kind synchronization, Kind query, String expected) {
    assertGranted(expected, peer, server, synchronization, query);
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING, NONE, NONE, NONE",
    "NONE, NONE, NONE, MISSING",
    "MISSING, MISSING, MISSING, MISSING",
  })
  void rule4IfNoneOfTheListsExistsEverybodyIsAPeer(
      Kind peer, Kind server, Kind synchronization, Kind query) {
    assertGranted("PEER", peer, server, synchronization, query);
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY, NONE, NONE, NONE",
    "EMPTY, EMPTY, EMPTY, EMPTY",
    "MISSING, EMPTY, NONE, NONE",
  })
  void rule5ListsThatAreAllEmptyGrantNothing(
      Kind peer, Kind server, Kind synchronization, Kind query) {
    assertGranted("NOTHING", peer, server, synchronization, query);
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
    assertEquals(maySynchronizeUs, rules.maySynchronizeUs(IPV4));
    assertEquals(mayTakeTime, rules.mayTakeTime(IPV4));
    assertEquals(mayQuery, rules.mayQuery(IPV4));
  }

  @Test
  void theControlQueryPolicyOverridesTheRights() {
    assertTrue(
        new AccessRules(family(Kind.DENY), family(), ControlQueryPolicy.ALLOW).mayQuery(IPV4));
    assertFalse(new AccessRules(family(), family(), ControlQueryPolicy.DENY).mayQuery(IPV4));
    assertTrue(AccessRules.NONE.mayQuery(IPV4));
  }

  @Test
  void rulesOfTheSameListsAreEqual() {
    assertEquals(rules(Kind.PERMIT, Kind.MISSING), rules(Kind.PERMIT, Kind.MISSING));
    assertEquals(
        rules(Kind.PERMIT, Kind.MISSING).hashCode(), rules(Kind.PERMIT, Kind.MISSING).hashCode());
    assertNotEquals(rules(Kind.PERMIT), rules(Kind.DENY));
    assertNotEquals(rules(Kind.MISSING), rules(Kind.NONE));
    assertNotEquals(rules(Kind.MISSING), rules(Kind.EMPTY));
    assertNotEquals(rules(Kind.PERMIT), rules(Kind.NONE, Kind.PERMIT));
  }
}
