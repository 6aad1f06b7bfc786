package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rpc compare (RFC 9144).
class CompareTest {
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String ACL = "urn:ietf:params:xml:ns:yang:ietf-access-control-list";
  private static final String COMPARE = "urn:ietf:params:xml:ns:yang:ietf-nmda-compare";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @SuppressWarnings("NullAway.Init")
  private static TestSession session;

  @BeforeAll
  static void start() throws StoreException, RpcException, IOException {
    server = new TestServer(folder, SessionLimits.DEFAULT);
    session = server.session();
    edit(
        "<ntp xmlns='"
            + NTP
            + "'><port>123</port>"
            + entry("1", "<prefer>true</prefer>")
            + "</ntp><acls xmlns='"
            + ACL
            + "'><acl><name>x</name><aces>"
            + ace("a", "")
            + ace("b", "")
            + "</aces></acl></acls>");
    assertEquals("ok", session.rpc("<commit/>").summary());
    edit(
        "<ntp xmlns='"
            + NTP
            + "' xmlns:nc='"
            + TestSession.BASE
            + "'><port>11124</port><unicast-configuration nc:operation='delete'>"
            + "<address>192.0.2.1</address><type>uc-server</type></unicast-configuration>"
            + entry("2", "")
            + "</ntp><acls xmlns='"
            + ACL
            + "' xmlns:nc='"
            + TestSession.BASE
            + "' xmlns:yang='urn:ietf:params:xml:ns:yang:1'><acl><name>x</name><aces>"
            + ace("c", " nc:operation='create' yang:insert='first'")
            + "</aces></acl></acls>");
  }

  private static String entry(String host, String more) {
    return "<unicast-configuration><address>192.0.2."
        + host
        + "</address><type>uc-server</type>"
        + more
        + "</unicast-configuration>";
  }

  private static String ace(String name, String attributes) {
    return "<ace"
        + attributes
        + "><name>"
        + name
        + "</name><actions><forwarding>accept</forwarding></actions></ace>";
  }

  private static void edit(String config) throws IOException {
    assertEquals(
        "ok",
        session
            .rpc(
                "<edit-config><target><candidate/></target><config>"
                    + config
                    + "</config></edit-config>")
            .summary());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ReplyText compare(String parameters) throws IOException {
    return session.rpc(
        "<compare xmlns='"
            + COMPARE
            + "' xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores' xmlns:n='"
            + NTP
            + "' xmlns:a='"
            + ACL
            + "' xmlns:m='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
            + parameters
            + "</compare>");
  }

  private static String between(String source, String target) {
    return "<source>ds:" + source + "</source><target>ds:" + target + "</target>";
  }

  private static String xpath(String expression) {
    return "<xpath-filter>" + expression + "</xpath-filter>";
  }

  /// The edits, without namespaces.
  private static String edits(ReplyText reply) {
    assertEquals("differences", reply.summary(), reply::text);
    assertTrue(reply.text().contains("<differences xmlns=\"" + COMPARE + "\""), reply::text);
    return reply
        .text()
        .replaceAll("(?s).*?</comment>(.*)</yang-patch>.*", "$1")
        .replaceAll(" xmlns(:\\w+)?=\"[^\"]*\"", "");
  }

  @Test
  void tellsWhatReplacesWhat() throws IOException {
    assertEquals(
        "<edit><edit-id>1</edit-id><operation>replace</operation>"
            + "<target>/ietf-ntp:ntp/port</target><value><port>11124</port></value>"
            + "<source-value><port>123</port></source-value></edit>",
        edits(compare(between("running", "candidate") + xpath("/n:ntp/n:port"))));
    ReplyText back = compare(between("candidate", "running") + xpath("/n:ntp/n:port"));
    assertTrue(
        edits(back).contains("<value><port>123</port></value><source-value><port>11124<"),
        back::text);
    assertTrue(back.text().contains("<port xmlns=\"" + NTP + "\""), back::text);
    assertTrue(back.text().contains("<comment>from candidate to running</comment>"), back::text);
  }

  @Test
  void tellsWhatIsCreatedAndDeleted() throws IOException {
    assertEquals(
        "<edit><edit-id>1</edit-id><operation>delete</operation>"
            + "<target>/ietf-ntp:ntp/unicast-configuration=192.0.2.1,ietf-ntp%3Auc-server</target>"
            + "<source-value><unicast-configuration><address>192.0.2.1</address>"
            + "<type>ntp:uc-server</type><prefer>true</prefer></unicast-configuration>"
            + "</source-value></edit>"
            + "<edit><edit-id>2</edit-id><operation>create</operation>"
            + "<target>/ietf-ntp:ntp/unicast-configuration=192.0.2.2,ietf-ntp%3Auc-server</target>"
            + "<value><unicast-configuration><address>192.0.2.2</address>"
            + "<type>ntp:uc-server</type></unicast-configuration></value></edit>",
        edits(compare(between("running", "candidate") + xpath("//n:unicast-configuration"))));
  }

  @Test
  void tellsTheOrderOfUsers() throws IOException {
    String acl = "<subtree-filter><a:acls/></subtree-filter>";
    assertEquals(
        "<edit><edit-id>1</edit-id><operation>insert</operation>"
            + "<target>/ietf-access-control-list:acls/acl=x/aces/ace=c</target>"
            + "<where>first</where><value><ace><name>c</name><actions>"
            + "<forwarding>acl:accept</forwarding></actions></ace></value></edit>",
        edits(compare(between("running", "candidate") + acl)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "running # running # /n:ntp",
        "running # intended # /n:ntp",
        "operational # running # /n:ntp",
        "operational # intended # /m:netconf-state | /n:ntp",
        "running # candidate # /n:ntp/n:authentication",
      })
  void saysIfThereIsNoDifference(String source, String target, String filter) throws IOException {
    ReplyText reply = compare(between(source, target) + xpath(filter));
    assertEquals("no-matches", reply.summary(), reply::text);
    assertTrue(reply.text().contains("<no-matches xmlns=\"" + COMPARE + "\"/>"), reply::text);
  }

  @Test
  void comparesStateOnlyIfAskedTo() throws IOException {
    String state =
        xpath(
            "/m:netconf-state/m:sessions/m:session[m:session-id="
                + session.sessionId()
                + "]/m:username");
    assertEquals("no-matches", compare(between("operational", "running") + state).summary());
    assertTrue(
        edits(compare(between("operational", "running") + "<all/>" + state))
            .contains("<operation>delete</operation>"));
  }

  @Test
  void saysWhereValuesComeFrom() throws IOException {
    ReplyText reply =
        compare(between("operational", "candidate") + "<report-origin/>" + xpath("/n:ntp/n:port"));
    assertEquals(
        "<edit><edit-id>1</edit-id><operation>replace</operation>"
            + "<target>/ietf-ntp:ntp/port</target><value><port>11124</port></value>"
            + "<source-value><port or:origin=\"or:intended\">123</port></source-value></edit>",
        edits(reply));
    ReplyText without = compare(between("operational", "candidate") + xpath("/n:ntp/n:port"));
    assertFalse(without.text().contains("origin"), without::text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "<source>ds:strange</source><target>ds:running</target> # invalid-value bad-element=source",
        "<source>ds:running</source><target>ds:startup</target> # invalid-value bad-element=target",
        "<source>ds:running</source> # missing-element bad-element=target",
        "<target>ds:running</target> # missing-element bad-element=source",
        "<source>ds:running</source><target>ds:running</target><some/> # unknown-element"
            + " bad-element=some",
        "<source>ds:running</source><target>ds:running</target><all>1</all> # bad-element"
            + " bad-element=all",
        "<source>ds:running</source><target>ds:running</target><xpath-filter>1</xpath-filter>"
            + " # invalid-value bad-element=xpath-filter",
      })
  void refusesWhatDoesNotFit(String parameters, String error) throws IOException {
    assertEquals("protocol " + error, compare(parameters).summary());
  }
}
