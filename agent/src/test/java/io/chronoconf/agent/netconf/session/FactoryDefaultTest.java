package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The datastore factory-default and the rpc factory-reset (RFC 8808).
class FactoryDefaultTest {
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";
  private static final String RESET =
      "<factory-reset xmlns='urn:ietf:params:xml:ns:yang:ietf-factory-default'/>";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private static void commit(TestSession session, String config) throws IOException {
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

  private static String ntp(String content) {
    return "<ntp xmlns='" + NTP + "'>" + content + "</ntp>";
  }

  private static String running(TestSession session) throws IOException {
    return session.rpc("<get-config><source><running/></source></get-config>").data();
  }

  private static ReplyText factoryDefault(TestSession session) throws IOException {
    return session.rpc(
        "<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
            + " xmlns:fd='urn:ietf:params:xml:ns:yang:ietf-factory-default'>"
            + "<datastore>fd:factory-default</datastore></get-data>");
  }

  @Test
  void goesBackToTheFirstConfiguration() throws Exception {
    try (TestServer server = TestServer.withFirst(folder, ntp("<port>123</port>"))) {
      TestSession session = server.session();
      TestSession other = server.session();
      String first = running(session);
      assertTrue(first.contains("<port>123</port>"), first);
      commit(session, ntp("<port>11123</port>"));
      assertEquals(
          "ok",
          session
              .rpc(
                  "<edit-config><target><candidate/></target><config>"
                      + ntp("<port>11124</port>")
                      + "</config></edit-config>")
              .summary());
      String factory = factoryDefault(session).text();
      assertTrue(factory.contains("<port>123</port>"), factory);
      assertFalse(factory.contains("11123"), factory);

      assertEquals("ok", session.rpc(RESET).summary());
      assertEquals(first, running(session));
      assertEquals(
          first, session.rpc("<get-config><source><candidate/></source></get-config>").data());
      assertTrue(other.awaitClosed());
    }
    // It survives a restart, whatever the first configuration would be now.
    try (TestServer server = TestServer.withFirst(folder, ntp("<port>2000</port>"))) {
      TestSession session = server.session();
      assertTrue(running(session).contains("<port>123</port>"));
      assertTrue(factoryDefault(session).text().contains("<port>123</port>"));
    }
  }

  @Test
  void respectsTheLocksOfOthers() throws Exception {
    try (TestServer server = TestServer.withFirst(folder, ntp("<port>123</port>"))) {
      TestSession session = server.session();
      TestSession other = server.session();
      assertEquals("ok", other.rpc("<lock><target><running/></target></lock>").summary());
      assertEquals("protocol in-use session-id=" + other.sessionId(), session.rpc(RESET).summary());
      assertTrue(other.rpc("<unlock><target><running/></target></unlock>").summary().equals("ok"));
    }
  }

  @Test
  void cannotBeEdited() throws Exception {
    try (TestServer server = TestServer.withFirst(folder, "")) {
      assertEquals(
          "protocol invalid-value bad-element=datastore",
          server
              .session()
              .rpc(
                  "<edit-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
                      + " xmlns:fd='urn:ietf:params:xml:ns:yang:ietf-factory-default'>"
                      + "<datastore>fd:factory-default</datastore><config/></edit-data>")
              .summary());
    }
  }

  @Test
  void saysIfItWasNeverKept() throws Exception {
    try (TestServer server = TestServer.withFirst(folder, ntp("<port>123</port>"))) {
      assertTrue(running(server.session()).contains("123"));
    }
    Files.delete(folder.resolve("factory-default"));
    try (TestServer server = TestServer.withFirst(folder, "")) {
      TestSession session = server.session();
      assertEquals("application operation-failed", factoryDefault(session).summary());
      assertEquals("application operation-failed", session.rpc(RESET).summary());
      assertTrue(running(session).contains("<port>123</port>"));
    }
  }
}
