package io.chronoconf.agent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.session.SessionLimits;
import io.chronoconf.agent.netconf.session.SessionStatus;
import io.chronoconf.agent.netconf.session.TestServer;
import io.chronoconf.agent.netconf.session.TestSession;
import io.chronoconf.agent.tls.CertToName.Entry;
import io.chronoconf.agent.tls.CertToName.MapType;
import io.chronoconf.agent.tls.TestCertificates.Identity;
import io.chronoconf.agent.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetconfTlsServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final TlsLimits LIMITS =
      new TlsLimits(Duration.ofSeconds(20), 4, Duration.ofSeconds(30));

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @SuppressWarnings("NullAway.Init")
  private static NetconfTlsServer tls;

  @SuppressWarnings("NullAway.Init")
  private static Transport.Listening listening;

  private static final AtomicReference<Optional<TlsContext>> CONTEXT =
      new AtomicReference<>(Optional.empty());
  private static final AtomicLong NOW_NS = new AtomicLong();

  @SuppressWarnings("NullAway.Init")
  private static Identity root;

  @SuppressWarnings("NullAway.Init")
  private static Identity own;

  @SuppressWarnings("NullAway.Init")
  private static Identity carol;

  @BeforeAll
  static void start() throws Exception {
    root = TestCertificates.authority("CN=root");
    own = TestCertificates.signed(root, "CN=device");
    carol = TestCertificates.signed(root, "CN=carol");
    server = new TestServer(folder.resolve("state"), SessionLimits.DEFAULT);
    use(settings(root));
    tls = new NetconfTlsServer(server.netconf, NetconfTlsServerTest::context, LIMITS, NOW_NS::get);
    listening = tls.listen(new InetSocketAddress(LOOPBACK, 0));
  }

  @AfterAll
  static void stop() {
    server.close();
    tls.close();
  }

  private static Optional<TlsContext> context() {
    return Objects.requireNonNull(CONTEXT.get());
  }

  private static void use(TlsSettings settings) throws IOException {
    CONTEXT.set(Optional.of(TlsContext.of(settings)));
  }

  private static TlsSettings settings(Identity authority) throws GeneralSecurityException {
    return new TlsSettings(
        List.of(own.certificate()),
        own.keys().getPrivate(),
        List.of(authority.certificate()),
        new CertToName(
            List.of(
                new Entry(
                    1, Fingerprint.parse(authority.fingerprint()), new MapType.CommonName()))));
  }

  private static TlsPeer connect(Identity as) throws Exception {
    return TlsPeer.over(new Socket(LOOPBACK, listening.port()), root.certificate(), as, "TLSv1.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesASessionAndEndsItOrderly(String version) throws Exception {
    try (TlsPeer peer =
        TlsPeer.over(new Socket(LOOPBACK, listening.port()), root.certificate(), carol, version)) {
      String hello = peer.receive();
      long id = Long.parseLong(hello.replaceAll("(?s).*<session-id>(\\d+)</session-id>.*", "$1"));
      SessionStatus status =
          server.registry.sessions().stream()
              .filter(s -> s.sessionId() == id)
              .findFirst()
              .orElseThrow();
      assertEquals("carol", status.user());
      assertEquals("netconf-tls", status.protocol());
      assertEquals("127.0.0.1", status.sourceHost());
      peer.send(TestSession.HELLO_1_0);
      peer.send(
          "<rpc xmlns=\"%s\" message-id=\"1\"><close-session/></rpc>".formatted(TestSession.BASE));
      assertTrue(peer.receive().contains("<ok/>"));
      assertEquals(-1, peer.read());
    }
  }

  @Test
  void refusesOldVersionsAndWeakSuites() throws Exception {
    for (String suite :
        new String[] {
          "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"
        }) {
      assertThrows(
          IOException.class,
          () ->
              TlsPeer.over(
                  new Socket(LOOPBACK, listening.port()),
                  root.certificate(),
                  carol,
                  "TLSv1.2",
                  suite));
    }
  }

  @Test
  void letsNobodyInWithoutAValidCertificateAndAName() throws Exception {
    Identity stranger = TestCertificates.signed(TestCertificates.authority("CN=root"), "CN=carol");
    Identity nameless = TestCertificates.signed(root, "O=nobody");
    for (Identity bad : List.of(stranger, nameless)) {
      // In TLS 1.3 the client learns of it when it reads.
      assertThrows(
          IOException.class,
          () -> {
            try (TlsPeer peer = connect(bad)) {
              if (peer.read() < 0) {
                throw new IOException("closed");
              }
            }
          });
    }
    assertThrows(
        IOException.class,
        () -> {
          try (TlsPeer peer =
              TlsPeer.anonymous(new Socket(LOOPBACK, listening.port()), root.certificate())) {
            peer.read();
          }
        });
  }

  @Test
  void takesOtherAuthoritiesForNewConnectionsOnly() throws Exception {
    Identity other = TestCertificates.authority("CN=other");
    try (TlsPeer before = connect(carol)) {
      assertTrue(before.receive().contains("<session-id>"));
      use(settings(other));
      before.send(TestSession.HELLO_1_0);
      before.send(
          "<rpc xmlns=\"%s\" message-id=\"1\"><close-session/></rpc>".formatted(TestSession.BASE));
      assertTrue(before.receive().contains("<ok/>"));
      assertThrows(IOException.class, () -> connect(carol).receive());
      try (TlsPeer after = connect(TestCertificates.signed(other, "CN=dave"))) {
        assertTrue(after.receive().contains("<session-id>"));
      }
    } finally {
      use(settings(root));
    }
  }

  @Test
  void letsClientsInWhileOthersHoldConnectionsOpen() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 5 * LIMITS.maxHalfOpen(); i++) {
        idle.add(new Socket(LOOPBACK, listening.port()));
      }
      try (TlsPeer peer = connect(carol)) {
        assertTrue(peer.receive().contains("<session-id>"));
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void dropsWhoDoesNotComeToAnEndWithTheHandshake() throws Exception {
    TlsLimits hasty = new TlsLimits(Duration.ofMillis(50), 4, Duration.ofSeconds(30));
    try (NetconfTlsServer other =
        new NetconfTlsServer(server.netconf, NetconfTlsServerTest::context, hasty, NOW_NS::get)) {
      try (Transport.Listening there = other.listen(new InetSocketAddress(LOOPBACK, 0));
          Socket socket = new Socket(LOOPBACK, there.port())) {
        assertEquals(-1, socket.getInputStream().read());
      }
    }
  }

  @Test
  void dropsAPeerThatReadsNothing() throws Exception {
    try (TlsPeer peer = connect(carol)) {
      long id = peer.sessionId();
      peer.send(TestSession.HELLO_1_0);
      ExecutorService flood = Executors.newSingleThreadExecutor();
      try {
        Future<?> sending = flood.submit((Callable<?>) () -> peer.sendForEver(getSchema()));
        while (server.registry.sessions().stream().anyMatch(s -> s.sessionId() == id)) {
          // The peer's buffers fill at some time; from then on this much silence is too much.
          NOW_NS.addAndGet(Duration.ofSeconds(31).toNanos());
          Thread.onSpinWait();
        }
        assertThrows(Exception.class, sending::get);
      } finally {
        flood.shutdownNow();
      }
    }
  }

  private static String getSchema() {
    return "<rpc xmlns=\"%s\" message-id=\"1\"><get/></rpc>".formatted(TestSession.BASE);
  }

  @Test
  void stopsListeningButKeepsSessions() throws Exception {
    Transport.Listening second = tls.listen(new InetSocketAddress(LOOPBACK, 0));
    try (TlsPeer peer =
        TlsPeer.over(new Socket(LOOPBACK, second.port()), root.certificate(), carol, "TLSv1.3")) {
      assertTrue(peer.receive().contains("<session-id>"));
      second.close();
      assertThrows(IOException.class, () -> new Socket(LOOPBACK, second.port()).close());
      peer.send(TestSession.HELLO_1_0);
      peer.send(
          "<rpc xmlns=\"%s\" message-id=\"1\"><close-session/></rpc>".formatted(TestSession.BASE));
      assertTrue(peer.receive().contains("<ok/>"));
    }
  }

  @Test
  void callsHomeAndIsTheServerThere() throws Exception {
    try (ServerSocket home = new ServerSocket(0, 1, LOOPBACK);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Transport.Call> calling =
          other.submit(
              () ->
                  tls.call(
                      new InetSocketAddress(LOOPBACK, home.getLocalPort()),
                      Duration.ofSeconds(20)));
      try (TlsPeer peer = TlsPeer.over(home.accept(), root.certificate(), carol, "TLSv1.3")) {
        assertTrue(peer.receive().contains("<session-id>"));
        peer.send(TestSession.HELLO_1_0);
        peer.send(
            "<rpc xmlns=\"%s\" message-id=\"1\"><close-session/></rpc>"
                .formatted(TestSession.BASE));
        assertTrue(peer.receive().contains("<ok/>"));
        calling.get().awaitEnd();
      }
    }
  }

  @Test
  void saysWhyACallFails() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, LOOPBACK)) {
      port = gone.getLocalPort();
    }
    IOException e =
        assertThrows(
            IOException.class,
            () -> tls.call(new InetSocketAddress(LOOPBACK, port), Duration.ofSeconds(20)));
    assertTrue(String.valueOf(e.getMessage()).contains("refused"), e.getMessage());
  }
}
