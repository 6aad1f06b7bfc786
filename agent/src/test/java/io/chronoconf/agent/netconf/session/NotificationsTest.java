package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;

/// Subscriptions as a client meets them (RFC 5277).
final class NotificationsTest {
  private static final String NS = "urn:ietf:params:xml:ns:netconf:notification:1.0";
  private static final String NCN = "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications";
  private static final QName START = QName.create(NCN, "2012-02-06", "netconf-session-start");

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock("2026-01-01T12:00:00Z");
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, SessionLimits.DEFAULT, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String subscription(String parameters) {
    return "<create-subscription xmlns=\"" + NS + "\">" + parameters + "</create-subscription>";
  }

  private static NotificationText next(TestSession session) throws IOException {
    return new NotificationText(session.receive().orElseThrow());
  }

  private TestSession subscribed(String parameters) throws IOException {
    TestSession session = server.session();
    assertEquals("ok", session.rpc(subscription(parameters)).summary());
    return session;
  }

  private void publish(long id) {
    server.notifications.publish(
        START,
        n ->
            n.leaf(QName.create(START, "username"), "someone")
                .leaf(QName.create(START, "session-id"), id));
  }

  private static String event(long id) {
    return "netconf-session-start{username=someone session-id=" + id + "}";
  }

  @Test
  void tellsOfSessions() throws Exception {
    TestSession listener = subscribed("");
    TestSession other = server.session();
    String who = "username=admin session-id=" + other.sessionId() + " source-host=192.0.2.7";
    NotificationText started = next(listener);
    assertEquals("netconf-session-start{" + who + "}", started.toString());
    assertEquals(Instant.parse("2026-01-01T12:00:00Z"), started.eventTime());
    other.rpc("<close-session/>");
    assertEquals(
        "netconf-session-end{" + who + " termination-reason=closed}", next(listener).toString());
  }

  @Test
  void tellsWhoKilledAndWhatWasDropped() throws Exception {
    TestSession listener = subscribed("");
    TestSession killed = server.session();
    TestSession dropped = server.session();
    next(listener);
    next(listener);
    listener.sendMessage(
        "<rpc xmlns=\"%s\" message-id=\"k\"><kill-session><session-id>%d</session-id></kill-session></rpc>"
            .formatted(TestSession.BASE, killed.sessionId()));
    String first = listener.receive().orElseThrow();
    String second = listener.receive().orElseThrow();
    String end = first.contains("<notification") ? first : second;
    assertEquals(
        "netconf-session-end{username=admin session-id=%d source-host=192.0.2.7 killed-by=%d termination-reason=killed}"
            .formatted(killed.sessionId(), listener.sessionId()),
        new NotificationText(end).toString());
    dropped.drop();
    assertTrue(next(listener).toString().endsWith("termination-reason=dropped}"));
  }

  @Test
  void badHelloEndsWithItsReason() throws Exception {
    TestSession listener = subscribed("");
    TestSession bad = server.connect();
    bad.receive();
    bad.send(TestSession.helloWith("urn:example:nothing") + "]]>]]>");
    assertTrue(next(listener).toString().endsWith("termination-reason=bad-hello}"));
  }

  @Test
  void tellsWhoChangedWhat() throws Exception {
    TestSession listener = subscribed("");
    TestSession editor = server.session();
    next(listener);
    String who =
        "netconf-config-change{changed-by{username=admin session-id=%d source-host=192.0.2.7} datastore=running"
            .formatted(editor.sessionId());
    String bill = "/acl:acls/acl:acl[acl:name='bill']";
    editor.rpc(edit("<acl><name>bill</name><type>ipv4-acl-type</type></acl>"));
    assertEquals("ok", editor.rpc("<commit/>").summary());
    assertEquals(who + " edit{target=/acl:acls operation=create}}", next(listener).toString());
    editor.rpc(edit("<acl><name>bill</name><type>ipv6-acl-type</type></acl>"));
    editor.rpc("<commit/>");
    assertEquals(
        who + " edit{target=" + bill + "/acl:type operation=replace}}", next(listener).toString());
    editor.rpc(edit("<acl><name>ann</name></acl>"));
    editor.rpc("<commit/>");
    assertEquals(
        who + " edit{target=/acl:acls/acl:acl[acl:name='ann'] operation=create}}",
        next(listener).toString());
    editor.rpc(
        edit(
            "<acl xmlns:nc=\""
                + TestSession.BASE
                + "\" nc:operation=\"delete\"><name>bill</name></acl>"));
    editor.rpc("<commit/>");
    assertEquals(who + " edit{target=" + bill + " operation=delete}}", next(listener).toString());
    // A commit that changes nothing is no event.
    editor.rpc("<commit/>");
    publish(3);
    assertEquals(event(3), next(listener).toString());
  }

  private static String edit(String acls) {
    return "<edit-config><target><candidate/></target><config>"
        + "<acls xmlns=\"urn:ietf:params:xml:ns:yang:ietf-access-control-list\">"
        + acls
        + "</acls></config></edit-config>";
  }

  @Test
  void refusesWhatCannotBe() throws Exception {
    TestSession session = server.session();
    String missing = "protocol missing-element bad-element=startTime";
    String badStart = "protocol bad-element bad-element=startTime";
    String badStop = "protocol bad-element bad-element=stopTime";
    List<List<String>> cases =
        List.of(
            List.of("protocol bad-element bad-element=stream", "<stream>SNMP</stream>"),
            List.of(missing, "<stopTime>2026-01-01T13:00:00Z</stopTime>"),
            List.of(badStart, "<startTime>2026-01-01T12:00:01Z</startTime>"),
            List.of(badStart, "<startTime>yesterday</startTime>"),
            List.of(
                badStop,
                "<startTime>2026-01-01T11:00:00Z</startTime>"
                    + "<stopTime>2026-01-01T12:59:59+02:00</stopTime>"),
            List.of("protocol unknown-element bad-element=speed", "<speed>1</speed>"));
    for (List<String> each : cases) {
      assertEquals(each.get(0), session.rpc(subscription(each.get(1))).summary(), each.get(1));
    }
    assertEquals("ok", session.rpc(subscription("<stream>NETCONF</stream>")).summary());
    assertEquals("protocol in-use", session.rpc(subscription("")).summary());
  }

  @Test
  void repliesBeforeItReplays() throws Exception {
    for (int i = 0; i < 20; i++) {
      publish(1_000 + i);
    }
    for (int round = 0; round < 50; round++) {
      TestSession session = subscribed("<startTime>2026-01-01T12:00:00Z</startTime>");
      assertFalse(next(session).toString().isEmpty());
      session.drop();
      assertTrue(session.awaitClosed());
    }
  }

  @Test
  void replaysAnIntervalAndEnds() throws Exception {
    publish(1);
    clock.set("2026-01-01T12:00:10Z");
    publish(2);
    clock.set("2026-01-01T12:00:20Z");
    publish(3);
    TestSession session =
        subscribed(
            // As ncclient writes it, in the namespace of get's filter.
            "<filter xmlns=\""
                + TestSession.BASE
                + "\"><netconf-session-start xmlns=\""
                + NCN
                + "\"><username>someone</username></netconf-session-start></filter>"
                + "<startTime>2026-01-01T12:00:05Z</startTime>"
                + "<stopTime>2026-01-01T12:00:30Z</stopTime>");
    NotificationText first = next(session);
    assertEquals(event(2), first.toString());
    assertEquals(Instant.parse("2026-01-01T12:00:10Z"), first.eventTime());
    assertEquals(event(3), next(session).toString());
    assertEquals("replayComplete{}", next(session).toString());
    publish(4);
    assertEquals(event(4), next(session).toString());
    clock.set("2026-01-01T12:00:31Z");
    publish(5);
    assertEquals("notificationComplete{}", next(session).toString());
    // The session lives on and may subscribe again.
    assertEquals("ok", session.rpc(subscription("")).summary());
    publish(6);
    assertEquals(event(6), next(session).toString());
  }

  @Test
  void endsAtItsStopTimeThoughNothingHappens() throws Exception {
    TestSession session =
        subscribed(
            "<startTime>2026-01-01T11:59:00Z</startTime>"
                + "<stopTime>2026-01-01T12:00:30Z</stopTime>");
    assertTrue(next(session).toString().startsWith("netconf-session-start{username=admin"));
    assertEquals("replayComplete{}", next(session).toString());
    clock.set("2026-01-01T12:00:31Z");
    server.notifications.completeExpired();
    assertEquals("notificationComplete{}", next(session).toString());
    TestSession past =
        subscribed(
            "<startTime>2026-01-01T11:00:00Z</startTime>"
                + "<stopTime>2026-01-01T11:00:00Z</stopTime>");
    assertEquals("replayComplete{}", next(past).toString());
    assertEquals("notificationComplete{}", next(past).toString());
  }

  @Test
  void filtersChooseWholeNotifications() throws Exception {
    TestSession session =
        subscribed(
            "<filter type=\"subtree\"><netconf-session-start xmlns=\""
                + NCN
                + "\"><username>someone</username><session-id/></netconf-session-start></filter>");
    TestSession other = server.session();
    other.rpc("<close-session/>");
    publish(8);
    assertEquals(event(8), next(session).toString());
    TestSession nothing = subscribed("<filter/>");
    publish(9);
    assertEquals("data", nothing.rpc("<get><filter/></get>").summary());
  }

  @Test
  void answersBetweenNotificationsAndCountsThem() throws Exception {
    TestSession session = subscribed("");
    publish(1);
    publish(2);
    next(session);
    next(session);
    String state =
        session
            .rpc(
                "<get><filter><netconf-state"
                    + " xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring\">"
                    + "<sessions><session><session-id>"
                    + session.sessionId()
                    + "</session-id><out-notifications/></session></sessions>"
                    + "<statistics><out-notifications/></statistics></netconf-state></filter></get>")
            .text();
    assertEquals(3, state.split("<out-notifications>2</out-notifications>", -1).length, state);
    String streams =
        session
            .rpc(
                "<get><filter><netconf"
                    + " xmlns=\"urn:ietf:params:xml:ns:netmod:notification\"/></filter></get>")
            .data();
    assertEquals(
        "<netconf xmlns=\"urn:ietf:params:xml:ns:netmod:notification\""
            + " xmlns:manageEvent=\"urn:ietf:params:xml:ns:netmod:notification\"><streams><stream>"
            + "<name>NETCONF</name><description>All notifications of this device.</description>"
            + "<replaySupport>true</replaySupport>"
            + "<replayLogCreationTime>2026-01-01T12:00:00Z</replayLogCreationTime>"
            + "</stream></streams></netconf>",
        streams);
  }

  @Test
  void endsASlowReaderAndNobodyElse() throws Exception {
    TestSession slow = subscribed("");
    TestSession reader = subscribed("");
    slow.stopReading();
    List<String> events = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      publish(i);
      events.add(event(i));
      heard.add(next(reader).toString());
    }
    assertTrue(slow.awaitClosed());
    heard.add(next(reader).toString());
    // Its end comes when it comes.
    String end = heard.stream().filter(text -> !events.contains(text)).findFirst().orElseThrow();
    heard.remove(end);
    assertEquals(events, heard);
    assertEquals(
        "netconf-session-end{username=admin session-id=%d source-host=192.0.2.7 termination-reason=other}"
            .formatted(slow.sessionId()),
        end);
    assertEquals("data", reader.rpc("<get><filter/></get>").summary());
  }

  @Test
  void aListenerMayBeSilent() throws Exception {
    SessionLimits usual = SessionLimits.DEFAULT;
    SessionLimits limits =
        new SessionLimits(
            10,
            usual.maxMessageBytes(),
            usual.xml(),
            usual.helloTimeout(),
            Duration.ofSeconds(1),
            usual.maxXPathSteps(),
            usual.maxSubscriptions());
    try (TestServer strict = new TestServer(folder.resolve("strict"), limits, clock)) {
      TestSession listener = strict.session();
      assertEquals("ok", listener.rpc(subscription("")).summary());
      TestSession silent = strict.session();
      assertTrue(next(listener).toString().startsWith("netconf-session-start"));
      assertEquals("data", silent.rpc("<get><filter/></get>").summary());
      assertTrue(silent.awaitClosed());
      assertTrue(next(listener).toString().endsWith("termination-reason=timeout}"));
      // The listener has been silent for longer than the other.
      strict.registry.endOverdue(System.nanoTime());
      assertEquals("data", listener.rpc("<get><filter/></get>").summary());
    }
  }
}
