package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.message.XmlLimits;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Filters of type xpath on the wire (RFC 6241 section 8.9).
class XPathFiltersTest {
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String ACL = "urn:ietf:params:xml:ns:yang:ietf-access-control-list";
  private static final String PREFIXES =
      " xmlns:n='"
          + NTP
          + "' xmlns:a='"
          + ACL
          + "' xmlns:m='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'"
          + " xmlns:none='urn:of:no:module'";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @SuppressWarnings("NullAway.Init")
  private static TestSession session;

  @BeforeAll
  static void start() throws StoreException, RpcException, IOException {
    server =
        new TestServer(
            folder,
            new SessionLimits(
                10, 1 << 20, XmlLimits.DEFAULT, Duration.ofSeconds(60), Duration.ZERO, 20_000, 4));
    session = server.session();
    StringBuilder servers = new StringBuilder();
    for (int i = 1; i <= 3; i++) {
      servers
          .append("<unicast-configuration><address>192.0.2.")
          .append(i)
          .append("</address><type>uc-server</type><prefer>")
          .append(i == 2)
          .append("</prefer></unicast-configuration>");
    }
    String config =
        "<ntp xmlns='"
            + NTP
            + "'><port>123</port>"
            + servers
            + "</ntp><acls xmlns='"
            + ACL
            + "'><acl><name>x</name><aces>"
            + ace("z")
            + ace("m")
            + ace("a")
            + "</aces></acl></acls>";
    assertEquals(
        "ok",
        session
            .rpc(
                "<edit-config><target><candidate/></target><config>"
                    + config
                    + "</config></edit-config>")
            .summary());
    assertEquals("ok", session.rpc("<commit/>").summary());
  }

  private static String ace(String name) {
    return "<ace><name>" + name + "</name><actions><forwarding>accept</forwarding></actions></ace>";
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ReplyText get(String filter) throws IOException {
    return session.rpc("<get><filter" + PREFIXES + " " + filter + "></filter></get>");
  }

  private static ReplyText getConfig(String select) throws IOException {
    return session.rpc(
        "<get-config><source><running/></source><filter"
            + PREFIXES
            + " type='xpath' select=\""
            + select
            + "\"/></get-config>");
  }

  /// The texts of the reply's leaves.
  private static String leaves(ReplyText reply) {
    return reply.data().replaceAll("<[^>]*>", " ").strip().replaceAll(" +", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "/n:ntp/n:port # 123",
        "/n:ntp/n:unicast-configuration[n:prefer='true']/n:prefer # 192.0.2.2 ntp:uc-server true",
        "//n:unicast-configuration[2]/n:address # 192.0.2.2 ntp:uc-server",
        "/n:ntp/n:unicast-configuration[n:type='n:uc-peer'] | /n:ntp/n:port # 123",
        "//a:ace/a:name # x z m a",
        "//a:ace[a:name='a' or a:name='z']/a:name # x z a",
        "/none:top # ''",
        "/n:ntp/n:port[. = 124] # ''",
      })
  void selects(String select, String leaves) throws IOException {
    assertEquals(leaves, leaves(getConfig(select)));
  }

  @Test
  void selectsStateToo() throws IOException {
    ReplyText reply =
        get(
            "type='xpath' select=\"/m:netconf-state/m:sessions/m:session[m:session-id="
                + session.sessionId()
                + "]/m:username\"");
    assertEquals(session.sessionId() + " admin", leaves(reply));
  }

  @Test
  void seesDefaultsOnlyIfTheModeReportsThem() throws IOException {
    String select = "/n:ntp/n:unicast-configuration[n:address='192.0.2.1']/n:minpoll";
    assertEquals("", leaves(getConfig(select)));
    String all =
        "<get-config><source><running/></source><filter"
            + PREFIXES
            + " type='xpath' select=\""
            + select
            + "\"/><with-defaults xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults'>"
            + "report-all-tagged</with-defaults></get-config>";
    ReplyText reply = session.rpc(all);
    assertEquals("192.0.2.1 ntp:uc-server 6", leaves(reply));
    assertTrue(reply.text().contains("wd:default=\"true\""), reply::text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "type='xpath' # missing-attribute bad-attribute=select bad-element=filter",
        "select='/n:ntp' # bad-attribute bad-attribute=select bad-element=filter",
        "type='xpath' select='/n:ntp[' # bad-attribute bad-attribute=select bad-element=filter",
        "type='xpath' select='' # bad-attribute bad-attribute=select bad-element=filter",
        "type='xpath' select='/ntp' # bad-attribute bad-attribute=select bad-element=filter",
        "type='xpath' select='/p:ntp' # bad-attribute bad-attribute=select bad-element=filter",
        "type='xpath' select='fly()' # bad-attribute bad-attribute=select bad-element=filter",
        "type='xpath' select='1+1' # invalid-value bad-attribute=select bad-element=filter",
        "type='xpath' select='count(/n:ntp)' # invalid-value bad-attribute=select"
            + " bad-element=filter",
        "type='xpath' select='/n:ntp' depth='1' # unknown-attribute bad-attribute=depth"
            + " bad-element=filter",
      })
  void refusesWhatCannotBe(String filter, String error) throws IOException {
    assertEquals("protocol " + error, get(filter).summary());
  }

  @Test
  void refusesContent() throws IOException {
    assertEquals(
        "protocol unknown-element bad-element=ntp",
        session
            .rpc(
                "<get><filter" + PREFIXES + " type='xpath' select='/n:ntp'><n:ntp/></filter></get>")
            .summary());
    assertEquals(
        "protocol bad-element bad-element=filter",
        session
            .rpc("<get><filter" + PREFIXES + " type='xpath' select='/n:ntp'>n</filter></get>")
            .summary());
  }

  @Test
  void endsWhatCostsTooMuchAndSaysWhatToDo() throws IOException {
    ReplyText reply = get("type='xpath' select=\"//*[//*[//* = 'x']]\"");
    assertEquals("application resource-denied", reply.summary());
    assertTrue(
        reply.text().contains("make it more specific, or start the agent with a larger"),
        reply::text);
    assertEquals("123", leaves(getConfig("/n:ntp/n:port")));
  }

  @Test
  void isAnnounced() throws IOException {
    TestSession other = server.connect();
    assertTrue(other.hello().contains("<capability>urn:ietf:params:netconf:capability:xpath:1.0<"));
  }

  @Test
  void selectsNotifications() throws IOException, InterruptedException {
    TestSession listener = server.session();
    String events = "xmlns:e='urn:ietf:params:xml:ns:yang:ietf-netconf-notifications'";
    String subscribe =
        "<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><filter "
            + events
            + " type='xpath' select=\"%s\"/></create-subscription>";
    assertEquals(
        "protocol invalid-value bad-attribute=select bad-element=filter",
        listener.rpc(subscribe.formatted("1 = 1")).summary());
    assertEquals(
        "ok",
        listener
            .rpc(subscribe.formatted("/e:netconf-session-end[e:termination-reason='closed']"))
            .summary());
    TestSession dropped = server.session();
    dropped.drop();
    assertTrue(dropped.awaitClosed());
    TestSession closed = server.session();
    assertEquals("ok", closed.rpc("<close-session/>").summary());
    String event = listener.receive().orElseThrow();
    assertTrue(
        event.contains("<session-id>" + closed.sessionId() + "</session-id>")
            && event.contains("closed"),
        event);
  }
}
