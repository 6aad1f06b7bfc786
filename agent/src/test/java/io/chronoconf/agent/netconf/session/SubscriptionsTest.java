package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;

/// Subscriptions to events and datastores as clients meet them (RFC 8639, RFC 8640, RFC 8641).
final class SubscriptionsTest {
  private static final String SN = "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";
  private static final String YP = "urn:ietf:params:xml:ns:yang:ietf-yang-push";
  private static final String DS = "urn:ietf:params:xml:ns:yang:ietf-datastores";
  private static final String SYS = "urn:ietf:params:xml:ns:yang:ietf-system";
  private static final QName START =
      QName.create(
          "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications",
          "2012-02-06",
          "netconf-session-start");
  private static final String SYSTEM_START =
      "<system xmlns=\"" + SYS + "\" xmlns:sys=\"" + SYS + "\">";
  private static final String HOSTNAME = "<system xmlns=\"" + SYS + "\"><hostname/></system>";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-01-01T12:00:00Z");
  private TestServer server;
  private TestSession session;
  private TestSession other;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, SessionLimits.DEFAULT, clock);
    session = server.session();
    other = server.session();
    // Once they are answered, what tells of their start has been told.
    assertEquals("data", session.rpc("<get><filter/></get>").summary());
    assertEquals("data", other.rpc("<get><filter/></get>").summary());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String establish(String parameters) {
    return "<establish-subscription xmlns=\"%s\" xmlns:yp=\"%s\" xmlns:ds=\"%s\">%s</establish-subscription>"
        .formatted(SN, YP, DS, parameters);
  }

  private static String push(String datastore, String filter, String trigger) {
    return establish("<yp:datastore>ds:" + datastore + "</yp:datastore>" + filter + trigger);
  }

  private static String subtree(String filter) {
    return "<yp:datastore-subtree-filter>" + filter + "</yp:datastore-subtree-filter>";
  }

  private static String onChange(String more) {
    return "<yp:on-change>" + more + "</yp:on-change>";
  }

  private long established(String operation) throws IOException {
    String reply = session.rpc(operation).text();
    Matcher matcher = Pattern.compile("<id xmlns=\"" + SN + "\">(\\d+)</id>").matcher(reply);
    assertTrue(matcher.find(), reply);
    return Long.parseLong(matcher.group(1));
  }

  private String next() throws IOException {
    return session.receive().orElseThrow();
  }

  private void commit(String hostname) throws IOException {
    assertEquals(
        "ok",
        other
            .rpc(
                "<edit-config><target><candidate/></target><config><system xmlns=\"%s\"><hostname>%s</hostname></system></config></edit-config>"
                    .formatted(SYS, hostname))
            .summary());
    assertEquals("ok", other.rpc("<commit/>").summary());
  }

  private void publish(long id) {
    server.notifications.publish(
        START,
        n ->
            n.leaf(QName.create(START, "username"), "someone")
                .leaf(QName.create(START, "session-id"), id));
  }

  private static String with(String operation, long id, String more) {
    return "<%s xmlns=\"%s\" xmlns:yp=\"%s\" xmlns:ds=\"%s\"><id>%d</id>%s</%s>"
        .formatted(operation, SN, YP, DS, id, more, operation);
  }

  private static void assertHolds(String expected, String text) {
    assertTrue(text.contains(expected), text);
  }

  @Test
  void eventsOfTheStreamAreSent() throws Exception {
    established(establish("<stream>NETCONF</stream>"));
    publish(77);
    assertHolds("<session-id>77</session-id>", next());
  }

  @Test
  void aSessionHasSeveralSubscriptionsEachWithItsFilter() throws Exception {
    long one =
        established(
            establish(
                "<stream>NETCONF</stream><stream-subtree-filter><netconf-session-end"
                    + " xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-notifications\"/>"
                    + "</stream-subtree-filter>"));
    long two =
        established(
            establish(
                "<stream>NETCONF</stream><stream-xpath-filter"
                    + " xmlns:n=\"urn:ietf:params:xml:ns:yang:ietf-netconf-notifications\">"
                    + "/n:netconf-session-start[n:session-id=78]</stream-xpath-filter>"));
    assertEquals(one + 1, two);
    publish(77);
    publish(78);
    assertHolds("<session-id>78</session-id>", next());
    String state = subscriptions();
    assertFalse(state.contains("<excluded-event-records>0</excluded-event-records>"), state);
    assertHolds("<sent-event-records>1</sent-event-records>", state);
  }

  private String subscriptions() throws IOException {
    return other.rpc("<get><filter><subscriptions xmlns=\"" + SN + "\"/></filter></get>").data();
  }

  @Test
  void whatHappenedIsReplayed() throws Exception {
    publish(77);
    String reply =
        session
            .rpc(
                establish(
                    "<stream>NETCONF</stream>"
                        + "<replay-start-time>2020-01-01T00:00:00Z</replay-start-time>"))
            .text();
    assertHolds("<replay-start-time-revision", reply);
    String text = next();
    while (!text.contains("<replay-completed")) {
      assertHolds("netconf-session-start", text);
      text = next();
    }
    publish(78);
    while (!text.contains("<session-id>78</session-id>")) {
      text = next();
      assertHolds("netconf-", text);
    }
  }

  @Test
  void aSubscriptionEndsAtItsStopTime() throws Exception {
    established(establish("<stream>NETCONF</stream><stop-time>2026-01-01T12:00:10Z</stop-time>"));
    clock.set("2026-01-01T12:00:11Z");
    String last = next();
    assertHolds("<subscription-terminated", last);
    assertHolds(":no-such-subscription</reason>", last);
  }

  @Test
  void badRequestsAreRefusedWithTheIdentity() throws Exception {
    String app = "application invalid-value";
    assertRefused(
        app
            + " [ietf-yang-push:period-unsupported]"
            + " establish-subscription-datastore-error-info=10",
        push("running", "", "<yp:periodic><yp:period>9</yp:period></yp:periodic>"));
    assertRefused(
        app + " [ietf-yang-push:datastore-not-subscribable]", push("startup", "", onChange("")));
    assertRefused(
        app + " [ietf-subscribed-notifications:encoding-unsupported]",
        establish("<stream>NETCONF</stream><encoding>ds:running</encoding>"));
    assertRefused(
        app + " [ietf-subscribed-notifications:filter-unsupported]",
        establish("<stream>NETCONF</stream><stream-xpath-filter>1+1</stream-xpath-filter>"));
    assertRefused(
        app + " [ietf-subscribed-notifications:filter-unsupported]",
        push("running", "<yp:selection-filter-ref>none</yp:selection-filter-ref>", onChange("")));
    assertRefused(app, establish("<stream>OTHER</stream>"));
    assertRefused(
        app, establish("<stream>NETCONF</stream><stop-time>2020-01-01T00:00:00Z</stop-time>"));
    assertRefused("protocol missing-element bad-element=stream", establish(""));
    assertRefused("application missing-element bad-element=periodic", push("running", "", ""));
    assertRefused(
        "protocol bad-element bad-element=on-change",
        push("running", "", "<yp:periodic><yp:period>10</yp:period></yp:periodic>" + onChange("")));
    assertRefused(
        "protocol bad-element bad-element=datastore",
        push("running", "<stream>NETCONF</stream>", onChange("")));
    for (String operation :
        new String[] {"modify-subscription", "delete-subscription", "kill-subscription"}) {
      assertRefused(
          app + " [ietf-subscribed-notifications:no-such-subscription]",
          with(
              operation,
              99,
              operation.startsWith("modify") ? "<stop-time>2030-01-01T00:00:00Z</stop-time>" : ""));
    }
    assertRefused(
        app + " [ietf-yang-push:no-such-subscription-resync]",
        "<resync-subscription xmlns=\"" + YP + "\"><id>99</id></resync-subscription>");
  }

  private void assertRefused(String expected, String operation) throws IOException {
    assertEquals(expected, session.rpc(operation).summary(), operation);
  }

  @Test
  void everyDatastoreCanBeSubscribedTo() throws Exception {
    commit("a");
    for (String datastore : new String[] {"intended", "candidate", "operational"}) {
      long id = established(push(datastore, subtree(HOSTNAME), onChange("")));
      assertHolds("<hostname>a</hostname>", next());
      assertEquals("ok", session.rpc(with("delete-subscription", id, "")).summary());
    }
    assertRefused(
        "application operation-failed [ietf-yang-push:unchanging-selection]",
        "<establish-subscription xmlns=\"%s\" xmlns:yp=\"%s\"><yp:datastore xmlns:f=\"urn:ietf:params:xml:ns:yang:ietf-factory-default\">f:factory-default</yp:datastore>%s</establish-subscription>"
            .formatted(SN, YP, onChange("")));
  }

  @Test
  void thereAreNotTooMany() throws Exception {
    for (int i = 0; i < SessionLimits.DEFAULT_MAX_SUBSCRIPTIONS; i++) {
      established(establish("<stream>NETCONF</stream>"));
    }
    assertRefused(
        "application resource-denied [ietf-subscribed-notifications:insufficient-resources]",
        establish("<stream>NETCONF</stream>"));
  }

  @Test
  void aDatastoreIsSentAgainAndAgain() throws Exception {
    commit("a");
    long id =
        established(
            push(
                "running",
                subtree(HOSTNAME),
                "<yp:periodic><yp:period>10</yp:period></yp:periodic>"));
    String content =
        "<push-update xmlns=\"%s\"><id>%d</id><datastore-contents>%s<hostname>a</hostname></system></datastore-contents></push-update>"
            .formatted(YP, id, SYSTEM_START);
    assertHolds(content, next());
    assertHolds(content, next());
  }

  @Test
  void changesAreSentAsTheyAreCommitted() throws Exception {
    long id = established(push("running", subtree(HOSTNAME), onChange("")));
    assertHolds("<datastore-contents/>", next());
    commit("a");
    String created = next();
    assertHolds("<id>" + id + "</id>", created);
    assertHolds(
        "<patch-id>0</patch-id><edit><edit-id>edit1</edit-id><operation>create</operation>"
            + "<target>/ietf-system:system</target><value>"
            + SYSTEM_START
            + "<hostname>a</hostname></system></value></edit>",
        created);
    commit("b");
    String replaced = next();
    assertHolds("<patch-id>1</patch-id>", replaced);
    assertHolds(
        "<operation>replace</operation><target>/ietf-system:system/hostname</target>"
            + "<value><hostname xmlns=\""
            + SYS
            + "\">b</hostname></value>",
        replaced);
  }

  @Test
  void changesCanBeExcludedAndTheFirstUpdateLeftOut() throws Exception {
    established(
        push(
            "running",
            "<yp:datastore-xpath-filter xmlns:s=\""
                + SYS
                + "\">/s:system/s:hostname</yp:datastore-xpath-filter>",
            onChange(
                "<yp:sync-on-start>false</yp:sync-on-start>"
                    + "<yp:excluded-change>create</yp:excluded-change>")));
    commit("a");
    String change = commitUntilTold();
    assertFalse(change.contains("<push-update"), change);
    assertFalse(change.contains("<operation>create"), change);
    assertHolds("<operation>replace</operation>", change);
  }

  // Changes that come before the first look are nobody's.
  private String commitUntilTold() throws Exception {
    CompletableFuture<String> told =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return next();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    for (int i = 0; i < 1_000 && !told.isDone(); i++) {
      commit("name" + i);
    }
    return told.get(20, TimeUnit.SECONDS);
  }

  @Test
  void everythingIsSentAnewOnRequest() throws Exception {
    commit("a");
    long id = established(push("running", subtree(HOSTNAME), onChange("")));
    assertHolds("push-update", next());
    assertEquals(
        "ok",
        session
            .rpc(
                "<resync-subscription xmlns=\"%s\"><id>%d</id></resync-subscription>"
                    .formatted(YP, id))
            .summary());
    assertHolds("<hostname>a</hostname>", next());
  }

  @Test
  void aSubscriptionIsModifiedAndSaysSo() throws Exception {
    commit("a");
    long id = established(push("running", subtree(HOSTNAME), onChange("")));
    next();
    assertEquals(
        "ok",
        session
            .rpc(
                with(
                    "modify-subscription",
                    id,
                    "<yp:datastore>ds:running</yp:datastore>"
                        + subtree("<system xmlns=\"" + SYS + "\"><contact/></system>")
                        + onChange("<yp:dampening-period>20</yp:dampening-period>")))
            .summary());
    String modified = next();
    assertHolds("<subscription-modified", modified);
    assertHolds("<dampening-period>20</dampening-period>", modified);
    assertHolds("<datastore-contents/>", next());
  }

  @Test
  void stateOfTheDeviceIsPushedToo() throws Exception {
    established(
        push(
            "operational",
            subtree(
                "<subscriptions xmlns=\""
                    + SN
                    + "\"><subscription><id/></subscription></subscriptions>"),
            onChange("")));
    assertHolds("<subscription><id>1</id></subscription>", next());
    established(establish("<stream>NETCONF</stream>"));
    assertHolds(
        "<operation>create</operation>"
            + "<target>/ietf-subscribed-notifications:subscriptions/subscription=2</target>",
        next());
  }

  @Test
  void aFilterCanBeConfigured() throws Exception {
    assertEquals(
        "ok",
        other
            .rpc(
                "<edit-config><target><candidate/></target><config><filters xmlns=\"%s\"><selection-filter xmlns=\"%s\"><filter-id>name</filter-id><datastore-xpath-filter xmlns:s=\"%s\">/s:system/s:hostname</datastore-xpath-filter></selection-filter></filters></config></edit-config>"
                    .formatted(SN, YP, SYS))
            .summary());
    assertEquals("ok", other.rpc("<commit/>").summary());
    commit("a");
    established(
        push("running", "<yp:selection-filter-ref>name</yp:selection-filter-ref>", onChange("")));
    assertHolds(
        "<datastore-contents>"
            + SYSTEM_START
            + "<hostname>a</hostname></system>"
            + "</datastore-contents>",
        next());
    assertHolds("<selection-filter-ref xmlns=\"" + YP + "\">name<", subscriptions());
  }

  @Test
  void aKilledSubscriptionTellsItsReceiver() throws Exception {
    long id = established(push("running", subtree(HOSTNAME), onChange("")));
    next();
    assertEquals(
        "application invalid-value [ietf-subscribed-notifications:no-such-subscription]",
        other.rpc(with("delete-subscription", id, "")).summary());
    assertEquals("ok", other.rpc(with("kill-subscription", id, "")).summary());
    assertHolds("<subscription-terminated", next());
    assertEquals("", subscriptions());
  }

  @Test
  void aDeletedSubscriptionIsSilent() throws Exception {
    long id = established(establish("<stream>NETCONF</stream>"));
    assertEquals("ok", session.rpc(with("delete-subscription", id, "")).summary());
    publish(77);
    long next = established(establish("<stream>NETCONF</stream>"));
    assertEquals(id + 1, next);
    publish(78);
    assertHolds("<session-id>78</session-id>", next());
  }

  @Test
  void subscriptionsEndWithTheirSession() throws Exception {
    established(push("running", "", onChange("")));
    session.drop();
    session.awaitClosed();
    assertEquals("", subscriptions());
  }
}
