package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.linux.LinuxPlatform;
import io.chronoconf.ntp.linux.TwoHosts;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class InterfaceWatchTest {
  private static final int DEADLINE_SECONDS = 20;

  private final BlockingQueue<HostNetwork> told = new LinkedBlockingQueue<>();

  @Test
  void tellsWhatItSeesAtFirst() throws Exception {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
    try (InterfaceWatch watch = InterfaceWatch.start(told::add)) {
      HostNetwork first = await(network -> true);
      assertTrue(first.has("", InetAddress.ofLiteral("127.0.0.1")));
      assertTrue(watch.now().has("", InetAddress.ofLiteral("127.0.0.1")));
    }
  }

  @Test
  void seesAddressesAndLinksOfAnInstanceComeAndGo() throws Exception {
    InetAddress address = InetAddress.ofLiteral("10.97.0.1");
    try (TwoHosts hosts = TwoHosts.make();
        InterfaceWatch watch = InterfaceWatch.start(told::add)) {
      watch.use(Map.of("vpn1", hosts.name("a")));
      await(network -> network.find("vpn1", TwoHosts.DEVICE).isPresent());

      hosts.ip("a", "address", "add", "10.97.0.1/24", "dev", TwoHosts.DEVICE);
      await(network -> network.has("vpn1", address));
      hosts.ip("a", "address", "del", "10.97.0.1/24", "dev", TwoHosts.DEVICE);
      await(network -> !network.has("vpn1", address));

      hosts.ip("a", "link", "add", "w0", "type", "veth", "peer", "name", "w1");
      await(network -> network.find("vpn1", "w0").isPresent());
      hosts.ip("a", "link", "del", "w0");
      await(network -> network.find("vpn1", "w0").isEmpty());

      hosts.ip("b", "link", "set", TwoHosts.DEVICE, "down");
      await(
          network -> network.find("vpn1", TwoHosts.DEVICE).stream().noneMatch(HostInterface::isUp));
    }
  }

  @Test
  void seesAnInstanceComeAndGoAndComeAgain() throws Exception {
    try (TwoHosts hosts = TwoHosts.make();
        InterfaceWatch watch = InterfaceWatch.start(told::add)) {
      watch.use(Map.of("vpn1", hosts.name("c")));
      await(network -> !network.instances().containsKey("vpn1"));
      hosts.add("c");
      await(network -> network.find("vpn1", "lo").isPresent());
      assertEquals(1, watch.now().of("vpn1").size());
      hosts.delete("c");
      hosts.add("c");
      // Its picture may be the same as before, but it is another: sockets in the first are dead.
      await(network -> !network.instances().containsKey("vpn1"));
      await(network -> network.find("vpn1", "lo").isPresent());
      watch.use(Map.of());
      await(network -> !network.instances().containsKey("vpn1"));
    }
  }

  @Test
  void countersAreNoChange() throws Exception {
    FakeInterfaces source = new FakeInterfaces();
    HostInterface quiet = VrfSplitTest.device(2, "eth0", "", 0);
    HostInterface busy = counting(quiet, 1);
    HostInterface busier = counting(quiet, 2);
    HostInterface other = VrfSplitTest.device(2, "eth1", "", 0);
    source.show(busy);
    try (InterfaceWatch watch = InterfaceWatch.start(source, told::add)) {
      assertEquals(picture(busy), take());
      source.show(busier);
      assertEquals(picture(busier), watch.now());
      source.show(other);
      assertEquals(picture(other), take());
    }
    assertEquals(List.of(), List.copyOf(told));
  }

  @Test
  void aDefectOfTheListenerDoesNotEndTheWatch() throws Exception {
    FakeInterfaces source = new FakeInterfaces();
    HostInterface first = VrfSplitTest.device(2, "eth0", "", 0);
    HostInterface second = VrfSplitTest.device(2, "eth1", "", 0);
    source.show(first);
    try (InterfaceWatch watch =
        InterfaceWatch.start(
            source,
            network -> {
              told.add(network);
              if (network.equals(picture(first))) {
                throw new IllegalStateException("a defect that this test wants");
              }
            })) {
      assertEquals(picture(first), take());
      source.show(second);
      assertEquals(picture(second), take());
      assertEquals(picture(second), watch.now());
    }
  }

  @Test
  void javaTellsOfThePublicNetworkToo() {
    try (JavaInterfaces source = new JavaInterfaces()) {
      source.wakeUp();
      assertTrue(source.await(), "a wake-up ends the wait");
      HostInterface loopback =
          source.read().of("").stream().filter(HostInterface::isLoopback).findFirst().orElseThrow();
      assertTrue(loopback.has(InetAddress.ofLiteral("127.0.0.1")));
      assertTrue(loopback.index() > 0 && loopback.isUp());
    }
  }

  /// Shows one picture after the other.
  private static final class FakeInterfaces implements InterfaceSource {
    private final LinkedBlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private volatile HostNetwork picture = HostNetwork.UNKNOWN;

    void show(HostInterface only) {
      picture = picture(only);
      changes.add(true);
    }

    @Override
    public void use(Map<String, String> osNames) {}

    @Override
    public boolean follow() {
      return false;
    }

    @Override
    public HostNetwork read() {
      return picture;
    }

    @Override
    public boolean await() {
      try {
        return changes.take();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }

    @Override
    public void wakeUp() {
      changes.add(false);
    }

    @Override
    public void close() {}
  }

  private static HostNetwork picture(HostInterface only) {
    return new HostNetwork(Map.of("", List.of(only)));
  }

  private static HostInterface counting(HostInterface device, long packets) {
    return new HostInterface(
        device.index(),
        device.name(),
        device.kind(),
        device.isUp(),
        device.isEnabled(),
        device.isLoopback(),
        device.hasBroadcast(),
        device.hasMulticast(),
        device.master(),
        device.lower(),
        device.mtu(),
        device.physicalAddress(),
        new HostInterface.Statistics(packets, packets, 0, 0, 0, 0, 0, 0, 0),
        device.addresses());
  }

  private HostNetwork take() throws InterruptedException {
    return await(network -> true);
  }

  private HostNetwork await(Predicate<HostNetwork> wanted) throws InterruptedException {
    HostNetwork network = HostNetwork.UNKNOWN;
    boolean isSeen = false;
    while (!isSeen) {
      HostNetwork next = told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertTrue(next != null, "not told; the last was " + network);
      if (next != null) {
        network = next;
        isSeen = wanted.test(network);
      }
    }
    return network;
  }
}
