package io.chronoconf.agent.ssh;

import io.chronoconf.agent.netconf.session.NetconfServer;
import io.chronoconf.agent.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SSH server that clients connect to. SSHD is configured here and nowhere else.
public final class NetconfSshServer implements Transport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetconfSshServer.class);

  /// How long a peer that takes no data keeps a session's thread waiting.
  private static final Duration SLOW_READER_PATIENCE = Duration.ofSeconds(30);

  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private final SshServer ssh;
  private final HostKeys keys;
  // Of the endpoints that come and go.
  private final IoAcceptor acceptor;
  private final IoConnector connector;

  private NetconfSshServer(SshServer ssh, HostKeys keys) {
    this.ssh = ssh;
    this.keys = keys;
    this.acceptor = ssh.getIoServiceFactory().createAcceptor(ssh.getSessionFactory());
    this.connector = ssh.getIoServiceFactory().createConnector(ssh.getSessionFactory());
  }

  /// Starts to listen.
  ///
  /// @param address with port 0, any free port is taken
  /// @param stateFolder where the host keys are kept; must exist
  /// @throws IOException if the port is taken or a host key unusable; the message says which
  public static NetconfSshServer start(
      InetSocketAddress address,
      Path stateFolder,
      UserDirectory users,
      NetconfServer server,
      SshLimits limits)
      throws IOException {
    Ed25519Support.register();
    HostKeys keys = HostKeys.open(stateFolder);
    SshServer ssh = SshServer.setUpDefaultServer();
    ssh.setHost(address.getAddress().getHostAddress());
    ssh.setPort(address.getPort());
    ssh.setKeyPairProvider(
        new KeyPairProvider() {
          @Override
          public Iterable<KeyPair> loadKeys(SessionContext session) {
            return keys.pairs();
          }
        });
    allowAlgorithms(ssh);
    allowLogins(ssh, users);
    ConnectionGate gate = new ConnectionGate(limits.maxHalfOpen());
    limit(ssh, limits, gate);
    ssh.setSubsystemFactories(
        List.of(new NetconfSubsystem.Factory(server, gate, limits.maxChannels())));
    ssh.setShellFactory(null);
    ssh.setCommandFactory(null);
    ssh.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    try {
      ssh.start();
    } catch (IOException e) {
      keys.close();
      throw new IOException(
          "Cannot listen for NETCONF on "
              + address
              + ": "
              + e.getMessage()
              + ". Free the port, or choose another address.",
          e);
    }
    LOG.info("NETCONF over SSH listens on {}, port {}", ssh.getHost(), ssh.getPort());
    return new NetconfSshServer(ssh, keys);
  }

  // Newest first; nothing with SHA-1, CBC or DSA. ECDSA is there for clients without Ed25519.
  private static void allowAlgorithms(SshServer ssh) {
    ssh.setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(
            false,
            List.of(
                BuiltinDHFactories.curve25519,
                BuiltinDHFactories.curve25519_libssh,
                BuiltinDHFactories.ecdhp256,
                BuiltinDHFactories.ecdhp384,
                BuiltinDHFactories.ecdhp521,
                BuiltinDHFactories.dhg16_512,
                BuiltinDHFactories.dhg14_256),
            ServerBuilder.DH2KEX));
    ssh.setSignatureFactories(
        List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256));
    ssh.setCipherFactories(
        List.of(
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes128ctr,
            BuiltinCiphers.aes192ctr,
            BuiltinCiphers.aes256ctr,
            BuiltinCiphers.cc20p1305_openssh));
    ssh.setMacFactories(
        List.of(
            BuiltinMacs.hmacsha256etm,
            BuiltinMacs.hmacsha512etm,
            BuiltinMacs.hmacsha256,
            BuiltinMacs.hmacsha512));
  }

  private static void allowLogins(SshServer ssh, UserDirectory users) {
    LoginCheck check = new LoginCheck(users);
    ssh.setPasswordAuthenticator(check);
    ssh.setPublickeyAuthenticator(check);
    ssh.setUserAuthFactories(
        List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
  }

  private static void limit(SshServer ssh, SshLimits limits, ConnectionGate gate) {
    // With Nagle's algorithm on, one request in a hundred takes 45 ms.
    CoreModuleProperties.TCP_NODELAY.set(ssh, true);
    CoreModuleProperties.AUTH_TIMEOUT.set(ssh, limits.loginTimeout());
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, limits.maxLoginAttempts());
    // Beyond this SSHD drops the connection; the subsystem refuses politely before.
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(ssh, 2 * limits.maxChannels());
    CoreModuleProperties.WINDOW_TIMEOUT.set(ssh, SLOW_READER_PATIENCE);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(ssh, "chronoconf");
    // A silent session is NETCONF's business, which may have no limit.
    CoreModuleProperties.IDLE_TIMEOUT.set(ssh, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(ssh, Duration.ZERO);
    ssh.addSessionListener(gate);
    ssh.addChannelListener(gate);
  }

  /// The port that is listened on.
  public int port() {
    return ssh.getPort();
  }

  @Override
  public Listening listen(InetSocketAddress address) throws IOException {
    SocketAddress bound;
    synchronized (acceptor) {
      Set<SocketAddress> before = acceptor.getBoundAddresses();
      acceptor.bind(address);
      bound =
          acceptor.getBoundAddresses().stream()
              .filter(other -> !before.contains(other))
              .findFirst()
              .orElseThrow(() -> new IOException("SSHD has bound nothing"));
    }
    return new Listening() {
      @Override
      public int port() {
        return ((InetSocketAddress) bound).getPort();
      }

      @Override
      public void close() {
        acceptor.unbind(bound);
      }
    };
  }

  /// RFC 8071 section 2.1: whoever connected, the device is the SSH server.
  @Override
  public Call call(InetSocketAddress client, Duration patience) throws IOException {
    Session session = AbstractSession.getSession(connect(client, patience));
    // A client that has gone without a word is to be called again some day.
    session.setSessionHeartbeat(HeartbeatType.IGNORE, HEARTBEAT);
    return new Call() {
      @Override
      public boolean awaitEnd() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        session.addCloseFutureListener(_ -> end.countDown());
        end.await();
        return session.isAuthenticated();
      }

      @Override
      public void close() {
        CloseFuture _ = session.close(true);
      }
    };
  }

  private IoSession connect(InetSocketAddress client, Duration patience) throws IOException {
    IoConnectFuture connecting = connector.connect(client, null, null);
    if (!connecting.await(
        patience, CancelOption.CANCEL_ON_TIMEOUT, CancelOption.CANCEL_ON_INTERRUPT)) {
      throw new IOException("no connection within " + patience.toSeconds() + " s");
    }
    Throwable failure = connecting.getException();
    if (failure != null || !connecting.isConnected()) {
      throw new IOException(reason(failure), failure);
    }
    return connecting.getSession();
  }

  // SSHD wraps what the operating system said.
  private static String reason(@Nullable Throwable failure) {
    if (failure == null) {
      return "cancelled";
    }
    Throwable cause = failure.getCause();
    return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
  }

  /// Stops listening and drops all connections. The NETCONF server should be closed before.
  @Override
  public void close() throws IOException {
    keys.close();
    acceptor.close(true);
    connector.close(true);
    ssh.stop(true);
  }
}
