package io.chronoconf.agent.model.ietfinterfaces;

import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.interfaces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostInterface.Statistics;
import io.chronoconf.ntp.host.HostNetwork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfacesModuleTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final String ETH0 = "/interfaces/interface[eth0]";

  private Map<String, List<HostInterface>> host = new TreeMap<>();
  private Instant now = START;
  private final InterfacesModule module =
      new InterfacesModule(Trees.ROOT, () -> new HostNetwork(host), () -> now);

  private void has(String instance, TestDevice... devices) {
    host.put(instance, Arrays.stream(devices).map(TestDevice::build).toList());
  }

  private void configure(String... entries) throws RpcException {
    module
        .prepare(
            new ConfigChange(
                Trees.config(""), Trees.config(InterfaceNamesTest.configured(entries))))
        .apply();
  }

  private Map<String, String> state() {
    return Trees.leaves(module.state(interfaces("interfaces")).getFirst());
  }

  private @Nullable String state(String leaf) {
    return state().get(ETH0 + "/" + leaf);
  }

  @Test
  void showsWhatTheKernelHasOfAnInterface() {
    has(
        "",
        new TestDevice(2, "eth0")
            .statistics(new Statistics(-1, 2, 3, 4, 1L << 32, 6, 7, 8, 9))
            .address("192.0.2.1", 24, true)
            .address("2001:db8::1", 64, true)
            .address("fe80::1", 64, false));
    Map<String, String> expected = new TreeMap<>();
    expected.put("name", "eth0");
    expected.put("type", "ethernetCsmacd");
    expected.put("enabled", "true");
    expected.put("oper-status", "up");
    expected.put("phys-address", "02:00:00:00:00:02");
    expected.put("statistics/discontinuity-time", "2026-11-23T10:00:00Z");
    expected.put("statistics/in-octets", "18446744073709551615");
    expected.put("statistics/in-multicast-pkts", "3");
    expected.put("statistics/in-errors", "4");
    expected.put("statistics/in-discards", "0");
    expected.put("statistics/out-octets", "6");
    expected.put("statistics/out-errors", "8");
    expected.put("statistics/out-discards", "9");
    expected.put("ipv4/enabled", "true");
    expected.put("ipv4/mtu", "1500");
    expected.put("ipv4/address[192.0.2.1]/ip", "192.0.2.1");
    expected.put("ipv4/address[192.0.2.1]/prefix-length", "24");
    expected.put("ipv6/enabled", "true");
    expected.put("ipv6/address[2001:db8::1]/ip", "2001:db8::1");
    expected.put("ipv6/address[2001:db8::1]/prefix-length", "64");
    expected.put("ipv6/address[2001:db8::1]/status", "preferred");
    expected.put("ipv6/address[fe80::1]/ip", "fe80::1");
    expected.put("ipv6/address[fe80::1]/prefix-length", "64");
    expected.put("ipv6/address[fe80::1]/status", "unknown");
    Map<String, String> found = new TreeMap<>();
    state().forEach((path, value) -> found.put(path.substring(ETH0.length() + 1), value));
    assertEquals(expected, found);
  }

  @Test
  void leavesOutWhatALoopbackDeviceDoesNotHave() {
    has("", new TestDevice(1, "lo").loopback().address("127.0.0.1", 8, true));
    Map<String, String> state = state();
    assertEquals("softwareLoopback", state.get("/interfaces/interface[lo]/type"));
    assertEquals("true", state.get("/interfaces/interface[lo]/ipv4/enabled"));
    assertFalse(state.containsKey("/interfaces/interface[lo]/ipv4/mtu"));
    assertFalse(state.containsKey("/interfaces/interface[lo]/phys-address"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ethernetCsmacd",
    "veth, ethernetCsmacd",
    "vlan, l2vlan",
    "bond, ieee8023adLag",
    "bridge, bridge",
    "ip6gre, tunnel",
    "vrf, other",
  })
  void whatIsNotConfiguredCountsAsWhatItIs(String kind, String type) {
    has("", new TestDevice(2, "eth0").kind(kind));
    assertEquals(type, state("type"));
  }

  @Test
  void saysOfAConfiguredOneOnlyWhatIsState() throws RpcException {
    has("", new TestDevice(2, "eth1").off());
    has("vpn1", new TestDevice(2, "eth1"), new TestDevice(3, "eth2"));
    configure("eth0,,eth1", "Vlan-interface2,vpn1,eth1");
    Map<String, String> state = state();
    assertEquals("down", state.get(ETH0 + "/oper-status"));
    assertEquals("up", state.get("/interfaces/interface[Vlan-interface2]/oper-status"));
    assertTrue(
        state.keySet().stream()
            .filter(path -> path.startsWith(ETH0) || path.contains("Vlan"))
            .noneMatch(
                path ->
                    path.endsWith("/type") || path.endsWith("-name") || path.endsWith("/enabled")),
        state::toString);
    assertEquals("vpn1", state.get("/interfaces/interface[vpn1:eth2]/bind-ni-name"));
    assertEquals("eth2", state.get("/interfaces/interface[vpn1:eth2]/+device-name"));
    assertEquals("true", state.get("/interfaces/interface[vpn1:eth2]/enabled"));
    assertFalse(state.containsKey("/interfaces/interface[eth1]/name"));
  }

  @Test
  void tellsAMissingDeviceFromOneThatCannotBeSeen() throws RpcException {
    configure("eth0,,", "eth1,vpn1,");
    assertEquals("unknown", state("oper-status"));
    has("");
    assertEquals("not-present", state("oper-status"));
    assertEquals("unknown", state().get("/interfaces/interface[eth1]/oper-status"));
  }

  @Test
  void showsLayersByTheirNames() throws RpcException {
    has(
        "",
        new TestDevice(1, "eth0").master(3),
        new TestDevice(2, "eth1").master(3),
        new TestDevice(3, "bond0").kind("bond"),
        new TestDevice(4, "bond0.7").kind("vlan").lower(3).master(5),
        new TestDevice(5, "red").kind("vrf"),
        new TestDevice(6, "veth0").kind("veth").lower(1));
    configure("Route-Aggregation1,,bond0");
    Map<String, String> state = state();
    String aggregate = "/interfaces/interface[Route-Aggregation1]";
    assertEquals("Route-Aggregation1", state("higher-layer-if"));
    assertEquals("eth0,eth1", state.get(aggregate + "/lower-layer-if"));
    assertEquals("bond0.7", state.get(aggregate + "/higher-layer-if"));
    String vlan = "/interfaces/interface[bond0.7]";
    assertEquals("Route-Aggregation1", state.get(vlan + "/lower-layer-if"));
    assertFalse(state.containsKey(vlan + "/higher-layer-if"));
    assertFalse(state.containsKey("/interfaces/interface[veth0]/lower-layer-if"));
  }

  @Test
  void theLayerBelowExplainsWhyAnInterfaceIsDown() {
    has(
        "",
        new TestDevice(1, "eth0").lower(2).kind("vlan").down(),
        new TestDevice(2, "eth1").down());
    assertEquals("lower-layer-down", state("oper-status"));
    assertEquals("down", state().get("/interfaces/interface[eth1]/oper-status"));
    has("", new TestDevice(1, "eth0").lower(2).kind("vlan").down(), new TestDevice(2, "eth1"));
    assertEquals("down", state("oper-status"));
    has(
        "",
        new TestDevice(1, "eth0").lower(2).kind("vlan").off(),
        new TestDevice(2, "eth1").down());
    assertEquals("down", state("oper-status"));
  }

  @Test
  void saysWhenTheStatusWasSeenToChange() {
    has("", new TestDevice(2, "eth0"));
    module.networkChanged();
    now = START.plusSeconds(60);
    has("", new TestDevice(2, "eth0").down());
    module.networkChanged();
    now = START.plusSeconds(90);
    assertEquals("2026-11-23T10:01:00Z", state("last-change"));
    assertEquals("2026-11-23T10:00:00Z", state("statistics/discontinuity-time"));
  }

  @Test
  void aDeviceThatComesAnewCountsAnew() {
    has("", new TestDevice(2, "eth0"));
    assertEquals(null, state("last-change"));
    now = START.plusSeconds(60);
    has("", new TestDevice(3, "eth0"));
    assertEquals("2026-11-23T10:01:00Z", state("statistics/discontinuity-time"));
    assertEquals("2026-11-23T10:01:00Z", state("last-change"));
    now = START.plusSeconds(70);
    has("vpn1", new TestDevice(3, "eth1"));
    String vpn = "/interfaces/interface[vpn1:eth1]";
    assertEquals("2026-11-23T10:01:10Z", state().get(vpn + "/statistics/discontinuity-time"));
    assertFalse(state().containsKey(vpn + "/last-change"));
  }

  @Test
  void leavesOutDevicesWhoseNamesCannotBeWritten() {
    has("", new TestDevice(2, "eth0").lower(3), new TestDevice(3, "bad\u0001"));
    Map<String, String> state = state();
    assertEquals("up", state.get(ETH0 + "/oper-status"));
    assertTrue(state.keySet().stream().allMatch(path -> path.startsWith(ETH0)), state::toString);
    assertFalse(state.containsKey(ETH0 + "/lower-layer-if"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "a,,eth0 # eth0,, # The interfaces a and eth0 both mean the device eth0 of the public"
            + " network",
        "a,vpn1,eth0 # b,vpn1,eth0 # The interfaces a and b both mean the device eth0 of network"
            + " instance vpn1",
      })
  void refusesTwoNamesForOneDevice(String first, String second, String message) {
    RpcException refused =
        assertThrows(RpcException.class, () -> configure(first.strip(), second.strip()));
    RpcError error = refused.errors().getFirst();
    assertEquals(ErrorTag.INVALID_VALUE, error.tag());
    assertEquals(Optional.of("same-device"), error.appTag());
    assertTrue(error.message().startsWith(message), error.message());
  }

  @Test
  void takesOneDeviceNameInTwoInstances() throws RpcException {
    configure("a,vpn1,eth0", "b,vpn2,eth0", "eth0,,");
    assertEquals(
        List.of("a", "b", "eth0"),
        new ArrayList<>(
            InterfaceNames.of(
                    Trees.ROOT,
                    Trees.config(
                        InterfaceNamesTest.configured("a,vpn1,eth0", "b,vpn2,eth0", "eth0,,")))
                .configured()
                .keySet()));
  }
}
