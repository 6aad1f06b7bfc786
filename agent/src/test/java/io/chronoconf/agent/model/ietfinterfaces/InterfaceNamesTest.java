package io.chronoconf.agent.model.ietfinterfaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames.Device;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceNamesTest {
  /// Top-level elements for these entries: each a name, an instance and a device, the latter two
  /// may be empty.
  static String configured(String... entries) {
    StringBuilder list = new StringBuilder();
    for (String entry : entries) {
      String[] parts = entry.split(",", -1);
      list.append("<interface><name>")
          .append(parts[0])
          .append("</name><type>ianaift:l3ipvlan</type>");
      if (!parts[1].isEmpty()) {
        list.append("<bind-ni-name xmlns='urn:ietf:params:xml:ns:yang:ietf-network-instance'>")
            .append(parts[1])
            .append("</bind-ni-name>");
      }
      if (!parts[2].isEmpty()) {
        list.append("<device-name xmlns='urn:chronoconf:yang:vpn'>")
            .append(parts[2])
            .append("</device-name>");
      }
      list.append("</interface>");
    }
    return "<interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'"
        + " xmlns:ianaift='urn:ietf:params:xml:ns:yang:iana-if-type'>"
        + list
        + "</interfaces>";
  }

  private static InterfaceNames names(String... entries) throws RpcException {
    return InterfaceNames.of(Trees.ROOT, Trees.config(configured(entries)));
  }

  @Test
  void anEntryMeansADeviceOfItsInstance() throws RpcException {
    InterfaceNames names =
        names("eth0,,", "Vlan-interface2,,eth1", "Vlan-interface10,vpn1,eth0", "eth5,vpn1,");
    assertEquals(Optional.of(new Device("", "eth0")), names.device("eth0"));
    assertEquals(Optional.of(new Device("", "eth1")), names.device("Vlan-interface2"));
    assertEquals(Optional.of(new Device("vpn1", "eth0")), names.device("Vlan-interface10"));
    assertEquals(Optional.of(new Device("vpn1", "eth5")), names.device("eth5"));
    assertEquals(Optional.empty(), names.device("eth1"));
    assertEquals(List.of(), names.twins());
  }

  /// A name is never given twice, and what is configured goes before what is not.
  @ParameterizedTest
  @CsvSource({
    "'', eth0, eth0",
    "'', eth1, Vlan-interface2",
    "'', eth5, public:eth5",
    "'', eth6, public:eth6:",
    "'', eth7, eth7",
    "vpn1, eth0, Vlan-interface10",
    "vpn1, eth1, vpn1:eth1",
    "vpn1, eth2, vpn1:eth2:",
    "vpn1, eth5, eth5",
    "vpn2, eth0, vpn2:eth0",
  })
  void everyDeviceHasAName(String instance, String device, String name) throws RpcException {
    InterfaceNames names =
        names(
            "Vlan-interface2,,eth1",
            "Vlan-interface10,vpn1,eth0",
            "eth5,vpn1,",
            "eth6,vpn1,",
            "public:eth6,vpn1,eth8",
            "vpn1:eth2,,eth9");
    assertEquals(name, names.name(new Device(instance, device)));
    HostInterface found = new TestDevice(3, device).build();
    HostNetwork host = new HostNetwork(Map.of(instance, List.of(found)));
    assertEquals(Optional.of(name), names.name(host, instance, 3));
    assertEquals(Optional.empty(), names.name(host, instance, 4));
    assertEquals(Optional.of(found), names.find(host, name));
  }

  @Test
  void whatTheHostDoesNotHaveIsNotFound() throws RpcException {
    InterfaceNames names = names("eth0,vpn1,");
    HostNetwork host = new HostNetwork(Map.of("", List.of(new TestDevice(1, "eth0").build())));
    assertEquals(Optional.empty(), names.find(host, "eth0"));
    assertEquals(Optional.empty(), names.find(host, "eth9"));
    assertEquals(Optional.of("public:eth0"), names.name(host, "", 1));
    assertEquals(Optional.empty(), names.name(host, "vpn1", 1));
  }
}
