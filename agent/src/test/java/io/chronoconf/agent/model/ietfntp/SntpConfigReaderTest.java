package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AddressFamily;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.HostConfig;
import io.chronoconf.ntp.engine.Role;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SntpConfigReaderTest {
  private static final String SYSTEM =
      "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'>%s</system>";

  private static NtpConfig read(String xml) throws RpcException {
    return new NtpConfigReader(Trees.ROOT, new KeyCipher(new byte[32])).read(Trees.config(xml));
  }

  private static NtpConfig sntp(String content) throws RpcException {
    return read(SYSTEM.formatted("<ntp>" + content + "</ntp>"));
  }

  private static String server(String name, String address, String more) {
    return "<server><name>%s</name><udp><address>%s</address></udp>%s</server>"
        .formatted(name, address, more);
  }

  private static ServiceConfig service(boolean isEnabled, boolean disciplines) {
    return new ServiceConfig(isEnabled, 123, disciplines, 0, Dscp.STANDARD, Role.CLIENT_ONLY);
  }

  private static AssociationConfig client(
      String address, int port, boolean iburst, boolean prefer) {
    return new AssociationConfig(
        new AssociationKey("", InetAddress.ofLiteral(address), AssociationMode.CLIENT, true),
        port,
        4,
        new PollExponent(6),
        new PollExponent(10),
        false,
        iburst,
        prefer);
  }

  private static void refused(String appTag, String content) {
    RpcException refusal = assertThrows(RpcException.class, () -> sntp(content));
    assertEquals(appTag, refusal.errors().getFirst().appTag().orElse(""));
  }

  @Test
  void isAClientThatServesNobody() throws Exception {
    NtpConfig config = sntp("");
    assertEquals(service(true, true), config.service());
    assertEquals(List.of(), config.sources().associations());
    assertEquals(List.of(), config.sources().hosts());
  }

  @Test
  void everyConfiguredLeafReachesTheEngine() throws Exception {
    assertEquals(
        List.of(client("10.0.0.1", 123, false, false), client("3000::34", 1123, true, true)),
        sntp(server("a", "10.0.0.1", "")
                + "<server><name>b</name><udp><address>3000::34</address><port>1123</port></udp>"
                + "<iburst>true</iburst><prefer>true</prefer></server>")
            .sources()
            .associations());
  }

  @ParameterizedTest
  @CsvSource({"server", "peer", "pool"})
  void anAddressIsAskedAsAClientWhateverItIsCalled(String type) throws Exception {
    assertEquals(
        List.of(client("10.0.0.1", 123, false, false)),
        sntp(server("a", "10.0.0.1", "<association-type>" + type + "</association-type>"))
            .sources()
            .associations());
  }

  @ParameterizedTest
  @CsvSource({"server, 1", "peer, 1", "pool, 4"})
  void namesWaitToBeResolvedAndAPoolHasSeveralAddresses(String type, int addresses)
      throws Exception {
    NtpConfig config =
        sntp(
            server(
                "a",
                "0.pool.ntp.org",
                "<association-type>" + type + "</association-type><iburst>true</iburst>"));
    assertEquals(
        List.of(
            new HostConfig(
                client("0.0.0.0", 123, true, false).withHostName("0.pool.ntp.org"),
                AddressFamily.ANY,
                addresses)),
        config.sources().hosts());
    assertEquals(List.of(), config.sources().associations());
  }

  @Test
  void switchedOffItHasNoSources() throws Exception {
    NtpConfig config =
        sntp("<enabled>false</enabled>" + server("a", "10.0.0.1", "") + server("b", "host", ""));
    assertEquals(service(false, true), config.service());
    assertEquals(List.of(), config.sources().associations());
    assertEquals(List.of(), config.sources().hosts());
  }

  @Test
  void clockProtocolNoneLeavesTheClockAlone() throws Exception {
    assertEquals(
        service(true, false),
        read(SYSTEM.formatted(
                "<clock><protocol xmlns='urn:chronoconf:yang:clock'>none</protocol></clock>"
                    + "<ntp/>"))
            .service());
  }

  @Test
  void twoServersAreNeverTheSame() {
    refused("same-address", server("a", "10.0.0.1", "") + server("b", "::ffff:10.0.0.1", ""));
    refused("same-address", server("a", "time.example", "") + server("b", "Time.Example", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, not-unicast",
    "0.1.2.3, not-unicast",
    "224.0.1.1, not-unicast",
    "240.0.0.1, not-unicast",
    "255.255.255.255, not-unicast",
    "127.127.1.0, not-unicast",
    "::, not-unicast",
    "ff24::1, not-unicast",
    "::ffff:224.0.1.1, not-unicast",
    "fe80::1, source-required",
    "fe80::1%eth0, zone"
  })
  void addressesOfNoServerAreRefused(String address, String appTag) {
    refused(appTag, server("a", address, ""));
  }

  @Test
  void thereIsALimitThatCountsPoolsInFull() throws Exception {
    String pools =
        IntStream.range(0, 31)
            .mapToObj(
                i -> server("p" + i, i + ".example", "<association-type>pool</association-type>"))
            .collect(Collectors.joining());
    String servers =
        IntStream.range(1, 5)
            .mapToObj(i -> server("s" + i, "10.0.0." + i, ""))
            .collect(Collectors.joining());
    assertEquals(31, sntp(pools + servers).sources().hosts().size());
    refused("too-many-servers", pools + servers + server("more", "10.0.1.1", ""));
  }

  @Test
  void whatTheFullServiceFollowedIsFollowedOn() throws Exception {
    NtpConfig full =
        read(
            "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'><unicast-configuration>"
                + "<address>10.0.0.1</address><type>uc-server</type></unicast-configuration>"
                + "<refclock-master/></ntp>");
    NtpConfig client = sntp(server("a", "10.0.0.1", ""));
    List<EngineCommand> commands = NtpReconciler.diff(full, client);
    assertTrue(commands.contains(new EngineCommand.ConfigureService(client.service())));
    assertTrue(
        commands.stream()
            .noneMatch(
                one ->
                    one instanceof EngineCommand.Mobilize
                        || one instanceof EngineCommand.Demobilize),
        commands.toString());
  }
}
