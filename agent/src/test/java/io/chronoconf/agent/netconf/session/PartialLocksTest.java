package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Locks on parts of running as clients meet them (RFC 5717).
final class PartialLocksTest {
  private static final String PL = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";
  private static final String SYS = "urn:ietf:params:xml:ns:yang:ietf-system";
  private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
  private static final String ETH0 = "/i:interfaces/i:interface[i:name='eth0']";

  @TempDir Path folder;
  private TestServer server;
  private TestSession one;
  private TestSession two;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, SessionLimits.DEFAULT);
    one = server.session();
    two = server.session();
    for (String name : new String[] {"eth0", "eth1"}) {
      assertEquals("ok", edit(one, description(name, "first")));
    }
    assertEquals("ok", one.rpc("<commit/>").summary());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String description(String name, String text) {
    return "<interfaces xmlns=\"%s\"><interface><name>%s</name><type xmlns:t=\"urn:ietf:params:xml:ns:yang:iana-if-type\">t:ethernetCsmacd</type><description>%s</description></interface></interfaces>"
        .formatted(IF, name, text);
  }

  private static String edit(TestSession session, String config) throws IOException {
    return session
        .rpc(
            "<edit-config><target><candidate/></target><config>"
                + config
                + "</config></edit-config>")
        .summary();
  }

  private static String lock(String... select) {
    StringBuilder operation = new StringBuilder("<partial-lock xmlns=\"" + PL + "\">");
    for (String expression : select) {
      operation
          .append("<select xmlns:i=\"" + IF + "\" xmlns:s=\"" + SYS + "\">")
          .append(expression)
          .append("</select>");
    }
    return operation.append("</partial-lock>").toString();
  }

  private static long locked(TestSession session, String... select) throws IOException {
    String reply = session.rpc(lock(select)).text();
    Matcher matcher = Pattern.compile("<lock-id[^>]*>(\\d+)</lock-id>").matcher(reply);
    assertTrue(matcher.find(), reply);
    return Long.parseLong(matcher.group(1));
  }

  private static String unlock(long id) {
    return "<partial-unlock xmlns=\"%s\"><lock-id>%d</lock-id></partial-unlock>".formatted(PL, id);
  }

  @Test
  void othersChangeOnlyTheRest() throws Exception {
    locked(one, ETH0);
    assertEquals("ok", edit(two, description("eth1", "second")));
    assertEquals("ok", two.rpc("<commit/>").summary());
    assertEquals("ok", edit(two, description("eth0", "second")));
    assertEquals(
        "protocol in-use at /if:interfaces/if:interface[if:name='eth0']/if:description session-id="
            + one.sessionId(),
        two.rpc("<commit/>").summary());
    assertEquals("ok", one.rpc("<commit/>").summary());
  }

  @Test
  void whatHoldsALockedNodeIsNotDeleted() throws Exception {
    locked(one, ETH0);
    assertEquals(
        "ok",
        edit(
            two,
            "<interfaces xmlns=\"%s\" xmlns:nc=\"%s\" nc:operation=\"delete\"/>"
                .formatted(IF, TestSession.BASE)));
    assertEquals(
        "protocol in-use at /if:interfaces session-id=" + one.sessionId(),
        two.rpc("<commit/>").summary());
  }

  @Test
  void nodesAreNamedInTheReplyAndTheState() throws Exception {
    String reply = one.rpc(lock(ETH0 + " | /i:interfaces/i:interface[2]")).text();
    assertTrue(
        reply.contains("/if:interfaces/if:interface[if:name=&apos;eth0&apos;]</locked-node>")
            || reply.contains("/if:interfaces/if:interface[if:name='eth0']</locked-node>"),
        reply);
    String state =
        two.rpc(
                "<get><filter><netconf-state xmlns=\"urn:ietf:params:xml:ns:yang:"
                    + "ietf-netconf-monitoring\"><datastores/></netconf-state></filter></get>")
            .data();
    assertTrue(state.contains("<locked-by-session>" + one.sessionId() + "<"), state);
    assertTrue(state.contains("/if:interfaces/if:interface[if:name='eth0']"), state);
    assertTrue(state.contains("<select"), state);
  }

  @Test
  void locksExcludeEachOther() throws Exception {
    long id = locked(one, ETH0);
    String denied = "protocol lock-denied session-id=" + one.sessionId();
    assertEquals(denied, two.rpc(lock(ETH0)).summary());
    assertEquals(denied, two.rpc(lock("/i:interfaces")).summary());
    assertEquals(denied, two.rpc(lock(ETH0 + "/i:description")).summary());
    assertEquals(denied, two.rpc("<lock><target><running/></target></lock>").summary());
    assertEquals("ok", one.rpc("<lock><target><running/></target></lock>").summary());
    assertEquals("ok", one.rpc("<unlock><target><running/></target></unlock>").summary());
    locked(two, "/i:interfaces/i:interface[i:name='eth1']");
    assertEquals("application invalid-value bad-element=lock-id", two.rpc(unlock(id)).summary());
    assertEquals("ok", one.rpc(unlock(id)).summary());
    locked(two, ETH0);
    assertEquals(
        "protocol lock-denied session-id=" + two.sessionId(), one.rpc(lock(ETH0)).summary());
  }

  @Test
  void aLockedRunningHasNoPartsToLock() throws Exception {
    assertEquals("ok", one.rpc("<lock><target><running/></target></lock>").summary());
    assertEquals(
        "protocol lock-denied session-id=" + one.sessionId(), two.rpc(lock(ETH0)).summary());
    assertEquals("ok", one.rpc("<unlock><target><running/></target></unlock>").summary());
    assertEquals("ok", one.rpc("<commit><confirmed/></commit>").summary());
    assertEquals(
        "protocol lock-denied [outstanding-confirmed-commit] session-id=" + one.sessionId(),
        two.rpc(lock(ETH0)).summary());
  }

  @Test
  void locksGoWithTheirSession() throws Exception {
    locked(one, ETH0);
    one.drop();
    one.awaitClosed();
    locked(two, ETH0);
  }

  @Test
  void badRequestsAreRefused() throws Exception {
    assertRefused("application operation-failed [no-matches]", lock("/s:system/s:hostname"));
    assertRefused("application invalid-value [not-a-node-set] bad-element=select", lock("1 + 1"));
    assertRefused("application invalid-value bad-element=select", lock("/i:interfaces["));
    assertRefused("application invalid-value bad-element=select", lock("/interfaces"));
    assertRefused("protocol missing-element bad-element=select", lock());
    assertRefused(
        "protocol missing-element bad-element=lock-id", "<partial-unlock xmlns=\"" + PL + "\"/>");
    assertRefused(
        "protocol invalid-value",
        "<partial-unlock xmlns=\"" + PL + "\"><lock-id>x</lock-id></partial-unlock>");
    assertFalse(server.datastores.partialLocks().iterator().hasNext());
  }

  private void assertRefused(String expected, String operation) throws IOException {
    assertEquals(expected, one.rpc(operation).summary(), operation);
  }
}
