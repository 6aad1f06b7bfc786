package io.chronoconf.agent.model.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.model.SchemaCoverage;
import io.chronoconf.agent.model.yanglibrary.YangLibraryModule;
import io.chronoconf.agent.netconf.session.SessionLimits;
import io.chronoconf.agent.netconf.session.TestServer;
import io.chronoconf.agent.netconf.session.TestSession;
import io.chronoconf.yang.ModuleEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ietf-netconf-monitoring and ietf-yang-library as a client sees them.
class ServerStateTest {
  private static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";
  private static final String LIBRARY = "urn:ietf:params:xml:ns:yang:ietf-yang-library";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, SessionLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String state(TestSession session, String content) throws IOException {
    return session
        .rpc(
            "<get><filter><netconf-state xmlns=\""
                + MONITORING
                + "\">"
                + content
                + "</netconf-state></filter></get>")
        .data();
  }

  @Test
  void countsExactly() throws IOException {
    TestSession session = server.session();
    session.rpc("<get><filter/></get>");
    session.rpc("<fly/>");
    session.rpc("<commit/>");
    session.sendMessage("<rpc");
    session.reply();
    TestSession bad = server.connect();
    bad.receive();
    bad.send("<hello/>]]>]]>");
    assertEquals("", bad.rest());
    TestSession lost = server.session();
    lost.drop();
    while (server.registry.sessions().size() > 1) {
      Thread.onSpinWait();
    }
    String statistics = state(session, "<statistics/>");
    for (String counter :
        new String[] {
          "<in-bad-hellos>1<",
          "<in-sessions>3<",
          "<dropped-sessions>1<",
          "<in-rpcs>4<",
          "<in-bad-rpcs>1<",
          "<out-rpc-errors>2<",
          "<out-notifications>0<",
          "<netconf-start-time>20"
        }) {
      assertTrue(statistics.contains(counter), counter + " in " + statistics);
    }
  }

  @Test
  void showsTheSessions() throws IOException {
    TestSession one = server.session();
    TestSession two = server.session();
    String sessions = state(one, "<sessions/>");
    assertTrue(sessions.contains("<session-id>" + one.sessionId() + "<"), sessions);
    assertTrue(
        sessions.contains(
            "<session><session-id>"
                + two.sessionId()
                + "</session-id><transport>ncm:netconf-ssh</transport><username>admin</username>"
                + "<source-host>192.0.2.7</source-host><login-time>20"),
        sessions);
    String own =
        state(
            two,
            "<sessions><session><session-id>"
                + two.sessionId()
                + "</session-id><in-rpcs/></session></sessions>");
    assertTrue(own.contains("<in-rpcs>1</in-rpcs>"), own);
    assertFalse(own.contains("<username>"), own);
  }

  @Test
  void showsLocks() throws IOException {
    TestSession session = server.session();
    assertFalse(state(session, "<datastores/>").contains("global-lock"));
    session.rpc("<lock><target><candidate/></target></lock>");
    String datastores = state(session, "<datastores/>");
    assertTrue(
        datastores.contains(
            "<name>candidate</name><locks><global-lock><locked-by-session>"
                + session.sessionId()
                + "</locked-by-session><locked-time>20"),
        datastores);
  }

  @Test
  void deliversEverySchemaThatItLists() throws IOException {
    TestSession session = server.session();
    String schemas = state(session, "<schemas/>");
    for (ModuleEntry module : TestServer.YANG.modules()) {
      assertTrue(
          schemas.contains(
              "<identifier>"
                  + module.name()
                  + "</identifier><version>"
                  + module.revision()
                  + "</version>"),
          module.name());
      String text =
          session
              .rpc(
                  "<get-schema xmlns=\""
                      + MONITORING
                      + "\"><identifier>"
                      + module.name()
                      + "</identifier></get-schema>")
              .document()
              .getDocumentElement()
              .getTextContent();
      assertEquals(TestServer.YANG.source(module).replace("\r\n", "\n"), text);
      String yin =
          session
              .rpc(
                  "<get-schema xmlns=\""
                      + MONITORING
                      + "\"><identifier>"
                      + module.name()
                      + "</identifier><format>yin</format></get-schema>")
              .text();
      assertTrue(yin.contains("<module xmlns=\"urn:ietf:params:xml:ns:yang:yin:1\""), yin);
      assertTrue(yin.contains("<prefix value="), yin);
    }
  }

  @Test
  void showsTheSameModulesInBothFormsOfTheLibrary() throws IOException {
    TestSession session = server.session();
    String library =
        session.rpc("<get><filter><yang-library xmlns=\"" + LIBRARY + "\"/></filter></get>").data();
    String old =
        session
            .rpc("<get><filter><modules-state xmlns=\"" + LIBRARY + "\"/></filter></get>")
            .data();
    String id = TestServer.YANG.contentId();
    assertTrue(library.contains("<content-id>" + id + "</content-id>"), library);
    assertTrue(old.contains("<module-set-id>" + id + "</module-set-id>"), old);
    for (ModuleEntry module : TestServer.YANG.modules()) {
      String start =
          "<name>" + module.name() + "</name><revision>" + module.revision() + "</revision>";
      assertTrue(
          library.contains("<name>" + module.name() + "</name><namespace>" + module.namespace())
              || library.contains(start),
          module.name());
      assertTrue(old.contains(start), module.name());
    }
    assertTrue(library.contains("<import-only-module>"), library);
    assertTrue(old.contains("<conformance-type>import</conformance-type>"), old);
    for (String datastore : new String[] {"running", "candidate", "intended", "operational"}) {
      assertTrue(library.contains(":" + datastore + "</name><schema>all</schema>"), library);
    }
    assertFalse(library.contains("startup"), library);
  }

  @Test
  void showsStateToGetAndNotToGetConfig() throws IOException {
    TestSession session = server.session();
    assertTrue(session.rpc("<get/>").data().contains("<netconf-state"));
    assertEquals("", session.rpc("<get-config><source><running/></source></get-config>").data());
  }

  @Test
  void handlesEveryNodeOfItsModules() {
    List<PathTable> tables = List.of(MonitoringModule.PATHS, YangLibraryModule.PATHS);
    assertEquals(
        List.of(),
        SchemaCoverage.holes(TestServer.YANG, tables).stream()
            .filter(hole -> hole.matches("/(ncm|yanglib|nc):.*"))
            .toList());
  }
}
