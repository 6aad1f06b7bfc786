package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.access.AccessPolicy;
import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;

/// What a user may not read shows in no answer, and no filter tells of it (RFC 8341 section 3.2.4).
class ReadAccessTest {
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String NACM = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";
  private static final String IN_SCOPE =
      " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores' xmlns:n='" + NTP + "'";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestSession session;

  /// The leaf `prefer` is hidden, and it is all that distinguishes the candidate from running.
  @BeforeEach
  void start() throws Exception {
    server =
        TestServer.withFirst(
            folder,
            ntp("<port>123</port>" + entry(true))
                + "<nacm xmlns='"
                + NACM
                + "'><groups><group><name>all</name><user-name>admin</user-name></group></groups>"
                + "<rule-list><name>hidden</name><group>all</group><rule><name>prefer</name>"
                + "<path xmlns:n='"
                + NTP
                + "'>/n:ntp/n:unicast-configuration/n:prefer</path>"
                + "<access-operations>read</access-operations><action>deny</action></rule>"
                + "</rule-list></nacm>");
    session = server.session();
    assertEquals(
        "ok",
        session
            .rpc(
                "<edit-config><target><candidate/></target><config>"
                    + ntp(entry(false))
                    + "</config></edit-config>")
            .summary());
    server
        .datastores
        .access()
        .use(
            AccessPolicy.of(
                ConfigCursor.of(
                    server.datastores.root(), server.datastores.read(DatastoreName.RUNNING))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String ntp(String content) {
    return "<ntp xmlns='" + NTP + "'>" + content + "</ntp>";
  }

  private static String entry(boolean prefer) {
    return "<unicast-configuration><address>192.0.2.1</address><type>uc-server</type><prefer>"
        + prefer
        + "</prefer></unicast-configuration>";
  }

  private ReplyText xpath(String select) throws IOException {
    return session.rpc(
        "<get-config><source><running/></source><filter"
            + IN_SCOPE
            + " type='xpath' select=\""
            + select
            + "\"/></get-config>");
  }

  private ReplyText getData(String datastore, String more) throws IOException {
    return session.rpc(
        "<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
            + IN_SCOPE
            + "><datastore>ds:"
            + datastore
            + "</datastore>"
            + more
            + "</get-data>");
  }

  private void commitByTheAgent() throws Exception {
    server.datastores.commit(SessionContext.AGENT, CommitRequest.PLAIN, Optional.empty());
  }

  private static String subscription(String filter) {
    return "<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'>"
        + filter
        + "</create-subscription>";
  }

  @Test
  void aChangeOfWhatIsHiddenIsToldWithoutItsPath() throws Exception {
    assertEquals("ok", session.rpc(subscription("")).summary());
    commitByTheAgent();
    assertEquals(
        "netconf-config-change{changed-by{server=} datastore=running}",
        new NotificationText(session.receive().orElseThrow()).toString());
  }

  @Test
  void aFilterOfEventsFindsNoHiddenPath() throws Exception {
    assertEquals(
        "ok",
        session
            .rpc(
                subscription(
                    "<filter xmlns:c='urn:ietf:params:xml:ns:yang:ietf-netconf-notifications'"
                        + " type='xpath' select=\"/c:netconf-config-change[c:edit or"
                        + " c:datastore='startup']\"/>"))
            .summary());
    commitByTheAgent();
    QName change =
        QName.create(
            "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications",
            "2012-02-06",
            "netconf-config-change");
    server.notifications.publish(change, n -> n.leaf(QName.create(change, "datastore"), "startup"));
    assertTrue(session.receive().orElseThrow().contains("startup"));
  }

  @Test
  void predicatesTellNothing() throws IOException {
    assertTrue(xpath("/n:ntp/n:unicast-configuration").data().contains("192.0.2.1"));
    assertEquals("", xpath("/n:ntp/n:unicast-configuration[n:prefer='true']").data());
    assertEquals("", xpath("/n:ntp/n:unicast-configuration[n:prefer]").data());
    assertEquals("", xpath("//n:prefer").data());
    assertEquals("", xpath("/n:ntp[contains(., 'true')]").data());
  }

  @Test
  void datastoresOfNmdaHideItToo() throws IOException {
    String ntp = "<subtree-filter><n:ntp/></subtree-filter>";
    for (String datastore : new String[] {"running", "candidate", "intended", "operational"}) {
      String text = getData(datastore, ntp).text();
      assertTrue(text.contains("192.0.2.1"), text);
      assertFalse(text.contains("prefer"), text);
    }
    String selected =
        getData(
                "operational",
                "<xpath-filter>/n:ntp/n:unicast-configuration[n:prefer='true']</xpath-filter>")
            .text();
    assertFalse(selected.contains("192.0.2.1"), selected);
  }

  @Test
  void comparisonsTellNothing() throws IOException {
    String reply =
        session
            .rpc(
                "<compare xmlns='urn:ietf:params:xml:ns:yang:ietf-nmda-compare'"
                    + IN_SCOPE
                    + "><source>ds:running</source><target>ds:candidate</target></compare>")
            .summary();
    assertEquals("no-matches", reply);
  }

  @Test
  void factoryResetTakesAnExplicitPermission() throws IOException {
    assertEquals(
        "protocol access-denied",
        session
            .rpc("<factory-reset xmlns='urn:ietf:params:xml:ns:yang:ietf-factory-default'/>")
            .summary());
  }
}
