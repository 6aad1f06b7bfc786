package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpConfigReaderTest {
  private static final String NTP =
      "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'"
          + " xmlns:ccn='urn:chronoconf:yang:ntp'>%s</ntp>";
  private static final KeyCipher CIPHER = new KeyCipher(new byte[32]);
  private static final String SYSTEM =
      "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><clock>"
          + "<protocol xmlns='urn:chronoconf:yang:clock'>%s</protocol></clock></system>";

  private static NtpConfig read(String xml) throws RpcException {
    EditTree edit = new ClearKeys(CIPHER).encrypted(Trees.edit(xml));
    return new NtpConfigReader(Trees.ROOT, CIPHER).read(Trees.config(edit));
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
    assertEquals(new NtpConfig(new ServiceConfig(true, 123, true), List.of(), List.of()), ntp(""));
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
    assertEquals(List.of(expected), ntp(server("10.0.0.1", "")).sources().associations());
    assertEquals(
        List.of(new LocalReferenceConfig((Inet4Address) InetAddress.ofLiteral("127.127.1.0"), 8)),
        ntp("<refclock-master/>").sources().localReferences());
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
            List.of(
                new LocalReferenceConfig((Inet4Address) InetAddress.ofLiteral("127.127.1.3"), 2)),
            List.of(server)),
        config);
  }

  @Test
  void aPeerIsSymmetricAndHasNoBursts() throws Exception {
    AssociationConfig peer =
        ntp(server("10.0.0.1", "<burst>true</burst>").replace("uc-server", "uc-peer"))
            .sources()
            .associations()
            .getFirst();
    assertEquals(AssociationMode.SYMMETRIC_ACTIVE, peer.key().mode());
    assertEquals(false, peer.burst());
  }

  @Test
  void operatorsLimitDynamicSessions() throws Exception {
    assertEquals(
        new ServiceConfig(true, 123, true, 7, Dscp.STANDARD),
        ntp("<ccn:session-limits><ccn:max-dynamic-sessions>7</ccn:max-dynamic-sessions>"
                + "</ccn:session-limits>")
            .service());
  }

  private static String key(String algorithm, String material) {
    return "<authentication-keys><keyid>42</keyid>"
        + "<algorithm xmlns:cct='urn:chronoconf:yang:types'>"
        + algorithm
        + "</algorithm><key>"
        + material
        + "</key><istrusted>true</istrusted>%s</authentication-keys>";
  }

  private static KeyRing keys(String entry, String more) throws RpcException {
    return read(NTP.formatted(
                "<authentication><auth-enabled>true</auth-enabled>"
                    + entry.formatted(more)
                    + "</authentication>")
            + ACLS)
        .keys();
  }

  private static AuthenticationKey key(MacAlgorithm algorithm, String secret) {
    return new AuthenticationKey(
        42, algorithm, secret.getBytes(StandardCharsets.US_ASCII), true, _ -> true);
  }

  private static void assertSameSecret(AuthenticationKey expected, KeyRing ring) {
    byte[] packet = new byte[48];
    Authenticator one = new Authenticator();
    one.use(new KeyRing(true, Map.of(42L, expected)));
    Authenticator other = new Authenticator();
    other.use(ring);
    assertArrayEquals(
        one.sealed(packet, OptionalLong.of(42)), other.sealed(packet, OptionalLong.of(42)));
  }

  @ParameterizedTest
  @CsvSource({
    "md5, MD5",
    "sha-1, SHA_1",
    "hmac-sha-1, HMAC_SHA_1",
    "hmac-sha1-12, HMAC_SHA1_12",
    "cct:hmac-sha-256, HMAC_SHA_256",
    "cct:hmac-sha-384, HMAC_SHA_384",
    "cct:hmac-sha-512, HMAC_SHA_512",
    "aes-cmac, AES_CMAC"
  })
  void everyAlgorithmReachesTheEngine(String name, MacAlgorithm algorithm) throws Exception {
    String secret = "0123456789abcdef";
    AuthenticationKey expected = key(algorithm, secret);
    assertSameSecret(expected, keys(key(name, "<keystring>" + secret + "</keystring>"), ""));
    String hex = HexFormat.ofDelimiter(":").formatHex(secret.getBytes(StandardCharsets.US_ASCII));
    assertSameSecret(
        expected, keys(key(name, "<hexadecimal-string>" + hex + "</hexadecimal-string>"), ""));
  }

  @Test
  void keysAreEncryptedAtOnceAndAlwaysAlike() throws Exception {
    String xml =
        NTP.formatted(
            "<authentication>"
                + key("md5", "<keystring>aNiceKey</keystring>").formatted("")
                + "</authentication>");
    String edit = new ClearKeys(CIPHER).encrypted(Trees.edit(xml)).toString();
    assertFalse(edit.contains("aNiceKey"), edit);
    assertTrue(edit.contains("$c$4$"), edit);
    assertEquals(edit, new ClearKeys(CIPHER).encrypted(Trees.edit(xml)).toString());
    EditTree without = Trees.edit(NTP.formatted("<port>123</port>"));
    assertSame(without, new ClearKeys(CIPHER).encrypted(without));
  }

  @Test
  void aCipherStringOfThisDeviceIsTakenBackAndNoOther() throws Exception {
    byte[] secret = "aNiceKey".getBytes(StandardCharsets.US_ASCII);
    String cipher = "<ccn:cipher-string>%s</ccn:cipher-string>";
    assertSameSecret(
        key(MacAlgorithm.MD5, "aNiceKey"),
        keys(key("md5", cipher.formatted(CIPHER.encrypt(secret))), ""));
    byte[] others = new byte[32];
    others[0] = 1;
    for (String text :
        List.of(new KeyCipher(others).encrypt(secret), "$c$4$", "$c$4$AAAA", "$c$3$xyz", "x")) {
      RpcException refused =
          assertThrows(RpcException.class, () -> keys(key("md5", cipher.formatted(text)), ""));
      assertEquals("cipher-string", refused.errors().getFirst().appTag().orElse(""));
    }
  }

  @Test
  void aesKeysHaveSixteenOctets() {
    RpcException refused =
        assertThrows(
            RpcException.class, () -> keys(key("aes-cmac", "<keystring>short</keystring>"), ""));
    assertEquals("key-length", refused.errors().getFirst().appTag().orElse(""));
  }

  private static final String ACLS =
      "<acls xmlns='urn:ietf:params:xml:ns:yang:ietf-access-control-list'>"
          + "<acl><name>2000</name><type>ipv4-acl-type</type><aces>"
          + "<ace><name>1</name><matches><ipv4>"
          + "<source-ipv4-network>10.1.2.3/32</source-ipv4-network></ipv4></matches>"
          + "<actions><forwarding>drop</forwarding></actions></ace>"
          + "<ace><name>2</name><matches><ipv4><protocol>6</protocol></ipv4></matches>"
          + "<actions><forwarding>drop</forwarding></actions></ace>"
          + "<ace><name>3</name><matches><ipv4>"
          + "<source-ipv4-network>10.0.0.0/8</source-ipv4-network><protocol>17</protocol></ipv4>"
          + "</matches><actions><forwarding>accept</forwarding></actions></ace></aces></acl>"
          + "<acl><name>any</name><aces><ace><name>1</name>"
          + "<actions><forwarding>accept</forwarding></actions></ace></aces></acl>"
          + "</acls>";

  private static final InetAddress OWN = InetAddress.ofLiteral("10.0.0.1");

  private static PacketFacts packet(String from) {
    return PacketFacts.of(new InetSocketAddress(InetAddress.ofLiteral(from), 40_000), OWN, 123, 0);
  }

  private static String right(AccessRules rules, String from) {
    return rules.granted(packet(from)).map(AccessRight::name).orElse("");
  }

  private static AccessRules access(String rules) throws RpcException {
    return read(NTP.formatted("<access-rules>" + rules + "</access-rules>") + ACLS).access();
  }

  private static String rule(String mode, String list) {
    return "<access-rule><access-mode>" + mode + "</access-mode>" + list + "</access-rule>";
  }

  @Test
  void accessListsGrantRights() throws Exception {
    AccessRules rules = access(rule("server-access-mode", "<acl>2000</acl>"));
    assertEquals("", right(rules, "10.1.2.3"));
    assertEquals("SERVER", right(rules, "10.1.2.4"));
    assertEquals("", right(rules, "192.0.2.1"));
    assertEquals("PEER", right(rules, "2001:db8::1"));
    AccessRules both = access(rule("query-only-access-mode", "<acl>any</acl>"));
    assertEquals("QUERY", right(both, "192.0.2.1"));
    assertEquals("QUERY", right(both, "2001:db8::1"));
  }

  @Test
  void theLeafOfOneFamilyGoesFirstAndMayNameNothing() throws Exception {
    AccessRules rules =
        access(
            rule("peer-access-mode", "<acl>any</acl><ccn:ipv4-acl>2000</ccn:ipv4-acl>")
                + rule("server-only-access-mode", "<ccn:ipv6-acl>nowhere</ccn:ipv6-acl>"));
    assertEquals("", right(rules, "192.0.2.1"));
    assertEquals("PEER", right(rules, "10.9.9.9"));
    assertEquals("PEER", right(rules, "2001:db8::1"));
    assertEquals(
        "PEER",
        right(
            access(rule("server-access-mode", "<ccn:ipv4-acl>nowhere</ccn:ipv4-acl>")),
            "192.0.2.1"));
  }

  @ParameterizedTest
  @CsvSource({"by-access-right, BY_ACCESS_RIGHT", "deny, DENY", "allow, ALLOW"})
  void operatorsDecideOnControlQueries(String value, AccessRules.ControlQueryPolicy policy)
      throws Exception {
    assertEquals(
        policy,
        ntp("<ccn:control-query-policy>" + value + "</ccn:control-query-policy>")
            .access()
            .controlQueries());
    assertEquals(AccessRules.ControlQueryPolicy.BY_ACCESS_RIGHT, ntp("").access().controlQueries());
  }

  @Test
  void packetsAreMarked() throws Exception {
    assertEquals(
        new Dscp(46, 0),
        ntp("<ccn:dscp><ccn:ipv4>46</ccn:ipv4><ccn:ipv6>0</ccn:ipv6></ccn:dscp>").service().dscp());
  }

  @Test
  void operatorsSayWhichOffsetsMatter() throws Exception {
    assertEquals(OffsetPolicy.STANDARD, ntp("").offsets());
    assertEquals(
        new OffsetPolicy(0, 500, 60_000),
        ntp("<ccn:panic-threshold>0</ccn:panic-threshold><ccn:time-offset-threshold>"
                + "<ccn:log>500</ccn:log><ccn:trap>60000</ccn:trap></ccn:time-offset-threshold>")
            .offsets());
  }

  @Test
  void keysHaveListsOfTheirOwn() throws Exception {
    KeyRing ring =
        keys(
            key("md5", "<keystring>k</keystring>"),
            "<ccn:ipv4-acl>2000</ccn:ipv4-acl><ccn:ipv6-acl>nowhere</ccn:ipv6-acl>");
    AuthenticationKey key = ring.trusted(42).orElseThrow();
    assertTrue(key.admits(packet("10.9.9.9")));
    assertFalse(key.admits(packet("10.1.2.3")));
    assertTrue(key.admits(packet("2001:db8::1")));
  }

  @Test
  void anAssociationHasItsKey() throws Exception {
    assertEquals(
        OptionalLong.of(4294967295L),
        ntp(server("10.0.0.1", "<authentication><keyid>4294967295</keyid></authentication>"))
            .sources()
            .associations()
            .getFirst()
            .keyId());
  }

  @Test
  void anOlderVersionIsSpokenOnRequest() throws Exception {
    assertEquals(
        3,
        ntp(server("10.0.0.1", "<version>3</version>"))
            .sources()
            .associations()
            .getFirst()
            .version());
  }

  @Test
  void aServiceThatIsSwitchedOffKeepsItsPortAndDropsItsSources() throws Exception {
    assertEquals(
        new NtpConfig(new ServiceConfig(false, 123, true), List.of(), List.of()),
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
        "The address 3000::34%eth0 names a zone; write it without, as 3000::34.",
        refusal.getMessage());
  }
}
