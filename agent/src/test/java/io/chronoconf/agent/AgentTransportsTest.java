package io.chronoconf.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.ssh.NetconfSshClient;
import io.chronoconf.agent.tls.TestCertificates;
import io.chronoconf.agent.tls.TestCertificates.Identity;
import io.chronoconf.agent.tls.TlsPeer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The transports of a whole agent, configured by NETCONF, on the loopback address.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentTransportsTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String HELLO =
      "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities>"
          + "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>";
  private static final String STATE =
      "<get><filter type='subtree'><netconf-server xmlns='urn:chronoconf:yang:netconf-server'/>"
          + "</filter></get>";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Agent agent;

  @SuppressWarnings("NullAway.Init")
  private NetconfSshClient admin;

  private String password = "";

  @SuppressWarnings("NullAway.Init")
  private Identity root;

  @SuppressWarnings("NullAway.Init")
  private Identity own;

  @BeforeEach
  void start() throws Exception {
    root = TestCertificates.authority("CN=root");
    own = TestCertificates.signed(root, "CN=device");
    agent = startAgent();
    password = password();
    admin = login();
  }

  private Agent startAgent() throws Exception {
    String[] options = {
      "--state=" + folder.resolve("state"),
      "--netconf-port=0",
      "--ntp-address=127.0.0.1",
      "--ntp-port=" + freeUdpPort()
    };
    if (CommandLine.parse(options) instanceof CommandLine.Run(AgentOptions run)) {
      return Agent.start(run);
    }
    throw new AssertionError("these options run the agent");
  }

  private NetconfSshClient login() throws IOException {
    return NetconfSshClient.connect(agent.netconfAddresses().getFirst(), "admin", password);
  }

  @AfterEach
  void stop() throws IOException {
    admin.close();
    agent.close();
  }

  private String password() {
    return agent.newAdministrator().orElseThrow() instanceof Administrator.WithPassword generated
        ? generated.password().clear()
        : "";
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static int freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private String edit(String content) throws IOException {
    return admin.request(
        "<edit-config><target><candidate/></target><config>"
            + "<netconf-server xmlns='urn:chronoconf:yang:netconf-server'"
            + " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
            + " xmlns:x='urn:ietf:params:xml:ns:yang:ietf-x509-cert-to-name'>"
            + content
            + "</netconf-server></config></edit-config>");
  }

  private void commit(String content) throws IOException {
    String edited = edit(content);
    assertTrue(edited.contains("<ok/>"), edited);
    String committed = admin.request("<commit/>");
    assertTrue(committed.contains("<ok/>"), committed);
  }

  private String tls() throws GeneralSecurityException {
    return tls(own.pem(), own.keyPem());
  }

  private String tls(String certificate, String key) throws GeneralSecurityException {
    return ("<tls><server-certificate>%s</server-certificate><private-key>%s</private-key>"
            + "<client-authority><name>root</name><certificate>%s</certificate></client-authority>"
            + "<cert-maps><cert-to-name><id>1</id><fingerprint>%s</fingerprint>"
            + "<map-type>x:common-name</map-type></cert-to-name></cert-maps></tls>")
        .formatted(certificate, key, root.pem(), root.fingerprint());
  }

  private static String endpoint(String name, String transport, int port) {
    return ("<listen><endpoint><name>%s</name><transport>%s</transport>"
            + "<address>127.0.0.1</address><port>%d</port></endpoint></listen>")
        .formatted(name, transport, port);
  }

  private static String client(String name, String transport, int port) {
    return ("<call-home><client><name>%s</name><transport>%s</transport><endpoint><name>1</name>"
            + "<address>127.0.0.1</address><port>%d</port></endpoint></client></call-home>")
        .formatted(name, transport, port);
  }

  private String awaitState(Predicate<String> expected) throws IOException {
    String state = admin.request(STATE);
    while (!expected.test(state)) {
      Thread.onSpinWait();
      state = admin.request(STATE);
    }
    return state;
  }

  private TlsPeer peer(Socket socket, String user) throws IOException, GeneralSecurityException {
    return TlsPeer.over(
        socket, root.certificate(), TestCertificates.signed(root, "CN=" + user), "TLSv1.3");
  }

  private static String request(TlsPeer peer, String operation) throws IOException {
    peer.send(
        "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'>%s</rpc>"
            .formatted(operation));
    return peer.receive();
  }

  @Test
  void aTlsEndpointComesAndGoesByCommits() throws Exception {
    int port = freeTcpPort();
    commit(tls() + endpoint("ops", "tls", port));
    String state = admin.request(STATE);
    assertTrue(state.contains("<state>listening</state>"), state);
    assertFalse(state.contains("private-key"), state);
    String expires = own.certificate().getNotAfter().toInstant().toString();
    assertTrue(state.contains("<certificate-expires>" + expires), state);
    try (TlsPeer peer = peer(new Socket(LOOPBACK, port), "admin")) {
      assertTrue(peer.receive().contains("<session-id>"));
      peer.send(HELLO);
      assertTrue(request(peer, "<discard-changes/>").contains("<ok/>"));
      String sessions =
          admin.request(
              "<get><filter type='subtree'><netconf-state"
                  + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><sessions/>"
                  + "</netconf-state></filter></get>");
      assertTrue(sessions.contains("netconf-tls</transport>"), sessions);
      commit("<listen nc:operation='delete'/>");
      assertThrows(IOException.class, () -> new Socket(LOOPBACK, port).close());
      assertTrue(request(peer, "<close-session/>").contains("<ok/>"), "the session has stayed");
    }
  }

  @Test
  void anEndpointGoesWithTheCommitThatIsNotConfirmed() throws Exception {
    int port = freeTcpPort();
    String edited = edit(tls() + endpoint("ops", "tls", port));
    assertTrue(edited.contains("<ok/>"), edited);
    String committed = admin.request("<commit><confirmed/></commit>");
    assertTrue(committed.contains("<ok/>"), committed);
    new Socket(LOOPBACK, port).close();
    String cancelled = admin.request("<cancel-commit/>");
    assertTrue(cancelled.contains("<ok/>"), cancelled);
    assertThrows(IOException.class, () -> new Socket(LOOPBACK, port).close());
  }

  @Test
  void aRestartedAgentListensAsBefore() throws Exception {
    int port = freeTcpPort();
    commit(tls() + endpoint("ops", "tls", port));
    admin.close();
    agent.close();
    assertThrows(IOException.class, () -> new Socket(LOOPBACK, port).close());
    agent = startAgent();
    admin = login();
    try (TlsPeer peer = peer(new Socket(LOOPBACK, port), "admin")) {
      assertTrue(peer.receive().contains("<session-id>"));
    }
  }

  @Test
  void rulesHoldForTheUsersOfCertificates() throws Exception {
    int port = freeTcpPort();
    commit(tls() + endpoint("ops", "tls", port));
    try (TlsPeer peer = peer(new Socket(LOOPBACK, port), "rita")) {
      assertTrue(peer.receive().contains("<session-id>"));
      peer.send(HELLO);
      String refusal = request(peer, "<kill-session><session-id>1</session-id></kill-session>");
      assertTrue(refusal.contains("<error-tag>access-denied</error-tag>"), refusal);
    }
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsPath() throws Exception {
    Identity other = TestCertificates.authority("CN=other");
    String at = "/ccns:netconf-server/ccns:tls/ccns:";
    assertRefused(
        tls("nonsense!", own.keyPem()), "bad-server-certificate", at + "server-certificate");
    assertRefused(tls(own.pem(), "nonsense!"), "bad-private-key", at + "private-key");
    assertRefused(tls(own.pem(), other.keyPem()), "key-mismatch", at + "private-key");
    assertRefused(
        tls().replace(root.fingerprint(), "04:00"),
        "bad-fingerprint",
        at + "cert-maps/ccns:cert-to-name[ccns:id='1']/ccns:fingerprint");
    assertRefused(
        tls().replace(root.pem(), "MAA="),
        "bad-certificate",
        at + "client-authority[ccns:name='root']/ccns:certificate");
    assertRefused(
        endpoint("ops", "tls", 6513),
        "tls-not-configured",
        "/ccns:netconf-server/ccns:listen/ccns:endpoint[ccns:name='ops']/ccns:transport");
  }

  private void assertRefused(String content, String appTag, String path) throws IOException {
    String edited = edit(content);
    assertTrue(edited.contains("<ok/>"), edited);
    String reply = admin.request("<commit/>");
    assertTrue(reply.contains("<error-app-tag>" + appTag + "</error-app-tag>"), reply);
    String plain = reply.replace("&apos;", "'").replaceAll("<error-path[^>]*>", "<error-path>");
    assertTrue(plain.contains("<error-path>" + path + "</error-path>"), plain);
    assertTrue(admin.request("<discard-changes/>").contains("<ok/>"));
  }

  @Test
  void aTakenPortIsNoReasonToRefuseACommit() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      commit(endpoint("more", "ssh", taken.getLocalPort()));
      String state = admin.request(STATE);
      assertTrue(state.contains("<state>failed</state>"), state);
      assertTrue(state.contains("in use</last-error>"), state);
    }
    int free = freeTcpPort();
    commit(endpoint("more", "ssh", free));
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, free);
    try (NetconfSshClient there = NetconfSshClient.connect(address, "admin", password)) {
      assertTrue(there.request(STATE).contains("<state>listening</state>"));
    }
  }

  @Test
  void aClientIsCalledOverTlsAgainAndAgain() throws Exception {
    try (ServerSocket home = new ServerSocket(0, 5, LOOPBACK)) {
      commit(tls() + client("noc", "tls", home.getLocalPort()));
      for (int i = 1; i <= 2; i++) {
        try (TlsPeer peer = peer(home.accept(), "admin")) {
          assertTrue(peer.receive().contains("<session-id>"));
          peer.send(HELLO);
          String count = "<connections>" + i + "</connections>";
          awaitState(
              state ->
                  state.contains("<state>connected</state>")
                      && state.contains(":" + home.getLocalPort() + "</connected-to>")
                      && state.contains(count));
          assertTrue(request(peer, "<close-session/>").contains("<ok/>"));
        }
      }
      commit("<call-home nc:operation='delete'/>");
      assertFalse(admin.request(STATE).contains("<name>noc</name>"));
    }
  }

  @Test
  void aClientThatIsNotThereShowsInTheState() throws Exception {
    commit(client("noc", "ssh", freeTcpPort()));
    awaitState(
        state ->
            state.contains("<state>waiting</state>") && state.contains("refused</last-error>"));
  }

  @Test
  void aUserHasAsManySessionsAsAreConfigured() throws Exception {
    commit("<max-sessions-per-user>2</max-sessions-per-user>");
    InetSocketAddress address = agent.netconfAddresses().getFirst();
    NetconfSshClient second = NetconfSshClient.connect(address, "admin", password);
    assertThrows(
        IOException.class, () -> NetconfSshClient.connect(address, "admin", password).close());
    second.close();
    awaitSessions(1);
    NetconfSshClient.connect(address, "admin", password).close();
  }

  private void awaitSessions(int count) throws IOException {
    String get =
        "<get><filter type='subtree'><netconf-state"
            + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><sessions/>"
            + "</netconf-state></filter></get>";
    while (admin.request(get).split("<session>", -1).length - 1 != count) {
      Thread.onSpinWait();
    }
    assertEquals(count, admin.request(get).split("<session>", -1).length - 1);
  }
}
