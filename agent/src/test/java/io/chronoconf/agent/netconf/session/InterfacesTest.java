package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.ietfinterfaces.TestDevice;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.store.StoreException;
import io.chronoconf.ntp.host.HostNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Interfaces as a client sees them: configured names, and what the host has (RFC 8343, 8342).
class InterfacesTest {
  private static final String INSTANCE = "urn:ietf:params:xml:ns:yang:ietf-network-instance";
  private static final String INTERFACES =
      "<interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'"
          + " xmlns:ianaift='urn:ietf:params:xml:ns:yang:iana-if-type'>%s</interfaces>";
  private static final HostNetwork HOST =
      new HostNetwork(
          Map.of(
              "",
              List.of(
                  new TestDevice(2, "eth0").address("192.0.2.1", 24, true).build(),
                  new TestDevice(3, "eth1").off().build()),
              "vpn1",
              List.of(new TestDevice(2, "eth0").build())));

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestSession session;

  @BeforeEach
  void start() throws StoreException, RpcException, IOException {
    server = TestServer.withHost(folder, () -> HOST);
    session = server.session();
    String vpn =
        "<network-instances xmlns='"
            + INSTANCE
            + "'><network-instance><name>vpn1</name>"
            + "<vpn-instance xmlns='urn:chronoconf:yang:vpn'/></network-instance>"
            + "</network-instances>";
    assertEquals(
        "ok", edit(vpn + entry("Vlan-interface2", "<enabled>true</enabled>" + in("eth0"))));
    assertEquals("ok", edit(entry("Vlan-interface9", "")));
    assertEquals("ok", session.rpc("<commit/>").summary());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String in(String device) {
    return "<bind-ni-name xmlns='%s'>vpn1</bind-ni-name>".formatted(INSTANCE)
        + "<device-name xmlns='urn:chronoconf:yang:vpn'>%s</device-name>".formatted(device);
  }

  private static String entry(String name, String more) {
    return INTERFACES.formatted(
        "<interface><name>%s</name><type>ianaift:l3ipvlan</type>%s</interface>"
            .formatted(name, more));
  }

  private String edit(String config) throws IOException {
    return session
        .rpc(
            "<edit-config><target><candidate/></target><config>"
                + config
                + "</config></edit-config>")
        .summary();
  }

  /// Without namespaces, prefixes of names and counters.
  private static String bare(ReplyText reply) {
    return reply
        .text()
        .replaceAll("(?s).*?<data(?: [^>]*)?>(.*)</data>.*", "$1")
        .replaceAll(" xmlns(:\\w+)?=\"[^\"]*\"", "")
        .replaceAll("<statistics>.*?</statistics>", "");
  }

  private String operational(String more) throws IOException {
    return bare(
        session.rpc(
            "<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
                + " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'"
                + " xmlns:or='urn:ietf:params:xml:ns:yang:ietf-origin'>"
                + "<datastore>ds:operational</datastore><subtree-filter>"
                + INTERFACES.formatted("")
                + "</subtree-filter>"
                + more
                + "</get-data>"));
  }

  private static String interfaceOf(String name, String content) {
    String start = "<name>" + name + "</name>";
    int from = content.indexOf(start);
    assertTrue(from >= 0, content);
    return content.substring(
        content.lastIndexOf("<interface", from), content.indexOf("</interface>", from));
  }

  @Test
  void operationalSaysWhereEverythingComesFrom() throws IOException {
    String content = operational("<with-origin/>");
    assertEquals(
        "<interface or:origin=\"or:system\"><name>eth0</name>"
            + "<type>ianaift:ethernetCsmacd</type><enabled>true</enabled>"
            + "<oper-status>up</oper-status><phys-address>02:00:00:00:00:02</phys-address>"
            + "<ipv4><enabled>true</enabled><mtu>1500</mtu><address><ip>192.0.2.1</ip>"
            + "<prefix-length>24</prefix-length></address></ipv4>",
        interfaceOf("eth0", content).replaceAll("(ip|if|ni):(?=\\w+>)", ""));
    String off = interfaceOf("eth1", content);
    assertTrue(off.contains("<enabled>false</enabled><oper-status>down<"), off);
    String bound = interfaceOf("Vlan-interface2", content);
    assertTrue(content.startsWith("<interfaces or:origin=\"or:intended\">"), content);
    assertTrue(bound.startsWith("<interface><name>"), bound);
    assertTrue(bound.contains("<enabled>true</enabled><oper-status>up<"), bound);
    String missing = interfaceOf("Vlan-interface9", content);
    assertTrue(
        missing.contains(
            "<enabled or:origin=\"or:default\">true</enabled>"
                + "<oper-status>not-present</oper-status>"),
        missing);
    assertFalse(content.contains("<name>vpn1:eth0</name>"), content);
  }

  @Test
  void originsSelectWhatIsConfigured() throws IOException {
    String system = operational("<origin-filter>or:system</origin-filter>");
    assertTrue(system.contains("<name>eth0</name>"), system);
    assertFalse(system.contains("<type>ianaift:l3ipvlan</type>"), system);
    String intended =
        operational(
            "<config-filter>true</config-filter><origin-filter>or:intended</origin-filter>");
    assertFalse(intended.contains("<name>eth0</name>"), intended);
    assertTrue(intended.contains("<name>Vlan-interface2</name>"), intended);
  }

  @Test
  void getShowsAllAndGetConfigWhatIsConfigured() throws IOException {
    String filter = "<filter>" + INTERFACES.formatted("") + "</filter>";
    String all = bare(session.rpc("<get>" + filter + "</get>"));
    assertTrue(interfaceOf("eth0", all).contains("<ip>192.0.2.1</ip>"), all);
    String missing = interfaceOf("Vlan-interface9", all);
    assertEquals(
        "<interface><name>Vlan-interface9</name><type>ianaift:l3ipvlan</type>"
            + "<oper-status>not-present</oper-status>",
        missing);
    String tagged =
        bare(
            session.rpc(
                "<get>"
                    + filter
                    + "<with-defaults"
                    + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults'>"
                    + "report-all-tagged</with-defaults></get>"));
    assertTrue(
        interfaceOf("Vlan-interface9", tagged).contains("<enabled wd:default=\"true\">true<"),
        tagged);
    assertTrue(interfaceOf("eth1", tagged).contains("<enabled>false</enabled>"), tagged);
    String config =
        bare(session.rpc("<get-config><source><running/></source>" + filter + "</get-config>"));
    assertFalse(config.contains("oper-status") || config.contains("eth1"), config);
    assertTrue(config.contains("<device-name>eth0</device-name>"), config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "<ipv4 xmlns='urn:ietf:params:xml:ns:yang:ietf-ip'/>",
        "<ipv6 xmlns='urn:ietf:params:xml:ns:yang:ietf-ip'><address><ip>::1</ip>"
            + "<prefix-length>128</prefix-length></address></ipv6>",
        "<oper-status>up</oper-status>",
      })
  void addressesAndStateAreNotConfigured(String more) throws IOException {
    String reply = edit(entry("Vlan-interface2", more));
    assertTrue(reply.contains("invalid-value") || reply.contains("unknown-element"), reply);
  }

  @Test
  void refusesASecondNameForADevice() throws IOException {
    assertEquals("ok", edit(entry("Vlan-interface3", in("eth0"))));
    assertEquals(
        "application invalid-value [same-device] at"
            + " /if:interfaces/if:interface[if:name='Vlan-interface3']",
        session.rpc("<commit/>").summary());
    assertEquals("ok", edit(entry("Vlan-interface3", in("eth1"))));
    assertEquals("ok", session.rpc("<commit/>").summary());
  }

  @Test
  void refusesAnInstanceThatIsNotThere() throws IOException {
    assertEquals("ok", edit(entry("eth5", in("eth5").replace("vpn1", "vpn7"))));
    String reply = session.rpc("<commit/>").summary();
    assertTrue(reply.contains("data-missing [instance-required]"), reply);
  }
}
