package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Confirmed commits and revisions as clients meet them (RFC 6241 section 8.4,
/// chronoconf-transactions).
final class ConfirmedCommitRepliesTest {
  private static final String IF_REVISION =
      "<if-revision xmlns=\"urn:chronoconf:yang:transactions\">%s</if-revision>";

  @TempDir Path folder;
  private TestServer server;
  private TestSession one;
  private TestSession two;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, SessionLimits.DEFAULT);
    one = server.session();
    two = server.session();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String edit(String hostname, String more) {
    return "<edit-config><target><candidate/></target>"
        + more
        + "<config><system xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><hostname>"
        + hostname
        + "</hostname></system></config></edit-config>";
  }

  private String running() throws IOException {
    String data = two.rpc("<get-config><source><running/></source></get-config>").data();
    Matcher matcher = Pattern.compile("<hostname>(.*?)</hostname>").matcher(data);
    return matcher.find() ? String.valueOf(matcher.group(1)) : "none";
  }

  private void commitConfirmed(String parameters) throws IOException {
    assertEquals("ok", one.rpc(edit("new", "")).summary());
    assertEquals("ok", one.rpc("<commit><confirmed/>" + parameters + "</commit>").summary());
    assertEquals("new", running());
  }

  private static String subscribe() {
    return "<create-subscription xmlns=\"urn:ietf:params:xml:ns:netconf:notification:1.0\"/>";
  }

  private static String next(TestSession session) throws IOException {
    return new NotificationText(session.receive().orElseThrow()).toString();
  }

  @Test
  void isRevertedAfterTheTimeoutAndTold() throws Exception {
    // Once they have answered, nothing more is told of their beginnings.
    assertEquals("ok", one.rpc("<discard-changes/>").summary());
    assertEquals("none", running());
    TestSession listener = server.session();
    assertEquals("ok", listener.rpc(subscribe()).summary());
    commitConfirmed("<confirm-timeout>5</confirm-timeout>");
    String who = "username=admin session-id=" + one.sessionId() + " source-host=192.0.2.7";
    assertEquals(
        "netconf-confirmed-commit{" + who + " confirm-event=start timeout=5}", next(listener));
    assertTrue(next(listener).startsWith("netconf-config-change"));
    server.alarms.advance(Duration.ofSeconds(5));
    assertEquals("netconf-confirmed-commit{confirm-event=timeout}", next(listener));
    assertTrue(next(listener).contains("server"));
    assertEquals("none", running());
  }

  @Test
  void waitsTenMinutesUnlessToldOtherwise() throws Exception {
    commitConfirmed("");
    server.alarms.advance(Duration.ofMinutes(10).minusMillis(1));
    assertEquals("new", running());
    server.alarms.advance(Duration.ofMillis(1));
    assertEquals("ok", one.rpc("<discard-changes/>").summary());
    assertEquals("none", running());
  }

  @Test
  void isLostWithItsSession() throws Exception {
    commitConfirmed("");
    assertEquals("ok", one.rpc("<close-session/>").summary());
    one.awaitClosed();
    assertEquals("none", running());
  }

  @Test
  void isConfirmedByAnotherSessionWithItsToken() throws Exception {
    commitConfirmed("<persist>token</persist>");
    assertEquals("ok", one.rpc("<close-session/>").summary());
    one.awaitClosed();
    assertEquals("protocol in-use session-id=0", two.rpc("<commit/>").summary());
    assertEquals(
        "protocol invalid-value",
        two.rpc("<commit><persist-id>wrong</persist-id></commit>").summary());
    assertEquals("ok", two.rpc("<commit><persist-id>token</persist-id></commit>").summary());
    server.alarms.advance(Duration.ofHours(1));
    assertEquals("new", running());
  }

  @Test
  void isCancelled() throws Exception {
    assertEquals("protocol operation-failed", one.rpc("<cancel-commit/>").summary());
    commitConfirmed("");
    assertEquals("protocol invalid-value", two.rpc("<cancel-commit/>").summary());
    assertEquals(
        "protocol invalid-value",
        one.rpc("<cancel-commit><persist-id>x</persist-id></cancel-commit>").summary());
    assertEquals("ok", one.rpc("<cancel-commit/>").summary());
    assertEquals("none", running());
    commitConfirmed("<persist>token</persist>");
    assertEquals(
        "ok", two.rpc("<cancel-commit><persist-id>token</persist-id></cancel-commit>").summary());
    assertEquals("none", running());
  }

  @Test
  void refusesParametersThatMeanNothing() throws Exception {
    assertEquals(
        "protocol missing-element bad-element=confirmed",
        one.rpc("<commit><persist>x</persist></commit>").summary());
    for (String seconds : new String[] {"0", "-1", "4294967296", "soon", ""}) {
      assertEquals(
          "protocol invalid-value",
          one.rpc(
                  "<commit><confirmed/><confirm-timeout>%s</confirm-timeout></commit>"
                      .formatted(seconds))
              .summary());
    }
    assertEquals(
        "protocol bad-element bad-element=confirmed",
        one.rpc("<commit><confirmed>yes</confirmed></commit>").summary());
  }

  @Test
  void keepsRunningFromTheLocksOfOthers() throws Exception {
    commitConfirmed("");
    assertEquals(
        "protocol lock-denied session-id=" + one.sessionId(),
        two.rpc("<lock><target><running/></target></lock>").summary());
    assertEquals("ok", one.rpc("<lock><target><running/></target></lock>").summary());
  }

  private String revision() throws IOException {
    String data =
        two.rpc(
                "<get><filter><transactions xmlns=\"urn:chronoconf:yang:transactions\">"
                    + "<revision/></transactions></filter></get>")
            .data();
    Matcher matcher = Pattern.compile("<revision>(.*?)</revision>").matcher(data);
    assertTrue(matcher.find(), data);
    return String.valueOf(matcher.group(1));
  }

  @Test
  void changesOnlyWhatTheClientHasSeen() throws Exception {
    String seen = IF_REVISION.formatted(revision());
    assertEquals("ok", one.rpc(edit("new", seen)).summary());
    assertEquals("ok", one.rpc("<commit>" + seen + "</commit>").summary());
    String mismatch = "application operation-failed [revision-mismatch]";
    assertEquals(mismatch, two.rpc(edit("newer", seen)).summary());
    assertEquals(mismatch, two.rpc("<commit>" + seen + "</commit>").summary());
    assertEquals(
        mismatch,
        two.rpc(
                "<copy-config><target><candidate/></target><source><running/></source>"
                    + seen
                    + "</copy-config>")
            .summary());
    assertEquals("ok", two.rpc(edit("newer", IF_REVISION.formatted(revision()))).summary());
  }

  @Test
  void tellsOfCommitsAndGoesBack() throws Exception {
    for (String name : new String[] {"first", "second"}) {
      assertEquals("ok", one.rpc(edit(name, "")).summary());
      assertEquals("ok", one.rpc("<commit/>").summary());
    }
    String told =
        two.rpc(
                "<get><filter><transactions xmlns=\"urn:chronoconf:yang:transactions\">"
                    + "<commit><number>3</number></commit></transactions></filter></get>")
            .data();
    assertTrue(told.contains("<username>admin</username>"), told);
    assertTrue(told.contains("<change-count>1</change-count>"), told);
    assertTrue(told.contains("/sys:system/sys:hostname</target>"), told);
    assertTrue(told.contains("<operation>replace</operation>"), told);
    assertFalse(told.contains("<number>2</number>"), told);
    assertEquals("ok", two.rpc(rollback("<commit>2</commit>")).summary());
    assertEquals("first", running());
    assertEquals("application invalid-value", two.rpc(rollback("<commit>99</commit>")).summary());
    assertEquals(
        "application missing-element at /cct:rollback/cct:commit bad-element=commit",
        two.rpc(rollback("")).summary());
    assertEquals(
        "application operation-failed [revision-mismatch]",
        two.rpc(rollback("<commit>3</commit><if-revision>0</if-revision>")).summary());
  }

  private static String rollback(String parameters) {
    return "<rollback xmlns=\"urn:chronoconf:yang:transactions\">" + parameters + "</rollback>";
  }
}
