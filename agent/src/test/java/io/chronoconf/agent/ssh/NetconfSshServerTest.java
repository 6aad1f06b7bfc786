package io.chronoconf.agent.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.session.SessionLimits;
import io.chronoconf.agent.netconf.session.TestServer;
import io.chronoconf.agent.netconf.session.TestSession;
import io.chronoconf.agent.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetconfSshServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final SshLimits LIMITS = new SshLimits(Duration.ofSeconds(20), 3, 4, 2);
  private static final List<AuthorizedKey> KEYS = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @SuppressWarnings("NullAway.Init")
  private static NetconfSshServer ssh;

  @SuppressWarnings("NullAway.Init")
  private static SshClient client;

  private static final UserDirectory USERS =
      new UserDirectory() {
        @Override
        public boolean verifyPassword(String user, char[] password) {
          return user.equals("admin") && new String(password).equals("secret");
        }

        @Override
        public List<AuthorizedKey> keys(String user) {
          return user.equals("admin") ? KEYS : List.of();
        }
      };

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(folder.resolve("state"), SessionLimits.DEFAULT);
    ssh = start(folder);
    client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.REQUEST_SHELL_REPLY.set(client, true);
    client.start();
  }

  private static NetconfSshServer start(Path keys) throws IOException {
    return NetconfSshServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        keys,
        USERS,
        server.netconf,
        LIMITS);
  }

  @AfterAll
  static void stop() throws IOException {
    client.stop();
    server.close();
    ssh.close();
  }

  private static ClientSession connect(String user) throws IOException {
    return client.connect(user, "127.0.0.1", ssh.port()).verify(PATIENCE).getSession();
  }

  private static ClientSession login() throws IOException {
    ClientSession session = connect("admin");
    session.addPasswordIdentity("secret");
    session.auth().verify(PATIENCE);
    return session;
  }

  /// Reads from the channel up to the end mark.
  private static String receive(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void servesTheSubsystemAndClosesItWithAnExitStatus() throws IOException {
    try (ClientSession session = login();
        ChannelSubsystem channel = session.createSubsystemChannel("netconf")) {
      channel.open().verify(PATIENCE);
      InputStream in = channel.getInvertedOut();
      OutputStream out = channel.getInvertedIn();
      assertTrue(receive(in, "]]>]]>").contains("<session-id>"));
      send(out, TestSession.HELLO_1_0 + "]]>]]>");
      send(
          out,
          "<rpc xmlns=\"%s\" message-id=\"1\"><close-session/></rpc>]]>]]>"
              .formatted(TestSession.BASE));
      assertTrue(receive(in, "]]>]]>").contains("<ok/>"));
      assertEquals(-1, in.read());
      channel.waitFor(List.of(ClientChannelEvent.CLOSED), PATIENCE);
      assertEquals(0, channel.getExitStatus());
    }
  }

  @Test
  void servesNoOtherSubsystemNorShellNorCommand() throws IOException {
    try (ClientSession session = login()) {
      assertRefused(session.createSubsystemChannel("sftp"));
      assertRefused(session.createExecChannel("id"));
      assertRefused(session.createShellChannel());
    }
  }

  /// The channel may open, but what it asks for is denied, upon which the client closes it.
  private static void assertRefused(ClientChannel channel) throws IOException {
    try {
      channel.open().verify(PATIENCE);
    } catch (IOException e) {
      return;
    }
    assertTrue(
        channel
            .waitFor(List.of(ClientChannelEvent.CLOSED), PATIENCE)
            .contains(ClientChannelEvent.CLOSED));
  }

  @Test
  void refusesAWrongPasswordAndAnUnknownUser() throws IOException {
    for (String user : new String[] {"admin", "nobody"}) {
      try (ClientSession session = connect(user)) {
        session.addPasswordIdentity("wrong");
        assertThrows(IOException.class, () -> session.auth().verify(PATIENCE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "EC", "RSA"})
  void takesThePublicKeysOfTheUserOnly(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (!algorithm.equals("Ed25519")) {
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    }
    KeyPair own = generator.generateKeyPair();
    KeyPair other = generator.generateKeyPair();
    ByteArrayBuffer data = new ByteArrayBuffer();
    data.putRawPublicKey(own.getPublic());
    KEYS.add(new AuthorizedKey(data.getCompactData()));
    try (ClientSession session = connect("admin")) {
      session.addPublicKeyIdentity(other);
      assertThrows(IOException.class, () -> session.auth().verify(PATIENCE));
    }
    try (ClientSession session = connect("admin")) {
      session.addPublicKeyIdentity(own);
      session.auth().verify(PATIENCE);
      assertTrue(session.isAuthenticated());
    } finally {
      KEYS.clear();
    }
  }

  @Test
  void keepsItsHostKeysToItself() throws IOException {
    for (String kind : new String[] {"ecdsa", "ed25519"}) {
      Path file = folder.resolve("ssh_host_" + kind + "_key");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    byte[] before = Files.readAllBytes(folder.resolve("ssh_host_ecdsa_key"));
    try (NetconfSshServer second = start(folder)) {
      assertTrue(second.port() > 0);
    }
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("ssh_host_ecdsa_key")));
  }

  @Test
  void saysWhichHostKeyIsUnusable() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("bad"));
    Files.writeString(keys.resolve("ssh_host_ed25519_key"), "nonsense");
    IOException e = assertThrows(IOException.class, () -> start(keys));
    assertTrue(String.valueOf(e.getMessage()).contains("ssh_host_ed25519_key"), e.getMessage());
  }

  @Test
  void letsClientsInWhileOthersHoldConnectionsOpen() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 5 * LIMITS.maxHalfOpen(); i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), ssh.port()));
      }
      try (ClientSession session = login()) {
        assertTrue(session.isAuthenticated());
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void limitsTheSessionsOfOneConnection() throws IOException {
    try (ClientSession session = login()) {
      for (int i = 0; i < LIMITS.maxChannels(); i++) {
        session.createSubsystemChannel("netconf").open().verify(PATIENCE);
      }
      assertRefused(session.createSubsystemChannel("netconf"));
      assertTrue(session.isOpen());
    }
  }

  @Test
  void dropsAVictimOfKillSession() throws IOException, InterruptedException {
    try (ClientSession session = login();
        ChannelSubsystem channel = session.createSubsystemChannel("netconf")) {
      channel.open().verify(PATIENCE);
      InputStream in = channel.getInvertedOut();
      String hello = receive(in, "]]>]]>");
      long id = Long.parseLong(hello.replaceAll("(?s).*<session-id>(\\d+)</session-id>.*", "$1"));
      TestSession killer = server.session();
      assertEquals(
          "ok",
          killer.rpc("<kill-session><session-id>" + id + "</session-id></kill-session>").summary());
      assertEquals(-1, in.read());
      killer.drop();
      assertTrue(killer.awaitClosed());
      assertFalse(server.registry.sessions().stream().anyMatch(status -> status.sessionId() == id));
    }
  }

  @Test
  void listensElsewhereForATimeAndKeepsTheSessionsFromThere() throws IOException {
    Transport.Listening second =
        ssh.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (ClientSession session =
        client.connect("admin", "127.0.0.1", second.port()).verify(PATIENCE).getSession()) {
      session.addPasswordIdentity("secret");
      session.auth().verify(PATIENCE);
      second.close();
      assertThrows(
          IOException.class,
          () -> new Socket(InetAddress.getLoopbackAddress(), second.port()).close());
      ChannelSubsystem channel = session.createSubsystemChannel("netconf");
      channel.open().verify(PATIENCE);
      assertTrue(receive(channel.getInvertedOut(), "]]>]]>").contains("<session-id>"));
    }
  }

  /// SSHD's client cannot take over a connection, so bytes are carried between it and the caller.
  @Test
  void callsHomeAndIsTheServerThere() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket home = new ServerSocket(0, 1, loopback);
        ServerSocket desk = new ServerSocket(0, 1, loopback);
        Transport.Call call =
            ssh.call(new InetSocketAddress(loopback, home.getLocalPort()), PATIENCE)) {
      Socket device = home.accept();
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket user = desk.accept()) {
                  Thread.ofVirtual().start(() -> carry(device, user));
                  carry(user, device);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (ClientSession session =
          client.connect("admin", "127.0.0.1", desk.getLocalPort()).verify(PATIENCE).getSession()) {
        session.addPasswordIdentity("secret");
        session.auth().verify(PATIENCE);
        ChannelSubsystem channel = session.createSubsystemChannel("netconf");
        channel.open().verify(PATIENCE);
        assertTrue(receive(channel.getInvertedOut(), "]]>]]>").contains("<session-id>"));
      }
      assertTrue(call.awaitEnd());
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // The other direction has ended.
    }
  }

  @Test
  void saysOfACallWhetherTheClientLoggedIn() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket home = new ServerSocket(0, 1, loopback);
        Transport.Call call =
            ssh.call(new InetSocketAddress(loopback, home.getLocalPort()), PATIENCE)) {
      home.accept().close();
      assertFalse(call.awaitEnd());
    }
  }

  @Test
  void saysWhyACallFails() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                ssh.call(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE));
    assertTrue(String.valueOf(e.getMessage()).contains("refused"), e.getMessage());
  }

  @Test
  void saysOnTheErrorStreamWhyThereIsNoSession() throws IOException {
    server.registry.limitPerUser(() -> OptionalInt.of(0));
    try (ClientSession session = login();
        ChannelSubsystem channel = session.createSubsystemChannel("netconf")) {
      channel.open().verify(PATIENCE);
      String reason = receive(channel.getInvertedErr(), "\n");
      assertTrue(reason.contains("max-sessions-per-user"), reason);
      assertEquals(-1, channel.getInvertedOut().read());
    } finally {
      server.registry.limitPerUser(OptionalInt::empty);
    }
  }
}
