package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NtpConfigReaderTest {
  private static final String NTP =
      "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'"
          + " xmlns:ccn='urn:chronoconf:yang:ntp'>%s</ntp>";
  private static final String SYSTEM =
      "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><clock>"
          + "<protocol xmlns='urn:chronoconf:yang:clock'>%s</protocol></clock></system>";

  private static NtpConfig read(String xml) throws RpcException {
    return new NtpConfigReader(Trees.ROOT).read(Trees.config(xml));
  }

  private static NtpConfig ntp(String content) throws RpcException {
    return read(NTP.formatted(content));
  }

  private static String server(String address, String more) {
    return "<unicast-configuration><address>%s</address><type>uc-server</type>%s</unicast-configuration>"
        .formatted(address, more);
  }

  @Test
  void withoutNtpTheServiceIsOff() throws Exception {
    assertEquals(NtpConfig.OFF, read(""));
  }

  @Test
  void theSchemasDefaultsHold() throws Exception {
    assertEquals(
        new NtpConfig(new ServiceConfig(true, 123, true), Optional.empty(), List.of()), ntp(""));
    AssociationConfig expected =
        new AssociationConfig(
            new AssociationKey("", InetAddress.ofLiteral("10.0.0.1"), AssociationMode.CLIENT, true),
            123,
            4,
            new PollExponent(6),
            new PollExponent(10),
            false,
            false,
            false);
    assertEquals(List.of(expected), ntp(server("10.0.0.1", "")).associations());
    assertEquals(
        Optional.of(
            new LocalReferenceConfig((Inet4Address) InetAddress.ofLiteral("127.127.1.0"), 8)),
        ntp("<refclock-master/>").localReference());
  }

  @Test
  void everyConfiguredLeafReachesTheEngine() throws Exception {
    NtpConfig config =
        ntp(
            "<port>11123</port><refclock-master><master-stratum>2</master-stratum>"
                + "<ccn:address>127.127.1.3</ccn:address></refclock-master>"
                + server(
                    "3000::34",
                    "<prefer>true</prefer><burst>true</burst><iburst>true</iburst>"
                        + "<minpoll>4</minpoll><maxpoll>17</maxpoll><port>1123</port>"));
    AssociationConfig server =
        new AssociationConfig(
            new AssociationKey("", InetAddress.ofLiteral("3000::34"), AssociationMode.CLIENT, true),
            1123,
            4,
            new PollExponent(4),
            new PollExponent(17),
            true,
            true,
            true);
    assertEquals(
        new NtpConfig(
            new ServiceConfig(true, 11123, true),
            Optional.of(
                new LocalReferenceConfig((Inet4Address) InetAddress.ofLiteral("127.127.1.3"), 2)),
            List.of(server)),
        config);
  }

  @Test
  void aPeerIsSymmetricAndHasNoBursts() throws Exception {
    AssociationConfig peer =
        ntp(server("10.0.0.1", "<burst>true</burst>").replace("uc-server", "uc-peer"))
            .associations()
            .getFirst();
    assertEquals(AssociationMode.SYMMETRIC_ACTIVE, peer.key().mode());
    assertEquals(false, peer.burst());
  }

  @Test
  void operatorsLimitDynamicSessions() throws Exception {
    assertEquals(
        new ServiceConfig(true, 123, true, 7),
        ntp("<ccn:session-limits><ccn:max-dynamic-sessions>7</ccn:max-dynamic-sessions>"
                + "</ccn:session-limits>")
            .service());
  }

  @Test
  void anOlderVersionIsSpokenOnRequest() throws Exception {
    assertEquals(
        3, ntp(server("10.0.0.1", "<version>3</version>")).associations().getFirst().version());
  }

  @Test
  void aServiceThatIsSwitchedOffKeepsItsPortAndDropsItsSources() throws Exception {
    assertEquals(
        new NtpConfig(new ServiceConfig(false, 123, true), Optional.empty(), List.of()),
        ntp("<ccn:enabled>false</ccn:enabled><refclock-master/>" + server("10.0.0.1", "")));
  }

  @Test
  void clockProtocolNoneLeavesTheClockAlone() throws Exception {
    assertEquals(
        new ServiceConfig(true, 123, false),
        read(SYSTEM.formatted("none") + NTP.formatted("")).service());
    assertEquals(
        new ServiceConfig(true, 123, true),
        read(SYSTEM.formatted("ntp") + NTP.formatted("")).service());
  }

  @Test
  void anAddressAndItsIpv4MappedFormAreRefusedTogether() {
    RpcException refusal =
        assertThrows(
            RpcException.class, () -> ntp(server("10.0.0.1", "") + server("::ffff:10.0.0.1", "")));
    assertEquals(Optional.of("same-address"), refusal.errors().getFirst().appTag());
  }

  @Test
  void aZoneIsRefused() {
    RpcException refusal = assertThrows(RpcException.class, () -> ntp(server("3000::34%eth0", "")));
    assertEquals(
        "The address 3000::34%eth0 names a zone; write it without one.", refusal.getMessage());
  }
}
