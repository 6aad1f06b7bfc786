package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.url.ConfigUrls;
import io.chronoconf.agent.netconf.url.FileScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent offers only if it is told to: `:writable-running`, `:startup` and `:url`.
final class OptionalCapabilitiesTest {
  private static final int MAX_BYTES = 10_000;
  private static final String SYSTEM =
      "<system xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><hostname>%s</hostname></system>";

  @TempDir Path folder;
  private Path files;
  private TestServer server;
  private TestSession session;

  @BeforeEach
  void start() throws Exception {
    files = Files.createDirectory(folder.resolve("files"));
    server =
        new TestServer(
            folder.resolve("state"),
            SessionLimits.DEFAULT,
            InstantSource.system(),
            TestServer.ALL,
            new ConfigUrls(Map.of("file", new FileScheme(files, MAX_BYTES))));
    session = server.session();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String rpc(String operation) throws IOException {
    return session.rpc(operation).summary();
  }

  private String edit(String target, String hostname) throws IOException {
    return rpc(
        "<edit-config><target><%s/></target><config>%s</config></edit-config>"
            .formatted(target, SYSTEM.formatted(hostname)));
  }

  private String copy(String target, String source) throws IOException {
    return rpc(
        "<copy-config><target>%s</target><source>%s</source></copy-config>"
            .formatted(target, source));
  }

  private static String url(String url) {
    return "<url>" + url + "</url>";
  }

  private boolean holds(String datastore, String hostname) throws IOException {
    return session
        .rpc("<get-config><source><" + datastore + "/></source></get-config>")
        .data()
        .contains("<hostname>" + hostname + "</hostname>");
  }

  @Test
  void areAnnounced() throws Exception {
    String state =
        session
            .rpc(
                "<get><filter><netconf-state xmlns=\"urn:ietf:params:xml:ns:yang:"
                    + "ietf-netconf-monitoring\"><capabilities/><datastores/></netconf-state>"
                    + "</filter></get>")
            .text();
    for (String expected :
        new String[] {
          "capability:writable-running:1.0<",
          "capability:startup:1.0<",
          "capability:url:1.0?scheme=file<",
          "<name>startup</name>"
        }) {
      assertTrue(state.contains(expected), state);
    }
  }

  @Test
  void runningIsEdited() throws Exception {
    assertEquals("ok", edit("running", "a"));
    assertTrue(holds("running", "a"));
    assertEquals("ok", copy("<running/>", "<config>" + SYSTEM.formatted("b") + "</config>"));
    assertTrue(holds("running", "b"));
    assertFalse(holds("startup", "b"));
  }

  @Test
  void theStartupIsSavedAndDeleted() throws Exception {
    assertEquals("ok", edit("running", "a"));
    assertEquals("ok", copy("<startup/>", "<running/>"));
    assertTrue(holds("startup", "a"));
    assertEquals("ok", rpc("<validate><source><startup/></source></validate>"));
    assertEquals("ok", rpc("<lock><target><startup/></target></lock>"));
    assertEquals("ok", rpc("<delete-config><target><startup/></target></delete-config>"));
    assertFalse(holds("startup", "a"));
    assertEquals("protocol operation-not-supported", edit("startup", "b"));
  }

  @Test
  void aSavedStartupIsTold() throws Exception {
    assertEquals("ok", edit("running", "a"));
    TestSession listener = server.session();
    assertEquals(
        "ok",
        listener
            .rpc("<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>")
            .summary());
    assertEquals("ok", copy("<startup/>", "<running/>"));
    String told = new NotificationText(listener.receive().orElseThrow()).toString();
    assertTrue(told.endsWith("datastore=startup edit{target=/sys:system operation=create}}"), told);
    // A save that changes nothing is no event.
    assertEquals("ok", copy("<startup/>", "<running/>"));
    assertEquals("ok", rpc("<delete-config><target><startup/></target></delete-config>"));
    told = new NotificationText(listener.receive().orElseThrow()).toString();
    assertTrue(told.endsWith("datastore=startup edit{target=/sys:system operation=delete}}"), told);
  }

  @Test
  void filesAreWrittenReadAndDeleted() throws Exception {
    assertEquals("ok", edit("running", "a"));
    assertEquals("ok", copy(url("file:///a.xml"), "<running/>"));
    assertTrue(Files.readString(files.resolve("a.xml")).contains("<hostname>a</hostname>"));
    assertEquals("ok", edit("running", "b"));
    assertEquals("ok", rpc("<validate><source>" + url("file:///a.xml") + "</source></validate>"));
    assertEquals("ok", copy("<candidate/>", url("file:///a.xml")));
    assertTrue(holds("candidate", "a"));
    assertEquals(
        "ok",
        rpc("<edit-config><target><running/></target>" + url("file:///a.xml") + "</edit-config>"));
    assertTrue(holds("running", "a"));
    assertEquals(
        "ok", rpc("<delete-config><target>" + url("file:/a.xml") + "</target></delete-config>"));
    assertFalse(Files.exists(files.resolve("a.xml")));
    assertEquals("application operation-failed", copy("<candidate/>", url("file:///a.xml")));
  }

  @Test
  void filesOutsideTheFolderAreOutOfReach() throws Exception {
    Files.writeString(folder.resolve("secret"), "<config/>");
    Files.createSymbolicLink(files.resolve("link"), folder.resolve("secret"));
    for (String bad :
        new String[] {
          "file:///../secret",
          "file:///%2e%2e/secret",
          "file:///a/../../secret",
          "file://host/a.xml",
          "file:a.xml",
          "file:///",
          "file:///.hidden",
          "ftp://host/a.xml",
          "a.xml",
          "file:///a b"
        }) {
      assertEquals("protocol invalid-value bad-element=url", copy("<candidate/>", url(bad)), bad);
      assertEquals("protocol invalid-value bad-element=url", copy(url(bad), "<running/>"), bad);
    }
    assertEquals("application operation-failed", copy("<candidate/>", url("file:///link")));
  }

  @Test
  void whatLiesInAFileIsReadLikeAMessage() throws Exception {
    for (String bad :
        new String[] {
          "",
          "<data/>",
          "<config/>",
          "<!DOCTYPE config><config xmlns=\"" + TestSession.BASE + "\"/>",
          "<config xmlns=\"" + TestSession.BASE + "\">"
        }) {
      Files.writeString(files.resolve("bad.xml"), bad);
      assertEquals(
          "application operation-failed", copy("<candidate/>", url("file:///bad.xml")), bad);
    }
    Files.writeString(files.resolve("bad.xml"), "x".repeat(MAX_BYTES + 1));
    assertEquals("application too-big", copy("<candidate/>", url("file:///bad.xml")));
    Files.writeString(
        files.resolve("bad.xml"),
        "<config xmlns=\"" + TestSession.BASE + "\"><x xmlns=\"urn:x\"/></config>");
    assertEquals(
        "protocol unknown-namespace bad-element=x bad-namespace=urn:x",
        copy("<candidate/>", url("file:///bad.xml")));
  }

  @Test
  void anEditTakesConfigOrUrl() throws Exception {
    assertEquals(
        "protocol bad-element bad-element=url",
        rpc(
            "<edit-config><target><running/></target><config/>"
                + url("file:///a.xml")
                + "</edit-config>"));
    assertEquals(
        "protocol missing-element bad-element=config",
        rpc("<edit-config><target><running/></target></edit-config>"));
  }
}
