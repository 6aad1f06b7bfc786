package io.chronoconf.ntp.mru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MruTableTest {
  private static final InetAddress OWN = InetAddress.ofLiteral("192.0.2.100");
  private static final InetAddress OTHER = InetAddress.ofLiteral("2001:db8::100");
  private static final int CLIENT_V4 = 0x23;
  private static final int CONTROL_V2 = 0x16;

  private static NtpTimestamp at(long second) {
    return new NtpTimestamp(0xe900_0000_0000_0000L + (second << 32));
  }

  private static InetSocketAddress from(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 4000);
  }

  private static InetSocketAddress ipv4(int number) {
    return address(ByteBuffer.allocate(4).putInt(0x0a000000 + number).array());
  }

  private static InetSocketAddress ipv6(int number) {
    return address(ByteBuffer.allocate(16).putLong(0x2001_0db8L << 32).putLong(number).array());
  }

  private static InetSocketAddress address(byte[] octets) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), 123);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<InetAddress> addresses(MruTable table) {
    return table.entries().stream().map(MruEntry::address).toList();
  }

  @Test
  void remembersWhatAClientSaidLast() {
    MruTable table = new MruTable(4, 1);
    table.record(from("192.0.2.1"), OWN, CLIENT_V4, at(1), Verdict.accept());
    table.record(
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 65535),
        OTHER,
        0xc0 | CONTROL_V2,
        at(5),
        Verdict.drop(DropReason.RATE));
    MruEntry known = table.entries().getFirst();
    assertEquals(
        new MruEntry(
            InetAddress.ofLiteral("192.0.2.1"), 65535, OTHER, at(1), at(5), 2, 1, CONTROL_V2, true),
        known);
    table.record(from("192.0.2.1"), OWN, CLIENT_V4, at(6), Verdict.drop(DropReason.ACCESS));
    assertFalse(table.entries().getFirst().isLimited());
    assertEquals(2, table.entries().getFirst().dropped());
  }

  @Test
  void whoWasSilentLongestMakesRoom() {
    MruTable table = new MruTable(3, 1);
    for (String address : List.of("192.0.2.1", "2001:db8::2", "192.0.2.3")) {
      table.record(from(address), OWN, CLIENT_V4, at(1), Verdict.accept());
    }
    // Heard again, so it stays, and the second goes.
    table.record(from("192.0.2.1"), OWN, CLIENT_V4, at(2), Verdict.accept());
    table.record(from("192.0.2.4"), OWN, CLIENT_V4, at(3), Verdict.accept());
    assertEquals(
        List.of("192.0.2.3", "192.0.2.1", "192.0.2.4"),
        addresses(table).stream().map(InetAddress::getHostAddress).toList());
    assertEquals(new MruList.Use(3, 3, 1, 3, 1), table.use());
    // One that comes back after it was evicted begins anew.
    table.record(from("2001:db8::2"), OWN, CLIENT_V4, at(4), Verdict.accept());
    assertEquals(at(4), table.entries().getLast().first());
    assertEquals(1, table.entries().getLast().count());
  }

  @Test
  void addressesOfBothFamiliesAreToldApart() {
    MruTable table = new MruTable(8, 1);
    List<String> all =
        List.of("0.0.0.1", "255.255.255.255", "::1", "ffff:ffff::ffff", "::2:c000:201", "1::");
    all.forEach(one -> table.record(from(one), OWN, CLIENT_V4, at(1), Verdict.accept()));
    assertEquals(all.stream().map(InetAddress::ofLiteral).toList(), addresses(table));
  }

  @Test
  void holdsOnlyTheLatestOfAHundredThousandAddresses() {
    MruTable table = new MruTable(MruTable.DEFAULT_CAPACITY, 7);
    List<InetAddress> latest = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      InetSocketAddress source = i % 2 == 0 ? ipv4(i) : ipv6(i);
      table.record(source, OWN, CLIENT_V4, at(i), Verdict.accept());
      if (i >= 100_000 - MruTable.DEFAULT_CAPACITY) {
        latest.add(source.getAddress());
      }
    }
    assertEquals(latest, addresses(table));
    assertEquals(100_000 - MruTable.DEFAULT_CAPACITY, table.use().evicted());
    assertEquals(100_000, table.tally().received());
  }

  @Test
  void agreesWithASimpleModelWhateverComes() {
    Random random = new Random(3);
    MruTable table = new MruTable(50, 3);
    Map<InetAddress, Integer> model = new LinkedHashMap<>(16, 0.75f, true);
    for (int i = 0; i < 50_000; i++) {
      int number = random.nextInt(random.nextBoolean() ? 40 : 400);
      InetSocketAddress source = number % 3 == 0 ? ipv6(number) : ipv4(number);
      table.record(source, OWN, CLIENT_V4, at(i), Verdict.accept());
      model.merge(source.getAddress(), 1, Integer::sum);
      if (model.size() > 50) {
        model.remove(model.keySet().iterator().next());
      }
      if (i % 500 == 0) {
        assertEquals(List.copyOf(model.keySet()), addresses(table));
        assertEquals(
            List.copyOf(model.values()),
            table.entries().stream().map(entry -> (int) entry.count()).toList());
      }
    }
  }

  @Test
  void aCopyStaysAsItWas() {
    MruTable table = new MruTable(2, 1);
    table.record(from("192.0.2.1"), OWN, CLIENT_V4, at(1), Verdict.accept());
    MruTable copy = table.copy();
    List<MruEntry> before = copy.entries();
    table.record(from("192.0.2.2"), OWN, CLIENT_V4, at(2), Verdict.accept());
    table.record(from("192.0.2.3"), OWN, CLIENT_V4, at(3), Verdict.accept());
    assertEquals(before, copy.entries());
    assertEquals(1, copy.tally().received());
  }

  @Test
  void moreAddressesOfOursThanThereIsRoomForShareOne() {
    MruTable table = new MruTable(1, 1);
    for (int i = 0; i < 1000; i++) {
      table.record(from("192.0.2.1"), ipv4(i).getAddress(), CLIENT_V4, at(i), Verdict.accept());
    }
    assertEquals(ipv4(255).getAddress(), table.entries().getFirst().local());
  }

  @Test
  void countsByVersionAndModeAndReason() {
    MruTable table = new MruTable(1, 1);
    table.record(from("192.0.2.1"), OWN, CLIENT_V4, at(1), Verdict.accept());
    table.record(from("192.0.2.2"), OWN, CONTROL_V2, at(1), Verdict.drop(DropReason.ACCESS));
    table.record(from("192.0.2.2"), OWN, 0x0b, at(1), Verdict.drop(DropReason.ACCESS));
    PacketTally tally = table.tally();
    assertEquals(1, tally.received(4));
    assertEquals(1, tally.received(2, 6));
    assertEquals(1, tally.received(1, 3));
    assertEquals(2, tally.dropped(DropReason.ACCESS));
    assertEquals(0, tally.dropped(DropReason.RATE));
  }

  @Test
  void tablesArePutTogetherByAddress() {
    MruTable one = new MruTable(4, 1);
    MruTable two = new MruTable(4, 2);
    one.record(from("192.0.2.1"), OWN, CLIENT_V4, at(1), Verdict.accept());
    one.record(from("192.0.2.2"), OWN, CLIENT_V4, at(4), Verdict.accept());
    two.record(from("192.0.2.1"), OTHER, CONTROL_V2, at(9), Verdict.drop(DropReason.RATE));
    two.record(from("2001:db8::1"), OTHER, CLIENT_V4, at(2), Verdict.accept());
    MruList list = MruList.of(at(10), List.of(one.copy(), two.copy()));
    assertEquals(
        List.of("2001:db8:0:0:0:0:0:1", "192.0.2.2", "192.0.2.1"),
        list.entries().stream().map(entry -> entry.address().getHostAddress()).toList());
    MruEntry both = list.entries().getLast();
    assertEquals(
        new MruEntry(
            InetAddress.ofLiteral("192.0.2.1"), 4000, OTHER, at(1), at(9), 2, 1, CONTROL_V2, true),
        both);
    assertEquals(4, list.tally().received());
    assertEquals(new MruList.Use(8, 4, 0, 4, 0), list.use());
  }

  @Test
  void ordersAcrossTheEndOfAnEra() {
    MruTable table = new MruTable(4, 1);
    table.record(from("192.0.2.1"), OWN, CLIENT_V4, new NtpTimestamp(-10), Verdict.accept());
    table.record(from("192.0.2.2"), OWN, CLIENT_V4, new NtpTimestamp(10), Verdict.accept());
    MruList list = MruList.of(new NtpTimestamp(20), List.of(table.copy()));
    assertEquals(addresses(table), list.entries().stream().map(MruEntry::address).toList());
  }

  @Test
  void aTableHasALimit() {
    assertThrows(IllegalArgumentException.class, () -> new MruTable(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MruTable(MruTable.MAX_CAPACITY + 1, 1));
    assertTrue(MruTable.OCTETS_PER_CLIENT <= 64);
  }
}
