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

/// Get-data and edit-data (RFC 8526), and the origins in operational (RFC 8342 section 5.3.4).
class NmdaTest {
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String NMDA = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";
  private static final String IN_SCOPE =
      " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'"
          + " xmlns:or='urn:ietf:params:xml:ns:yang:ietf-origin' xmlns:n='"
          + NTP
          + "' xmlns:m='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'";
  private static final String SERVER =
      "<unicast-configuration><address>192.0.2.1</address><type>uc-server</type>"
          + "<prefer>true</prefer></unicast-configuration>";
  private static final String PORT = "<subtree-filter><n:ntp><n:port/></n:ntp></subtree-filter>";
  private static final String MINPOLL =
      "<xpath-filter>/n:ntp/n:unicast-configuration/n:minpoll</xpath-filter>";

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
    assertEquals(
        "ok",
        edit("candidate", "<ntp xmlns='" + NTP + "'><port>123</port>" + SERVER + "</ntp>")
            .summary());
    assertEquals("ok", session.rpc("<commit/>").summary());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ReplyText get(String datastore, String parameters) throws IOException {
    return session.rpc(
        "<get-data xmlns='"
            + NMDA
            + "'"
            + IN_SCOPE
            + "><datastore>"
            + datastore
            + "</datastore>"
            + parameters
            + "</get-data>");
  }

  private static ReplyText edit(String datastore, String config) throws IOException {
    return session.rpc(
        "<edit-data xmlns='"
            + NMDA
            + "'"
            + IN_SCOPE
            + "><datastore>ds:"
            + datastore
            + "</datastore><config>"
            + config
            + "</config></edit-data>");
  }

  /// What stands inside data, without namespaces.
  private static String content(ReplyText reply) {
    assertEquals("data", reply.summary(), reply::text);
    assertTrue(reply.text().contains("<data xmlns=\"" + NMDA + "\""), reply::text);
    return reply
        .text()
        .replaceAll("(?s).*<data [^>]*?/></rpc-reply>", "")
        .replaceAll("(?s).*<data [^>]*>(.*)</data>.*", "$1")
        .replaceAll(" xmlns(:\\w+)?=\"[^\"]*\"", "");
  }

  @ParameterizedTest
  @CsvSource({"running", "candidate", "intended", "operational"})
  void readsEachDatastore(String datastore) throws IOException {
    assertEquals("<ntp><port>123</port></ntp>", content(get("ds:" + datastore, PORT)));
  }

  @Test
  void operationalHoldsDefaultsInUseAndTheOthersDoNot() throws IOException {
    assertEquals("", content(get("ds:running", MINPOLL)));
    String keys = "<address>192.0.2.1</address><type>ntp:uc-server</type>";
    String found =
        "<ntp><unicast-configuration>"
            + keys
            + "<minpoll%s>6</minpoll></unicast-configuration></ntp>";
    assertEquals(found.formatted(""), content(get("ds:operational", MINPOLL)));
    String mode = "<with-defaults>%s</with-defaults>";
    assertEquals("", content(get("ds:operational", MINPOLL + mode.formatted("explicit"))));
    assertEquals(
        found.formatted(" wd:default=\"true\""),
        content(get("ds:running", MINPOLL + mode.formatted("report-all-tagged"))));
    assertEquals(
        found.formatted(""), content(get("ds:running", MINPOLL + mode.formatted("report-all"))));
    assertEquals("", content(get("ds:intended", MINPOLL + mode.formatted("trim"))));
  }

  @Test
  void saysWhereConfigurationComesFrom() throws IOException {
    ReplyText reply =
        get(
            "ds:operational",
            "<xpath-filter>/n:ntp/n:port | //n:minpoll |"
                + " /m:netconf-state/m:datastores/m:datastore[m:name='running']/m:name |"
                + " /n:ntp/n:unicast-configuration/n:prefer</xpath-filter><with-origin/>");
    assertEquals(
        "<netconf-state><datastores><datastore><name>running</name></datastore></datastores>"
            + "</netconf-state>"
            + "<ntp or:origin=\"or:intended\"><port>123</port><unicast-configuration>"
            + "<address>192.0.2.1</address><type>ntp:uc-server</type>"
            + "<prefer>true</prefer><minpoll or:origin=\"or:default\">6</minpoll>"
            + "</unicast-configuration></ntp>",
        sorted(content(reply)));
    assertTrue(
        reply.text().contains("xmlns:or=\"urn:ietf:params:xml:ns:yang:ietf-origin\""), reply::text);
  }

  // The two modules may come in either order.
  private static String sorted(String content) {
    int at = content.indexOf("<netconf-state>");
    return content.substring(at) + content.substring(0, at);
  }

  @Test
  void filtersByOrigin() throws IOException {
    String ntp = "<subtree-filter><n:ntp/></subtree-filter>";
    String defaults =
        content(get("ds:operational", ntp + "<origin-filter>or:default</origin-filter>"));
    assertTrue(defaults.contains("<minpoll>6</minpoll>"), defaults);
    assertTrue(defaults.contains("<address>192.0.2.1</address>"), defaults);
    assertFalse(defaults.contains("<prefer>") || defaults.contains("<ntp><port>"), defaults);
    String others =
        content(
            get(
                "ds:operational",
                ntp + "<negated-origin-filter>or:default</negated-origin-filter>"));
    assertFalse(others.contains("<minpoll>"), others);
    assertTrue(others.contains("<prefer>true</prefer>") && others.contains("<port>"), others);
    String both =
        "<origin-filter>or:default</origin-filter><origin-filter>or:intended</origin-filter>";
    String all = content(get("ds:operational", ntp + both));
    assertTrue(all.contains("<minpoll>") && all.contains("<port>"), all);
    assertEquals(
        "", content(get("ds:operational", PORT + "<origin-filter>or:learned</origin-filter>")));
  }

  @Test
  void filtersConfigurationAndState() throws IOException {
    String state = content(get("ds:operational", "<config-filter>false</config-filter>"));
    assertTrue(state.contains("<netconf-state>"), state);
    assertFalse(state.contains("<ntp>"), state);
    String config = content(get("ds:operational", "<config-filter>true</config-filter>"));
    assertFalse(config.contains("<netconf-state>"), config);
    assertTrue(config.contains("<port>123</port>"), config);
    assertEquals("", content(get("ds:running", "<config-filter>false</config-filter>")));
  }

  @Test
  void limitsTheDepthOfWhatIsSelected() throws IOException {
    String depth = "<max-depth>%s</max-depth>";
    assertEquals("<ntp/>", content(get("ds:running", depth.formatted(1))));
    String entry =
        "<unicast-configuration><address>192.0.2.1</address><type>ntp:uc-server</type>%s"
            + "</unicast-configuration>";
    assertEquals(
        "<ntp><port>123</port>" + entry.formatted("") + "</ntp>",
        content(get("ds:running", depth.formatted(2))));
    String entries = "<xpath-filter>//n:unicast-configuration</xpath-filter>";
    assertEquals(
        "<ntp>" + entry.formatted("") + "</ntp>",
        content(get("ds:running", entries + depth.formatted(1))));
    String whole = "<ntp>" + entry.formatted("<prefer>true</prefer>") + "</ntp>";
    assertEquals(whole, content(get("ds:running", entries + depth.formatted(2))));
    assertEquals(whole, content(get("ds:running", entries + depth.formatted("unbounded"))));
    String subtree = "<subtree-filter><n:ntp><n:unicast-configuration/></n:ntp></subtree-filter>";
    assertEquals(
        "<ntp>" + entry.formatted("") + "</ntp>",
        content(get("ds:running", subtree + depth.formatted(1))));
    assertEquals(
        "<ntp><port>123</port>" + entry.formatted("<prefer>true</prefer>") + "</ntp>",
        content(
            get(
                "ds:running",
                "<xpath-filter>/n:ntp | //n:prefer | /n:ntp/n:port</xpath-filter>"
                    + depth.formatted(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "ds:startup # '' # invalid-value bad-element=datastore",
        "ds:strange # '' # invalid-value bad-element=datastore",
        "running # '' # invalid-value bad-element=datastore",
        "or:running # '' # invalid-value bad-element=datastore",
        "ds:running # <with-origin/> # invalid-value bad-element=with-origin",
        "ds:intended # <origin-filter>or:system</origin-filter> # invalid-value"
            + " bad-element=origin-filter",
        "ds:operational # <origin-filter>or:origin</origin-filter> # invalid-value"
            + " bad-element=origin-filter",
        "ds:operational # <origin-filter>system</origin-filter> # invalid-value"
            + " bad-element=origin-filter",
        "ds:operational # <origin-filter>or:system</origin-filter><negated-origin-filter>or:system"
            + "</negated-origin-filter> # bad-element bad-element=negated-origin-filter",
        "ds:running # <max-depth>0</max-depth> # invalid-value bad-element=max-depth",
        "ds:running # <max-depth>65536</max-depth> # invalid-value bad-element=max-depth",
        "ds:running # <config-filter>yes</config-filter> # invalid-value"
            + " bad-element=config-filter",
        "ds:running # <xpath-filter>1</xpath-filter> # invalid-value bad-element=xpath-filter",
        "ds:running # <xpath-filter>/ntp</xpath-filter> # invalid-value bad-element=xpath-filter",
        "ds:running # <subtree-filter/><xpath-filter>/n:ntp</xpath-filter> # bad-element"
            + " bad-element=xpath-filter",
        "ds:running # <with-defaults>some</with-defaults> # invalid-value",
        "ds:running # <datastore>ds:running</datastore> # bad-element bad-element=datastore",
        "ds:running # <filter/> # unknown-element bad-element=filter",
        "ds:running # <depth xmlns='urn:x'/> # unknown-namespace bad-element=depth"
            + " bad-namespace=urn:x",
      })
  void refusesWhatDoesNotFit(String datastore, String parameters, String error) throws IOException {
    assertEquals("protocol " + error, get(datastore, parameters).summary());
  }

  @Test
  void needsADatastore() throws IOException {
    assertEquals(
        "protocol missing-element bad-element=datastore",
        session.rpc("<get-data xmlns='" + NMDA + "'/>").summary());
    assertEquals(
        "protocol missing-element bad-element=config",
        session
            .rpc(
                "<edit-data xmlns='"
                    + NMDA
                    + "'"
                    + IN_SCOPE
                    + "><datastore>ds:candidate</datastore></edit-data>")
            .summary());
  }

  @ParameterizedTest
  @CsvSource({"operational", "intended", "running", "startup"})
  void editsOnlyWhatCanBeWritten(String datastore) throws IOException {
    assertEquals("protocol invalid-value bad-element=datastore", edit(datastore, "").summary());
  }

  @Test
  void editsAllOrNothing() throws IOException {
    String edit =
        "<ntp xmlns='"
            + NTP
            + "' xmlns:nc='"
            + TestSession.BASE
            + "'><port nc:operation='delete'/>%s</ntp>";
    String absent =
        "<unicast-configuration nc:operation='delete'><address>192.0.2.9</address>"
            + "<type>uc-server</type></unicast-configuration>";
    assertTrue(
        edit("candidate", edit.formatted(absent)).summary().startsWith("application data-missing"));
    assertEquals("<ntp><port>123</port></ntp>", content(get("ds:candidate", PORT)));
    assertEquals("ok", edit("candidate", edit.formatted("")).summary());
    assertEquals("", content(get("ds:candidate", PORT)));
    assertEquals("<ntp><port>123</port></ntp>", content(get("ds:running", PORT)));
    assertEquals("ok", session.rpc("<discard-changes/>").summary());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "lock # target # running # ok",
        "unlock # target # running # ok",
        "validate # source # candidate # ok",
        "validate # source # intended # ok",
        "validate # source # operational # protocol invalid-value bad-element=datastore",
        "lock # target # operational # protocol invalid-value bad-element=datastore",
        "lock # target # intended # protocol invalid-value bad-element=datastore",
        "unlock # target # strange # protocol invalid-value bad-element=datastore",
        "delete-config # target # running # protocol unknown-namespace bad-element=datastore"
            + " bad-namespace=urn:ietf:params:xml:ns:yang:ietf-netconf-nmda",
      })
  void oldOperationsKnowTheNewNames(
      String operation, String parameter, String datastore, String reply) throws IOException {
    assertEquals(
        reply,
        session
            .rpc(
                "<%s><%s><datastore xmlns='%s'%s>ds:%s</datastore></%s></%s>"
                    .formatted(
                        operation, parameter, NMDA, IN_SCOPE, datastore, parameter, operation))
            .summary());
  }
}
