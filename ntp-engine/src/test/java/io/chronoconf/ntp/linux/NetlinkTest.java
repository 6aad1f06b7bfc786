package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.host.HostInterface;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NetlinkTest {
  private static final long DEADLINE_NANOS = 5_000_000_000L;

  @Test
  void tellsTheLoopbackOfThisHost() throws Exception {
    Assumptions.assumeTrue(LinuxPlatform.obstacle().isEmpty());
    try (Netlink netlink = Netlink.open()) {
      HostInterface loopback =
          netlink.interfaces().stream().filter(HostInterface::isLoopback).findFirst().orElseThrow();
      assertTrue(loopback.has(InetAddress.ofLiteral("127.0.0.1")));
      assertEquals(loopback.index(), netlink.interfaces().getFirst().index());
    }
  }

  @Test
  void aClosedOneIsOfNoUse() throws Exception {
    Assumptions.assumeTrue(LinuxPlatform.obstacle().isEmpty());
    Netlink netlink = Netlink.open();
    netlink.close();
    netlink.close();
    assertThrows(IllegalStateException.class, netlink::interfaces);
  }

  @Test
  void tellsTheNamespaceItWasOpenedInFromAnyThread() throws Exception {
    try (TwoHosts hosts = TwoHosts.make();
        Netlink netlink = NetworkNamespace.call(hosts.file("a"), Netlink::open)) {
      List<HostInterface> all = netlink.interfaces();
      assertEquals(List.of("lo", TwoHosts.DEVICE), all.stream().map(HostInterface::name).toList());
      HostInterface device = all.get(1);
      assertEquals("veth", device.kind());
      assertTrue(device.isUp());
      for (String own : List.of("10.98.0.1", "fd98::1", "fe80::1")) {
        assertTrue(device.has(InetAddress.ofLiteral(own)), own);
      }
      assertEquals(3, device.addresses().size());
      assertEquals(
          InetAddress.ofLiteral("10.98.0.255"),
          device.addresses().getFirst().broadcast().orElseThrow());
    }
  }

  @Test
  void aChangeEndsTheWaitAndIsTakenOnce() throws Exception {
    try (TwoHosts hosts = TwoHosts.make();
        Netlink netlink = NetworkNamespace.call(hosts.file("a"), Netlink::open);
        Poller poller = new Poller()) {
      poller.add(netlink);
      hosts.ip("a", "address", "add", "10.97.0.1/24", "dev", TwoHosts.DEVICE);
      assertEquals(List.of(netlink), poller.await(DEADLINE_NANOS));
      assertTrue(netlink.takeChanges());
      assertFalse(netlink.takeChanges());
    }
  }

  @Test
  void moreChangesThanTheKernelKeepsAreAChange() throws Exception {
    try (TwoHosts hosts = TwoHosts.make();
        Netlink netlink = NetworkNamespace.call(hosts.file("a"), Netlink::open)) {
      for (int i = 0; i < 400; i++) {
        hosts.ip("a", "link", "set", "lo", "mtu", String.valueOf(60_000 + i));
      }
      assertTrue(netlink.takeChanges());
      assertEquals(60_399, netlink.interfaces().getFirst().mtu());
    }
  }
}
