package io.chronoconf.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the agent's own models refuse and accept.
class OwnModelsTest {
  private static final String NTP =
      "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'"
          + " xmlns:ntp='urn:ietf:params:xml:ns:yang:ietf-ntp'"
          + " xmlns:ccn='urn:chronoconf:yang:ntp'>";
  private static final NodeSchema ROOT = NodeSchema.rootOf(YangSchema.load().context());
  private static final ConfigValidator OWN = new ConfigValidator(ROOT.context());

  @ParameterizedTest
  @CsvSource({
    "224.0.1.1, not-unicast",
    "255.255.255.255, not-unicast",
    "240.0.0.1, not-unicast",
    "0.1.2.3, not-unicast",
    "127.127.1.0, not-unicast",
    "ff24::1, not-unicast",
    "::, not-unicast",
    "::ffff:224.0.1.1, not-unicast",
    "fe80::1, source-required"
  })
  void refuseAddressesThatAreNoServers(String address, String appTag) throws Exception {
    RpcError error = onlyOf(server(address, ""));
    assertEquals(appTag, error.appTag().orElse("none"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, <minpoll>8</minpoll><maxpoll>7</maxpoll>, poll-range",
    "1.1.1.1, <minpoll>11</minpoll>, poll-range",
    "1::1, <version>3</version>, ipv6-version"
  })
  void refuseSettingsThatContradict(String address, String more, String appTag) throws Exception {
    assertEquals(appTag, onlyOf(server(address, more)).appTag().orElse("none"));
  }

  @Test
  void acceptAPeerAndAServerOfOneAddress() throws Exception {
    String entry =
        "<unicast-configuration><address>1.1.1.1</address><type>%s</type></unicast-configuration>";
    assertEquals(
        List.of(),
        errorsOf(
            NTP + entry.formatted("ntp:uc-peer") + entry.formatted("ntp:uc-server") + "</ntp>"));
  }

  @Test
  void refuseTheOneHundredAndTwentyNinth() throws Exception {
    StringBuilder entries = new StringBuilder();
    for (int host = 1; host <= 128; host++) {
      entries.append(
          "<unicast-configuration><address>1.1.1.%d</address><type>ntp:uc-peer</type></unicast-configuration>"
              .formatted(host));
    }
    assertEquals(List.of(), errorsOf(NTP + entries + "</ntp>"));
    entries.append(
        "<unicast-configuration><address>1.1.2.1</address><type>ntp:uc-server</type></unicast-configuration>");
    RpcError error = onlyOf(NTP + entries + "</ntp>");
    assertEquals("too-many-associations", error.appTag().orElse("none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<refclock-master><master-stratum>0</master-stratum></refclock-master>",
        "<refclock-master><master-stratum>16</master-stratum></refclock-master>"
      })
  void refuseValuesOfTheWrongTypeAsTheyAreRead(String inside) {
    RpcException refused =
        assertThrows(RpcException.class, () -> CheckTrees.tree(ROOT, NTP + inside + "</ntp>"));
    RpcError error = refused.errors().getFirst();
    assertEquals(ErrorType.APPLICATION, error.type());
    assertEquals(ErrorTag.INVALID_VALUE, error.tag());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<minpoll>3</minpoll>", "<maxpoll>18</maxpoll>", "<version>5</version>"})
  void refuseSettingsOutOfRangeAsTheyAreRead(String leaf) {
    RpcException refused =
        assertThrows(RpcException.class, () -> CheckTrees.tree(ROOT, server("1.1.1.1", leaf)));
    assertEquals(ErrorTag.INVALID_VALUE, refused.errors().getFirst().tag());
  }

  private static String key(String inside) {
    return "<authentication><authentication-keys>"
        + inside
        + "</authentication-keys></authentication>";
  }

  /// Values that no leaf takes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<refclock-master><ccn:address>127.127.1.4</ccn:address></refclock-master>",
        "<port>1023</port>",
        "<ccn:session-limits><ccn:max-dynamic-sessions>101</ccn:max-dynamic-sessions>"
            + "</ccn:session-limits>",
        "<ccn:dscp><ccn:ipv4>64</ccn:ipv4></ccn:dscp>",
        "<ccn:time-offset-threshold><ccn:log>127</ccn:log></ccn:time-offset-threshold>",
        "<ccn:time-offset-threshold><ccn:trap>60001</ccn:trap></ccn:time-offset-threshold>",
        "<ccn:control-query-policy>perhaps</ccn:control-query-policy>",
        "<authentication><authentication-keys><keyid>0</keyid></authentication-keys></authentication>",
        "<authentication><authentication-keys><keyid>1</keyid><algorithm>ntp:hmac-sha-256</algorithm>"
            + "</authentication-keys></authentication>",
        "<authentication><authentication-keys><keyid>1</keyid><key><keystring>"
            + "123456789012345678901234567890123</keystring></key></authentication-keys>"
            + "</authentication>",
        "<authentication><authentication-keys><keyid>1</keyid><key><hexadecimal-string>0g"
            + "</hexadecimal-string></key></authentication-keys></authentication>",
        "<access-rules><access-rule><access-mode>ntp:md5</access-mode></access-rule></access-rules>"
      })
  void refuseWhatNoLeafTakes(String inside) {
    RpcException refused =
        assertThrows(RpcException.class, () -> CheckTrees.tree(ROOT, NTP + inside + "</ntp>"));
    assertEquals(ErrorTag.INVALID_VALUE, refused.errors().getFirst().tag(), inside);
  }

  /// What fits no leaf's type alone, but the rest of the configuration.
  @Test
  void refuseKeysAndListsThatDoNotFit() throws Exception {
    for (String half :
        List.of(
            "<keyid>1</keyid>",
            "<keyid>1</keyid><algorithm>ntp:md5</algorithm>",
            "<keyid>1</keyid><key><keystring>k</keystring></key>")) {
      RpcError error = onlyOf(NTP + key(half) + "</ntp>");
      assertEquals("incomplete-key", error.appTag().orElse("none"), half);
    }
    RpcError missingKey =
        onlyOf(server("1.1.1.1", "<authentication><keyid>7</keyid></authentication>"));
    assertEquals("instance-required", missingKey.appTag().orElse("none"));
    String rule =
        "<access-rules><access-rule><access-mode>ntp:peer-access-mode</access-mode>%s</access-rule>"
            + "</access-rules></ntp>";
    RpcError missingList = onlyOf(NTP + rule.formatted("<acl>nowhere</acl>"));
    assertEquals("instance-required", missingList.appTag().orElse("none"));
    String lists =
        "<acls xmlns='urn:ietf:params:xml:ns:yang:ietf-access-control-list'><acl><name>six</name>"
            + "<type>ipv6-acl-type</type></acl></acls>";
    RpcError wrongFamily = onlyOf(lists + NTP + rule.formatted("<ccn:ipv4-acl>six</ccn:ipv4-acl>"));
    assertEquals("wrong-acl-family", wrongFamily.appTag().orElse("none"));
    assertEquals(
        List.of(), errorsOf(lists + NTP + rule.formatted("<ccn:ipv6-acl>six</ccn:ipv6-acl>")));
    assertEquals(List.of(), errorsOf(NTP + rule.formatted("<ccn:ipv4-acl>nowhere</ccn:ipv4-acl>")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.1.11", "3000::34"})
  void acceptTheGuidesFirstExamples(String server) throws Exception {
    assertEquals(
        List.of(),
        errorsOf(
            NTP + "<refclock-master><master-stratum>2</master-stratum></refclock-master></ntp>"));
    assertEquals(
        List.of(),
        errorsOf(
            "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><clock>"
                + "<protocol xmlns='urn:chronoconf:yang:clock'>ntp</protocol></clock></system>"
                + server(server, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.1.11", "3000::34", "::1", "::ffff:1.1.1.1", "223.255.255.255"})
  void acceptServers(String address) throws Exception {
    assertEquals(List.of(), errorsOf(server(address, "<iburst>true</iburst>")));
  }

  private static String server(String address, String more) {
    return NTP
        + "<unicast-configuration><address>"
        + address
        + "</address><type>ntp:uc-server</type>"
        + more
        + "</unicast-configuration></ntp>";
  }

  private static RpcError onlyOf(String config) throws Exception {
    List<RpcError> errors = errorsOf(config);
    assertEquals(1, errors.size(), errors.toString());
    return errors.getFirst();
  }

  private static List<RpcError> errorsOf(String config) throws Exception {
    return OWN.validate(CheckTrees.tree(ROOT, config)).errors();
  }
}
