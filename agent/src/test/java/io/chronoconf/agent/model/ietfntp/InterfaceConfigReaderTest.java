package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.ManycastSearch;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.InterfaceConfig;
import io.chronoconf.ntp.engine.SourceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Interfaces, sources, network instances and names to what the engine is told.
class InterfaceConfigReaderTest {
  private static final KeyCipher CIPHER = new KeyCipher(new byte[32]);
  private static final String SURROUNDINGS =
      """
      <network-instances xmlns="urn:ietf:params:xml:ns:yang:ietf-network-instance">
        <network-instance><name>vpn1</name>
          <vpn-instance xmlns="urn:chronoconf:yang:vpn"><os-name>red</os-name></vpn-instance>
        </network-instance></network-instances>
      <interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"
        xmlns:ni="urn:ietf:params:xml:ns:yang:ietf-network-instance"
        xmlns:ccv="urn:chronoconf:yang:vpn" xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">
        <interface><name>Vlan2</name><type>t:l3ipvlan</type></interface>
        <interface><name>Vlan3</name><type>t:l3ipvlan</type><ni:bind-ni-name>vpn1</ni:bind-ni-name>
          <ccv:device-name>eth0</ccv:device-name></interface>
      </interfaces>
      """;

  private static NtpConfig read(String ntp) throws RpcException {
    return new NtpConfigReader(Trees.ROOT, CIPHER)
        .read(
            Trees.config(
                Trees.edit(
                    SURROUNDINGS
                        + "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'"
                        + " xmlns:ccn='urn:chronoconf:yang:ntp'>"
                        + ntp
                        + "</ntp>")));
  }

  private static NtpConfig vlan2(String content) throws RpcException {
    return onInterface("Vlan2", content);
  }

  private static NtpConfig onInterface(String name, String content) throws RpcException {
    return read(
        "<interfaces><interface><name>%s</name>%s</interface></interfaces>"
            .formatted(name, content));
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  @Test
  void anEntryWithoutChildrenTakesEverythingAndFollowsNobody() throws Exception {
    NtpConfig config = vlan2("");
    assertEquals(
        List.of(new InterfaceConfig("", "Vlan2", true, true, false, Set.of(), Set.of())),
        config.network().interfaces());
    assertEquals(List.of(), config.sources().associations());
    assertEquals(Map.of("vpn1", "red"), config.network().instances());
  }

  @Test
  void whatIsHeardIsTheInterfacesBusiness() throws Exception {
    assertEquals(
        List.of(
            new InterfaceConfig(
                "vpn1",
                "eth0",
                true,
                false,
                true,
                Set.of(address("224.0.1.1"), address("ff24::1")),
                Set.of(address("224.0.1.2")))),
        onInterface(
                "Vlan3",
                "<ccn:inbound><ccn:ipv6>false</ccn:ipv6></ccn:inbound><broadcast-client/>"
                    + "<multicast-client><address>224.0.1.1</address></multicast-client>"
                    + "<multicast-client><address>ff24::1</address></multicast-client>"
                    + "<manycast-server><address>224.0.1.2</address></manycast-server>")
            .network()
            .interfaces());
  }

  @Test
  void aBroadcastServerKeepsThePaceOfItsMinpoll() throws Exception {
    PollExponent pace = new PollExponent(5);
    AssociationConfig expected =
        new AssociationConfig(
            new AssociationKey(
                "", "Vlan2", address("255.255.255.255"), AssociationMode.BROADCAST_SERVER, true),
            123,
            3,
            pace,
            pace,
            false,
            false,
            false,
            OptionalLong.empty(),
            Optional.empty(),
            1);
    assertEquals(
        List.of(expected),
        vlan2("<broadcast-server><minpoll>5</minpoll><version>3</version></broadcast-server>")
            .sources()
            .associations());
  }

  @Test
  void aMulticastServerReachesSixteenHopsUnlessToldOtherwise() throws Exception {
    List<AssociationConfig> associations =
        onInterface(
                "Vlan3",
                "<multicast-server><address>224.0.1.1</address></multicast-server>"
                    + "<multicast-server><address>ff24::1</address><ttl>3</ttl></multicast-server>")
            .sources()
            .associations();
    assertEquals(List.of(16, 3), associations.stream().map(AssociationConfig::ttl).toList());
    assertEquals(
        new AssociationKey(
            "vpn1", "eth0", address("224.0.1.1"), AssociationMode.BROADCAST_SERVER, true),
        associations.getFirst().key());
  }

  @Test
  void aSearchHasTheStandardsLimits() throws Exception {
    AssociationConfig search =
        vlan2("<manycast-client><address>224.0.1.1</address></manycast-client>")
            .sources()
            .associations()
            .getFirst();
    assertEquals(AssociationMode.CLIENT, search.key().mode());
    assertEquals(Optional.of(new ManycastSearch(3, 10, new PollExponent(15), 8)), search.search());
    assertEquals(
        Optional.of(new ManycastSearch(2, 2, new PollExponent(7), 32)),
        vlan2(
                "<manycast-client><address>224.0.1.1</address><ttl>32</ttl><minclock>2</minclock>"
                    + "<maxclock>2</maxclock><beacon>7</beacon></manycast-client>")
            .sources()
            .associations()
            .getFirst()
            .search());
  }

  @ParameterizedTest
  @CsvSource({
    "<minclock>0</minclock>, clock-range",
    "<minclock>4</minclock><maxclock>3</maxclock>, clock-range",
    "<beacon>3</beacon>, beacon-range",
    "<beacon>18</beacon>, beacon-range",
    "<beacon>-1</beacon>, beacon-range",
  })
  void aSearchThatCannotEndIsRefused(String leaves, String appTag) {
    RpcException refused =
        assertThrows(
            RpcException.class,
            () ->
                vlan2(
                    "<manycast-client><address>224.0.1.1</address>"
                        + leaves
                        + "</manycast-client>"));
    assertEquals(Optional.of(appTag), refused.errors().getFirst().appTag());
    assertTrue(refused.errors().getFirst().message().contains("224.0.1.1"));
  }

  @Test
  void sourcesAreDevices() throws Exception {
    assertEquals(
        new SourceConfig(Optional.of("Vlan2"), Optional.empty(), Optional.of("Vlan2")),
        read("<ccn:source><ccn:ipv4-interface>Vlan2</ccn:ipv4-interface>"
                + "<ccn:ipv6-interface>Vlan2</ccn:ipv6-interface></ccn:source>")
            .network()
            .source());
    AssociationConfig server =
        read("<unicast-configuration><address>10.0.0.1</address><type>uc-server</type>"
                + "<source>Vlan2</source></unicast-configuration>")
            .sources()
            .associations()
            .getFirst();
    assertEquals(Optional.of("Vlan2"), server.sourceInterface());
  }

  @ParameterizedTest
  @CsvSource({
    "<ccn:source><ccn:ipv4-interface>Vlan3</ccn:ipv4-interface></ccn:source>",
    "<unicast-configuration><address>10.0.0.1</address><type>uc-server</type>"
        + "<source>Vlan3</source></unicast-configuration>",
  })
  void aSourceOfAnotherInstanceIsRefused(String ntp) {
    RpcException refused = assertThrows(RpcException.class, () -> read(ntp));
    assertEquals(Optional.of("source-instance"), refused.errors().getFirst().appTag());
    assertTrue(refused.errors().getFirst().message().contains("the network instance vpn1"));
  }

  private static String extended(String instance, String host, String family, String more) {
    return """
    <ccn:extended-unicast-configuration><ccn:network-instance>%s</ccn:network-instance>
      <ccn:host>%s</ccn:host><ccn:family>%s</ccn:family><ccn:type>uc-peer</ccn:type>%s
    </ccn:extended-unicast-configuration>
    """
        .formatted(instance, host, family, more);
  }

  @Test
  void anAddressInAnInstanceIsAnAssociationThere() throws Exception {
    AssociationConfig peer =
        read(extended("vpn1", "10.1.1.1", "ipv4", "<ccn:source>Vlan3</ccn:source>")
                + "<unicast-configuration><address>10.1.1.1</address><type>uc-peer</type>"
                + "</unicast-configuration>")
            .sources()
            .associations()
            .getLast();
    assertEquals(
        new AssociationKey("vpn1", address("10.1.1.1"), AssociationMode.SYMMETRIC_ACTIVE, true),
        peer.key());
    assertEquals(Optional.of("eth0"), peer.sourceInterface());
  }

  @Test
  void aNameIsAHostInItsFamily() throws Exception {
    List<HostConfig> hosts =
        read(extended("public", "NTP.Example.net", "ipv6", "<ccn:minpoll>4</ccn:minpoll>")
                + extended("vpn1", "ntp.example.net", "ipv4", ""))
            .sources()
            .hosts();
    assertEquals(
        List.of(AddressFamily.IPV6, AddressFamily.IPV4),
        hosts.stream().map(HostConfig::family).toList());
    AssociationConfig first = hosts.getFirst().settings();
    assertEquals(Optional.of("ntp.example.net"), first.hostName());
    assertEquals(address("::"), first.key().address());
    assertEquals(new PollExponent(4), first.minPoll());
    assertEquals("vpn1", hosts.getLast().settings().key().networkInstance());
  }

  @Test
  void twoSpellingsOfOneNameAreRefused() {
    RpcException refused =
        assertThrows(
            RpcException.class,
            () ->
                read(
                    extended("public", "NTP.example.net", "ipv4", "")
                        + extended("public", "ntp.example.net", "ipv4", "")));
    assertEquals(ErrorTag.BAD_ELEMENT, refused.errors().getFirst().tag());
    assertTrue(refused.errors().getFirst().message().contains("stands twice in the request"));
  }
}
