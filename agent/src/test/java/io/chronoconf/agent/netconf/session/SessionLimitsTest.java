package io.chronoconf.agent.netconf.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.message.XmlLimits;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLimitsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private TestServer server(int sessions, Duration hello, Duration idle)
      throws StoreException, RpcException {
    return new TestServer(
        folder,
        new SessionLimits(
            sessions, 1_000_000, new XmlLimits(20, 16, 1_000), hello, idle, 10_000, 4));
  }

  @Test
  void refusesOneSessionTooManyUntilAPlaceIsFree()
      throws StoreException, RpcException, IOException, InterruptedException {
    try (TestServer server = server(2, LONG, Duration.ZERO)) {
      TestSession first = server.session();
      TestSession second = server.session();
      TestSession third = server.connect();
      assertTrue(third.awaitClosed());
      assertEquals(Optional.empty(), third.receive());
      first.rpc("<close-session/>");
      assertEquals(Optional.empty(), first.receive());
      while (server.registry.sessions().size() > 1) {
        Thread.onSpinWait();
      }
      assertEquals("data", server.session().rpc("<get><filter/></get>").summary());
      assertEquals("data", second.rpc("<get><filter/></get>").summary());
    }
  }

  @Test
  void refusesElementsThatNestTooDeep()
      throws StoreException, RpcException, IOException, InterruptedException {
    try (TestServer server = server(2, LONG, Duration.ZERO)) {
      TestSession session = server.session();
      String deepest = "<get><filter>%s%s</filter></get>";
      assertEquals(
          "data", session.rpc(deepest.formatted("<a>".repeat(17), "</a>".repeat(17))).summary());
      String refusal =
          session.rpc(deepest.formatted("<a>".repeat(18), "</a>".repeat(18))).toString();
      assertTrue(refusal.contains("deeper than 20"), refusal);
    }
  }

  @Test
  void refusesElementsWithTooManyAttributesAndValuesThatAreTooLong() throws Exception {
    try (TestServer server = server(2, LONG, Duration.ZERO)) {
      TestSession session = server.session();
      StringBuilder crowd = new StringBuilder("<get");
      for (int i = 0; i < 17; i++) {
        crowd.append(" xmlns:a").append(i).append("='urn:a'");
      }
      assertEquals("rpc malformed-message", session.rpc(crowd + "><filter/></get>").summary());
      String edit =
          "<edit-config><target><candidate/></target><config><system"
              + " xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><contact>%s</contact></system>"
              + "</config></edit-config>";
      assertEquals("ok", session.rpc(edit.formatted("x".repeat(1_000))).summary());
      assertEquals(
          "protocol too-big at /sys:system/sys:contact",
          session.rpc(edit.formatted("x".repeat(1_001))).summary());
    }
  }

  @Test
  void dropsASessionThatNeverSaysHello()
      throws StoreException, RpcException, IOException, InterruptedException {
    try (TestServer server = server(2, Duration.ofMillis(1), Duration.ZERO)) {
      TestSession session = server.connect();
      session.receive();
      assertTrue(session.awaitClosed());
    }
  }

  @Test
  void endsASessionThatStaysSilentAndFreesItsLock()
      throws StoreException, RpcException, IOException, InterruptedException {
    try (TestServer server = server(2, LONG, Duration.ofMillis(1_500))) {
      TestSession session = server.session();
      assertEquals("ok", session.rpc("<lock><target><running/></target></lock>").summary());
      assertTrue(session.awaitClosed());
      while (!server.registry.sessions().isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals(1, server.registry.droppedSessions());
      assertTrue(server.datastores.locks().isEmpty());
    }
  }

  @Test
  void endsAllSessionsWhenTheServerStops()
      throws StoreException, RpcException, IOException, InterruptedException {
    TestSession session;
    try (TestServer server = server(2, LONG, Duration.ZERO)) {
      session = server.session();
    }
    assertTrue(session.awaitClosed());
    assertEquals(Optional.empty(), session.receive());
  }
}
