package io.chronoconf.ntp.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetlinkMessagesTest {
  private static final int NEW_LINK = 16;
  private static final int NEW_ADDRESS = 20;
  private static final int MULTI = 2;
  private static final int INTERRUPTED = 0x10;

  /// Up, with carrier, broadcasts and multicasts.
  private static final int READY = 0x1 | 0x2 | 0x40 | 0x1000 | 0x10000;

  private static final int ETHERNET = 1;

  /// What kernel 6.18 told of a namespace with a veth pair to elsewhere and one to a bridge.
  @Nested
  class Recorded {
    private final List<HostInterface> all = recorded();

    @Test
    void theLoopback() {
      HostInterface lo = all.get(0);
      assertEquals(1, lo.index());
      assertEquals("lo", lo.name());
      assertEquals("", lo.kind());
      assertEquals("", lo.physicalAddress());
      assertEquals(65_536, lo.mtu());
      assertTrue(lo.isLoopback() && lo.isEnabled());
      assertTrue(lo.isUp(), "its state is unknown, and it has a carrier");
      assertFalse(lo.hasBroadcast() || lo.hasMulticast());
      assertEquals(List.of(own("127.0.0.1", 8, true), own("::1", 128, true)), lo.addresses());
    }

    @Test
    void aDeviceWhoseOtherEndIsElsewhere() {
      HostInterface device = all.get(1);
      assertEquals("v0", device.name());
      assertEquals("veth", device.kind());
      assertEquals("a6:8e:8b:ed:ed:30", device.physicalAddress());
      assertEquals(1_500, device.mtu());
      assertEquals(0, device.lower());
      assertEquals(0, device.master());
      assertTrue(device.isUp() && device.hasBroadcast() && device.hasMulticast());
      assertEquals(new HostInterface.Statistics(0, 0, 0, 0, 0, 130, 1, 0, 0), device.statistics());
    }

    @Test
    void itsAddressesInTheKernelsOrder() {
      Optional<InetAddress> broadcast = Optional.of(InetAddress.ofLiteral("10.98.0.255"));
      assertEquals(
          List.of(
              new HostAddress(InetAddress.ofLiteral("10.98.0.1"), 24, broadcast, true),
              own("10.5.0.1", 32, true),
              own("10.98.0.9", 24, false),
              own("fd98::4", 128, false),
              own("fd98::3", 64, false),
              own("fd98::1", 64, true)),
          all.get(1).addresses());
    }

    @Test
    void aPortOfABridgeThatIsOff() {
      HostInterface port = all.get(3);
      assertEquals("v9", port.name());
      assertEquals(5, port.master());
      assertEquals(0, port.lower(), "the other end of the pair is not below it");
      assertFalse(port.isEnabled() || port.isUp());
      assertEquals("bridge", all.get(4).kind());
      assertEquals(5, all.size());
    }
  }

  @Nested
  class Links {
    @Test
    void aVlanNamesTheDeviceBelow() {
      HostInterface vlan =
          device(
              named(ETHERNET, 7, READY, "eth0.100")
                  .number(5, 2)
                  .attribute(
                      18,
                      NetlinkBytes.nothing()
                          .text(1, "vlan")
                          .attribute(2, NetlinkBytes.nothing().attribute(1, new byte[] {100, 0}))));
      assertEquals("vlan", vlan.kind());
      assertEquals(2, vlan.lower());
    }

    @Test
    void aBondAndItsMember() {
      int slave = 0x800;
      HostInterface bond = device(named(ETHERNET, 4, READY | 0x400, "bond0").kind("bond"));
      HostInterface member =
          device(
              named(ETHERNET, 2, READY | slave, "eth0")
                  .number(10, 4)
                  .attribute(18, NetlinkBytes.nothing().text(4, "bond")));
      assertEquals("bond", bond.kind());
      assertEquals(0, bond.master());
      assertEquals(4, member.master());
      assertEquals("", member.kind(), "what it is a member of is not its own kind");
    }

    @Test
    void aVrfAndItsMember() {
      HostInterface vrf = device(named(ETHERNET, 9, READY, "blue").kind("vrf"));
      HostInterface member =
          device(
              named(ETHERNET, 3, READY, "eth1")
                  .number(10, 9)
                  .attribute(18, NetlinkBytes.nothing().text(4, "vrf")));
      assertEquals("vrf", vrf.kind());
      assertEquals(9, member.master());
    }

    @ParameterizedTest
    @CsvSource({"gre, 778, 4", "ip6gre, 823, 16", "sit, 776, 4", "ipip, 768, 4", "ip6tnl, 769, 16"})
    void aTunnelHasNoPhysicalAddress(String kind, int hardware, int length) {
      int pointToPoint = 0x10;
      HostInterface tunnel =
          device(
              named(hardware, 8, 0x1 | 0x40 | 0x10000 | pointToPoint, "tun1")
                  .number(5, 2)
                  .attribute(1, new byte[length])
                  .kind(kind));
      assertEquals(kind, tunnel.kind());
      assertEquals("", tunnel.physicalAddress());
      assertEquals(2, tunnel.lower());
      assertTrue(tunnel.isUp());
      assertFalse(tunnel.hasBroadcast() || tunnel.hasMulticast());
    }

    /// IF_OPER_UNKNOWN 0, DOWN 2, LOWERLAYERDOWN 3, DORMANT 5, UP 6.
    @ParameterizedTest
    @CsvSource({"0, true", "2, false", "3, false", "5, false", "6, true"})
    void theOperationalStateCounts(int state, boolean isUp) {
      NetlinkBytes bytes =
          named(ETHERNET, 2, READY, "eth0").attribute(16, new byte[] {(byte) state});
      assertEquals(isUp, device(bytes).isUp());
    }

    @Test
    void withoutACarrierItIsEnabledAndNotUp() {
      HostInterface device = device(named(ETHERNET, 2, READY & ~0x10000, "eth0"));
      assertTrue(device.isEnabled());
      assertFalse(device.isUp());
      assertFalse(device(named(ETHERNET, 2, READY & ~0x1, "eth0")).isUp());
    }

    @Test
    void aNumberOfAnotherNamespaceIsNoDeviceBelow() {
      NetlinkBytes vlan = named(ETHERNET, 7, READY, "eth0.1").number(5, 2).kind("vlan");
      assertEquals(0, device(vlan.number(37, 0)).lower());
    }

    @Test
    void allCounters() {
      NetlinkBytes counters = NetlinkBytes.nothing();
      for (long value : new long[] {1, 2, 3, 4, 5, 6, 7, 8, 1L << 40}) {
        counters.u64(value);
      }
      HostInterface device = device(named(ETHERNET, 2, READY, "eth0").attribute(23, counters));
      assertEquals(
          new HostInterface.Statistics(3, 1, 1L << 40, 5, 7, 4, 2, 6, 8), device.statistics());
    }

    @Test
    void countersThatAreCutOffAreNone() {
      HostInterface device = device(named(ETHERNET, 2, READY, "eth0").attribute(23, new byte[64]));
      assertEquals(HostInterface.Statistics.NONE, device.statistics());
    }

    @Test
    void whatHasNoNameOrNumberOrIsAPortOfABridgeIsNoDevice() {
      NetlinkBytes unnamed = NetlinkBytes.link(ETHERNET, 2, READY);
      NetlinkBytes unnumbered = named(ETHERNET, 0, READY, "eth0");
      byte[] ofBridge = named(ETHERNET, 2, READY, "eth0").octets();
      ofBridge[0] = 7;
      for (NetlinkBytes body : List.of(unnamed, unnumbered, NetlinkBytes.nothing().raw(ofBridge))) {
        assertInstanceOf(NetlinkMessages.Other.class, message(body.message(NEW_LINK, MULTI, 1)));
      }
    }
  }

  @Nested
  class Addresses {
    @Test
    void aLineBetweenTwoPointsHasItsOwnEndAsTheLocalOne() {
      NetlinkBytes body =
          NetlinkBytes.address(2, 32, 0x80, 3)
              .attribute(1, new byte[] {10, 5, 0, 2})
              .attribute(2, new byte[] {10, 5, 0, 1});
      assertEquals(own("10.5.0.1", 32, true), address(body));
    }

    @Test
    void anAddressOfIpv6NeedsNoLocalOne() {
      NetlinkBytes body = NetlinkBytes.address(10, 64, 0x80, 3).attribute(1, octets("fe80::1"));
      HostAddress address = address(body);
      assertEquals(own("fe80::1", 64, true), address);
      assertEquals(0, assertInstanceOf(Inet6Address.class, address.address()).getScopeId());
    }

    @Test
    void anIpv4MappedAddressStaysOneOfIpv6() {
      byte[] mapped = new byte[16];
      mapped[10] = (byte) 0xff;
      mapped[11] = (byte) 0xff;
      mapped[15] = 1;
      NetlinkBytes body = NetlinkBytes.address(10, 128, 0x80, 3).attribute(1, mapped);
      assertInstanceOf(Inet6Address.class, address(body).address());
    }

    /// Secondary or temporary 0x01, duplicate 0x08, deprecated 0x20, tentative 0x40, permanent
    /// 0x80, not to be checked 0x02, its prefix managed 0x100.
    @ParameterizedTest
    @CsvSource({
      "1, false",
      "8, false",
      "32, false",
      "64, false",
      "128, true",
      "2, true",
      "256, true"
    })
    void flagsDecideWhetherItIsPreferred(int flags, boolean isPreferred) {
      NetlinkBytes body =
          NetlinkBytes.address(10, 64, flags & 0xff, 3)
              .attribute(1, octets("2001:db8::1"))
              .number(8, flags);
      assertEquals(isPreferred, address(body).isPreferred());
    }

    @Test
    void oldKernelsTellTheFlagsInTheHeaderOnly() {
      NetlinkBytes body =
          NetlinkBytes.address(2, 24, 0x81, 3).attribute(2, new byte[] {10, 0, 0, 1});
      assertFalse(address(body).isPreferred());
    }

    @Test
    void nonsenseIsNoAddress() {
      byte[] v4 = {10, 0, 0, 1};
      for (NetlinkBytes body :
          List.of(
              NetlinkBytes.address(2, 33, 0x80, 3).attribute(1, v4),
              NetlinkBytes.address(10, 129, 0x80, 3).attribute(1, new byte[16]),
              NetlinkBytes.address(10, 64, 0x80, 3).attribute(1, v4),
              NetlinkBytes.address(2, 24, 0x80, 0).attribute(1, v4),
              NetlinkBytes.address(7, 24, 0x80, 3).attribute(1, v4),
              NetlinkBytes.address(2, 24, 0x80, 3))) {
        assertInstanceOf(NetlinkMessages.Other.class, message(body.message(NEW_ADDRESS, MULTI, 1)));
      }
    }
  }

  @Nested
  class Dumps {
    @Test
    void anAnswerToAnotherRequestIsPassedOver() throws Exception {
      InterfaceDump dump = new InterfaceDump();
      byte[] late = named(ETHERNET, 2, READY, "late").message(NEW_LINK, MULTI, 6);
      byte[] fresh = named(ETHERNET, 3, READY, "fresh").message(NEW_LINK, MULTI, 7);
      byte[] lateEnd = NetlinkBytes.nothing().u32(0).message(3, MULTI, 6);
      assertFalse(dump.accept(read(late, lateEnd, fresh), 7));
      assertEquals(List.of("fresh"), dump.interfaces().stream().map(HostInterface::name).toList());
      assertTrue(dump.accept(read(NetlinkBytes.nothing().u32(0).message(3, MULTI, 7)), 7));
      assertTrue(dump.isWhole());
    }

    @Test
    void anInterruptedDumpIsNotWhole() throws Exception {
      InterfaceDump dump = new InterfaceDump();
      byte[] link = named(ETHERNET, 2, READY, "eth0").message(NEW_LINK, MULTI | INTERRUPTED, 7);
      assertFalse(dump.accept(read(link), 7));
      assertFalse(dump.isWhole());
    }

    @Test
    void anAddressOfAnUnknownDeviceIsLeftOut() throws Exception {
      InterfaceDump dump = new InterfaceDump();
      NetlinkBytes address =
          NetlinkBytes.address(2, 24, 0, 9).attribute(2, new byte[] {10, 0, 0, 1});
      assertFalse(dump.accept(read(address.message(NEW_ADDRESS, MULTI, 7)), 7));
      assertEquals(List.of(), dump.interfaces());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aRefusalIsTold(int type) {
      byte[] refusal = NetlinkBytes.nothing().u32(-1).raw(new byte[16]).message(type, 0, 7);
      LinuxException failure =
          assertThrows(LinuxException.class, () -> new InterfaceDump().accept(read(refusal), 7));
      assertTrue(failure.is(Errno.EPERM));
    }

    @Test
    void theRequestAsksForAll() {
      byte[] links = NetlinkMessages.dumpRequest(18, 5);
      assertEquals("20000000120001030500000000000000" + "0".repeat(32), hex(links));
      byte[] addresses = NetlinkMessages.dumpRequest(22, 6);
      assertEquals("18000000160001030600000000000000" + "0".repeat(16), hex(addresses));
    }
  }

  /// Nothing that arrives makes the reader fail.
  @Nested
  class Robustness {
    @Test
    void anyBeginningOfADatagram() throws IOException {
      byte[] all = join(lines("links.hex"), lines("addresses.hex"));
      for (int length = 0; length < all.length; length++) {
        assertNotNull(NetlinkMessages.read(NetlinkBytes.buffer(Arrays.copyOf(all, length))));
      }
    }

    @Test
    void anyOctetChanged() throws IOException {
      Random random = new Random(7);
      byte[] all = join(lines("links.hex"), lines("addresses.hex"));
      for (int run = 0; run < 20_000; run++) {
        byte[] changed = all.clone();
        for (int i = 0; i < 3; i++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        assertNotNull(NetlinkMessages.read(NetlinkBytes.buffer(changed)));
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void anAbsurdLengthEndsTheDatagram(int length) {
      byte[] message = named(ETHERNET, 2, READY, "eth0").message(NEW_LINK, MULTI, 1);
      ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(0, length);
      assertEquals(
          List.of(),
          NetlinkMessages.read(NetlinkBytes.buffer(message)).stream()
              .filter(answer -> answer.message() instanceof NetlinkMessages.Link)
              .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 0xffff})
    void anAbsurdAttributeEndsTheAttributes(int length) {
      NetlinkBytes body =
          named(ETHERNET, 2, READY, "eth0").u16(length).u16(10).u32(4).number(4, 1_400);
      HostInterface device = device(body);
      assertEquals("eth0", device.name());
      assertEquals(0, device.master());
      assertEquals(0, device.mtu(), "what follows it cannot be trusted");
    }
  }

  private static NetlinkBytes named(int hardware, int index, int flags, String name) {
    return NetlinkBytes.link(hardware, index, flags).text(3, name);
  }

  private static HostInterface device(NetlinkBytes body) {
    NetlinkMessages.Message message = message(body.message(NEW_LINK, MULTI, 1));
    return assertInstanceOf(NetlinkMessages.Link.class, message).device();
  }

  private static HostAddress address(NetlinkBytes body) {
    NetlinkMessages.Message message = message(body.message(NEW_ADDRESS, MULTI, 1));
    return assertInstanceOf(NetlinkMessages.Address.class, message).address();
  }

  private static NetlinkMessages.Message message(byte[] octets) {
    List<NetlinkMessages.Answer> answers = read(octets);
    assertEquals(1, answers.size());
    return answers.getFirst().message();
  }

  private static List<NetlinkMessages.Answer> read(byte[]... messages) {
    return NetlinkMessages.read(NetlinkBytes.buffer(join(List.of(messages))));
  }

  private static HostAddress own(String address, int prefixLength, boolean isPreferred) {
    return new HostAddress(
        InetAddress.ofLiteral(address), prefixLength, Optional.empty(), isPreferred);
  }

  private static byte[] octets(String address) {
    return InetAddress.ofLiteral(address).getAddress();
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static List<HostInterface> recorded() {
    try {
      InterfaceDump dump = new InterfaceDump();
      assertTrue(dump.accept(read(join(lines("links.hex"))), 7));
      assertTrue(dump.accept(read(join(lines("addresses.hex"))), 7));
      return dump.interfaces();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<byte[]> lines(String name) throws IOException {
    try (InputStream file = NetlinkMessagesTest.class.getResourceAsStream("/netlink/" + name)) {
      assertNotNull(file);
      String text = new String(file.readAllBytes(), US_ASCII);
      return text.lines().map(line -> HexFormat.of().parseHex(line)).toList();
    }
  }

  private static byte[] join(List<byte[]> first, List<byte[]> second) {
    List<byte[]> all = new ArrayList<>(first);
    all.addAll(second);
    return join(all);
  }

  private static byte[] join(List<byte[]> all) {
    ByteBuffer joined = ByteBuffer.allocate(all.stream().mapToInt(part -> part.length).sum());
    all.forEach(joined::put);
    return joined.array();
  }
}
