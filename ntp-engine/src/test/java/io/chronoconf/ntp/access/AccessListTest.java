package io.chronoconf.ntp.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessListTest {
  private static final int NTP_PORT = 123;
  private static final int LISTS = 150;
  private static final int PACKETS = 200;

  static PacketFacts packet(String source, String local) {
    return packet(source, 40_000, local, NTP_PORT, 0);
  }

  private static PacketFacts packet(
      String source, int sourcePort, String local, int localPort, int trafficClass) {
    return PacketFacts.of(
        new InetSocketAddress(InetAddress.ofLiteral(source), sourcePort),
        InetAddress.ofLiteral(local),
        localPort,
        trafficClass);
  }

  private static Optional<Prefix> prefix(String text) {
    int slash = text.indexOf('/');
    return Optional.of(
        new Prefix(
            InetAddress.ofLiteral(text.substring(0, slash)),
            Integer.parseInt(text.substring(slash + 1))));
  }

  private static AccessEntry from(boolean permits, String source) {
    return new AccessEntry(permits, prefix(source), Optional.empty());
  }

  private static AccessEntry withPorts(PortRange source, PortRange destination) {
    return new AccessEntry(
        true, Optional.empty(), Optional.empty(), source, destination, TrafficClassMatch.ANY);
  }

  private static AccessEntry marked(TrafficClassMatch trafficClass) {
    return new AccessEntry(
        true, Optional.empty(), Optional.empty(), PortRange.ANY, PortRange.ANY, trafficClass);
  }

  private static boolean permits(AccessEntry entry, PacketFacts packet) {
    return new AccessList(List.of(entry)).permits(packet);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.0/24, 10.1.2.255, true",
    "10.1.2.0/24, 10.1.3.0, false",
    "10.1.2.99/24, 10.1.2.1, true",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.2.128/25, 10.1.2.200, true",
    "0.0.0.0/0, 255.1.1.1, true",
    "10.1.2.3/32, 10.1.2.3, true",
    "10.1.2.3/32, 10.1.2.2, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::/64, 2001:db8::1, true",
    "2001:db8::/65, 2001:db8::8000:0:0:1, false",
    "2001:db8::5/128, 2001:db8::5, true",
    "2001:db8::5/128, 2001:db8::4, false",
    "::/0, 2001:db8::1, true",
    "::/0, 10.1.2.3, false",
    "0.0.0.0/0, 2001:db8::1, false",
  })
  void prefixesAreOfOneFamily(String prefix, String address, boolean contains) {
    String local = address.contains(":") ? "2001:db8::1" : "10.1.2.1";
    assertEquals(contains, permits(from(true, prefix), packet(address, local)));
    assertEquals(
        contains,
        permits(new AccessEntry(true, Optional.empty(), prefix(prefix)), packet(address, address)));
  }

  @Test
  void theFirstEntryThatMatchesDecides() {
    AccessList list =
        new AccessList(
            List.of(
                from(false, "10.1.2.3/32"),
                from(true, "10.1.0.0/16"),
                from(false, "10.0.0.0/8"),
                from(true, "10.2.0.0/16"),
                from(true, "0.0.0.0/0")));
    assertFalse(list.permits(packet("10.1.2.3", "10.1.2.1")));
    assertTrue(list.permits(packet("10.1.2.4", "10.1.2.1")));
    assertFalse(list.permits(packet("10.2.2.4", "10.1.2.1")), "hidden by 10.0.0.0/8");
    assertTrue(list.permits(packet("192.0.2.1", "10.1.2.1")));
    assertFalse(list.permits(packet("2001:db8::1", "2001:db8::2")));
  }

  @Test
  void anEmptyListPermitsNobody() {
    assertFalse(new AccessList(List.of()).permits(packet("10.1.2.3", "10.1.2.1")));
  }

  @Test
  void anEntryWithoutConditionsMatchesBothFamilies() {
    AccessEntry any = new AccessEntry(true, Optional.empty(), Optional.empty());
    assertTrue(permits(any, packet("10.1.2.3", "10.1.2.1")));
    assertTrue(permits(any, packet("2001:db8::1", "2001:db8::2")));
  }

  @Test
  void anEntryOfTwoFamiliesMatchesNothing() {
    AccessEntry mixed = new AccessEntry(true, prefix("0.0.0.0/0"), prefix("::/0"));
    assertFalse(permits(mixed, packet("10.1.2.3", "10.1.2.1")));
    assertFalse(permits(mixed, packet("2001:db8::1", "2001:db8::2")));
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, 0, true",
    "ANY, 65535, true",
    "ONLY, 123, true",
    "ONLY, 124, false",
    "ALL_BUT, 123, false",
    "ALL_BUT, 122, true",
    "AT_MOST, 123, true",
    "AT_MOST, 124, false",
    "AT_LEAST, 123, true",
    "AT_LEAST, 122, false",
    "RANGE, 100, true",
    "RANGE, 123, true",
    "RANGE, 99, false",
    "RANGE, 124, false",
  })
  void portsAreComparedOnBothSides(String kind, int port, boolean contains) {
    PortRange range =
        switch (kind) {
          case "ONLY" -> PortRange.only(NTP_PORT);
          case "ALL_BUT" -> PortRange.allBut(NTP_PORT);
          case "AT_MOST" -> PortRange.atMost(NTP_PORT);
          case "AT_LEAST" -> PortRange.atLeast(NTP_PORT);
          case "RANGE" -> PortRange.of(100, NTP_PORT);
          default -> PortRange.ANY;
        };
    int other = 7;
    assertEquals(
        contains,
        permits(
            withPorts(range, PortRange.only(other)),
            packet("10.1.2.3", port, "10.1.2.1", other, 0)));
    assertEquals(
        contains,
        permits(
            withPorts(PortRange.only(other), range),
            packet("2001:db8::1", other, "2001:db8::2", port, 0)));
  }

  @Test
  void portsAreRangesThatCanBe() {
    assertThrows(IllegalArgumentException.class, () -> PortRange.of(2, 1));
    assertThrows(IllegalArgumentException.class, () -> PortRange.of(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> PortRange.of(1, 65_536));
  }

  @ParameterizedTest
  @CsvSource({"46, 184, true", "46, 187, true", "46, 188, false", "0, 3, true", "0, 4, false"})
  void theCodePointIsTheUpperSixBits(int dscp, int trafficClass, boolean matches) {
    assertEquals(
        matches,
        permits(
            marked(TrafficClassMatch.ANY.withDscp(dscp)),
            packet("10.1.2.3", 1, "10.1.2.1", NTP_PORT, trafficClass)));
  }

  @ParameterizedTest
  @CsvSource({"1, 185, true", "1, 1, true", "1, 184, false", "0, 184, true", "3, 187, true"})
  void congestionIsTheLowerTwoBits(int ecn, int trafficClass, boolean matches) {
    assertEquals(
        matches,
        permits(
            marked(TrafficClassMatch.ANY.withEcn(ecn)),
            packet("10.1.2.3", 1, "10.1.2.1", NTP_PORT, trafficClass)));
  }

  @Test
  void listsOfTheSameEntriesAreEqual() {
    AccessList one = new AccessList(List.of(from(true, "10.0.0.0/8"), from(false, "::/0")));
    AccessList same = new AccessList(List.of(from(true, "10.0.0.0/8"), from(false, "::/0")));
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(
        one, new AccessList(List.of(from(false, "::/0"), from(true, "10.0.0.0/8"))), "the order");
    assertNotEquals(one, new AccessList(List.of(from(true, "10.0.0.0/8"))));
  }

  /// The law that makes compiling safe: whatever the list and the packet, the compiled list says
  /// what the entries say one after the other.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aCompiledListSaysWhatItsEntriesSay(long seed) throws UnknownHostException {
    Random random = new Random(seed);
    int permitted = 0;
    for (int i = 0; i < LISTS; i++) {
      List<AccessEntry> entries = entries(random, 1 + random.nextInt(i % 10 == 0 ? 1000 : 60));
      AccessList compiled = new AccessList(entries);
      LinearAccessList linear = new LinearAccessList(entries);
      for (int j = 0; j < PACKETS; j++) {
        boolean isIpv4 = random.nextBoolean();
        InetAddress source = address(random, isIpv4);
        InetAddress local = address(random, isIpv4);
        int sourcePort = port(random);
        int localPort = port(random);
        int trafficClass = random.nextInt(256);
        boolean expected = linear.permits(source, sourcePort, local, localPort, trafficClass);
        PacketFacts packet =
            PacketFacts.of(
                new InetSocketAddress(source, sourcePort), local, localPort, trafficClass);
        assertEquals(expected, compiled.permits(packet), () -> packet + " of " + entries);
        permitted += expected ? 1 : 0;
      }
    }
    // Neither everything nor nothing, or the law would say little.
    assertTrue(permitted > LISTS * PACKETS / 20 && permitted < LISTS * PACKETS * 19 / 20);
  }

  private static List<AccessEntry> entries(Random random, int count) throws UnknownHostException {
    // Some lists look at sources only, some at everything.
    int conditions = random.nextInt(3);
    List<AccessEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isIpv4 = random.nextBoolean();
      entries.add(
          new AccessEntry(
              random.nextBoolean(),
              maybe(random, isIpv4, 9),
              maybe(random, random.nextInt(20) == 0 ? !isIpv4 : isIpv4, conditions * 3),
              range(random, conditions),
              range(random, conditions),
              trafficClass(random, conditions)));
    }
    return entries;
  }

  private static Optional<Prefix> maybe(Random random, boolean isIpv4, int ofTen)
      throws UnknownHostException {
    if (random.nextInt(10) >= ofTen) {
      return Optional.empty();
    }
    int width = isIpv4 ? 32 : 128;
    int length =
        switch (random.nextInt(4)) {
          case 0 -> width;
          case 1 -> width - random.nextInt(6);
          default -> random.nextInt(width + 1);
        };
    return Optional.of(new Prefix(address(random, isIpv4), length));
  }

  /// Few bits vary, at the ends and in the middle, so that prefixes overlap and packets hit them.
  private static InetAddress address(Random random, boolean isIpv4) throws UnknownHostException {
    byte[] bytes = new byte[isIpv4 ? 4 : 16];
    bytes[0] = (byte) (random.nextInt(2) << 7 | 1);
    bytes[bytes.length / 2] = (byte) random.nextInt(4);
    bytes[bytes.length / 2 - 1] = (byte) (random.nextInt(4) << 3);
    bytes[bytes.length - 1] = (byte) random.nextInt(8);
    return InetAddress.getByAddress(bytes);
  }

  private static int port(Random random) {
    return 120 + random.nextInt(6);
  }

  private static PortRange range(Random random, int conditions) {
    return switch (random.nextInt(conditions == 0 ? 1 : 6)) {
      case 1 -> PortRange.only(port(random));
      case 2 -> PortRange.allBut(port(random));
      case 3 -> PortRange.atLeast(port(random));
      case 4 -> PortRange.of(120, port(random));
      default -> PortRange.ANY;
    };
  }

  private static TrafficClassMatch trafficClass(Random random, int conditions) {
    return switch (random.nextInt(conditions == 0 ? 1 : 6)) {
      case 1 -> TrafficClassMatch.ANY.withDscp(random.nextInt(64));
      case 2 -> TrafficClassMatch.ANY.withEcn(random.nextInt(4));
      default -> TrafficClassMatch.ANY;
    };
  }

  @Test
  void toAskAllocatesNothing() throws UnknownHostException {
    Random random = new Random(9);
    AccessList list = new AccessList(entries(random, 500));
    List<PacketFacts> packets = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      boolean isIpv4 = random.nextBoolean();
      packets.add(
          PacketFacts.of(
              new InetSocketAddress(address(random, isIpv4), port(random)),
              address(random, isIpv4),
              port(random),
              random.nextInt(256)));
    }
    AccessRules rules =
        new AccessRules(
            new AccessRules.Family(Map.of(AccessRight.QUERY, Optional.of(list))),
            new AccessRules.Family(Map.of(AccessRight.SERVER, Optional.of(list))),
            AccessRules.ControlQueryPolicy.BY_ACCESS_RIGHT);
    int ignored = ask(rules, packets);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int again = ask(rules, packets);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(ignored, again);
    assertTrue(allocated < packets.size(), allocated + " bytes for 6000 questions");
  }

  private static int ask(AccessRules rules, List<PacketFacts> packets) {
    int granted = 0;
    for (int i = 0; i < packets.size(); i++) {
      granted += rules.mayTakeTime(packets.get(i)) ? 1 : 0;
      granted += rules.mayQuery(packets.get(i)) ? 1 : 0;
      granted += rules.maySynchronizeUs(packets.get(i)) ? 1 : 0;
    }
    return granted;
  }
}
