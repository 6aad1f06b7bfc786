package io.chronoconf.agent.tls;

import io.chronoconf.agent.netconf.session.NetconfServer;
import io.chronoconf.agent.transport.HalfOpen;
import io.chronoconf.agent.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// NETCONF over TLS (RFC 7589), one session per connection. Every connection has a virtual thread
/// of its own. Any thread.
public final class NetconfTlsServer implements Transport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetconfTlsServer.class);
  private static final long WATCH_PERIOD_MS = 1_000;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int BACKLOG = 128;

  private final NetconfServer server;
  private final Supplier<Optional<TlsContext>> context;
  private final TlsLimits limits;
  private final LongSupplier nanoClock;
  private final HalfOpen<Socket> halfOpen;
  private final Map<ServerSocket, Thread> listening = new ConcurrentHashMap<>();
  private final Set<TlsTransport> sessions = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("netconf-tls-watch").unstarted(task));

  /// A server that does not listen yet.
  ///
  /// @param context what a new connection goes by; without it there is none
  public NetconfTlsServer(
      NetconfServer server, Supplier<Optional<TlsContext>> context, TlsLimits limits) {
    this(server, context, limits, System::nanoTime);
  }

  /// @param nanoClock a clock that only goes forward, in nanoseconds
  NetconfTlsServer(
      NetconfServer server,
      Supplier<Optional<TlsContext>> context,
      TlsLimits limits,
      LongSupplier nanoClock) {
    TlsContext.refuseRenegotiation();
    this.context = context;
    this.server = server;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.halfOpen = new HalfOpen<>(limits.maxHalfOpen());
    ScheduledFuture<?> _ =
        watch.scheduleWithFixedDelay(
            this::dropSlowReaders, WATCH_PERIOD_MS, WATCH_PERIOD_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Listening listen(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    listening.put(
        socket, Thread.ofVirtual().name("netconf-tls-accept").start(() -> accept(socket)));
    return new Listening() {
      @Override
      public int port() {
        return socket.getLocalPort();
      }

      @Override
      public void close() {
        stop(socket);
      }
    };
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        Thread.ofVirtual().name("netconf-tls-login").start(() -> serve(socket));
      } catch (IOException e) {
        pauseAfter(e, from);
      }
    }
  }

  // No file descriptors left, mostly: without a pause this would be a busy loop.
  private static void pauseAfter(IOException e, ServerSocket from) {
    if (from.isClosed()) {
      return;
    }
    LOG.warn("A TLS connection could not be accepted: {}", e.getMessage());
    try {
      Thread.sleep(Duration.ofMillis(WATCH_PERIOD_MS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket socket) {
    try {
      server.serve(login(socket));
    } catch (SSLPeerUnverifiedException e) {
      // Only those can bring this about whom an authority knows.
      LOG.warn("A TLS connection from {} is refused: {}", socket.getInetAddress(), e.getMessage());
    } catch (IOException e) {
      LOG.info("A TLS connection from {} is refused: {}", socket.getInetAddress(), e.getMessage());
    }
  }

  /// The connection with its user known; it is closed if this fails.
  private TlsTransport login(Socket socket) throws IOException {
    halfOpen
        .add(socket)
        .ifPresent(
            oldest -> {
              LOG.warn(
                  "{} connections wait for TLS: the oldest, from {}, is dropped.",
                  limits.maxHalfOpen(),
                  oldest.getInetAddress());
              close(oldest);
            });
    ScheduledFuture<?> limit =
        watch.schedule(
            () -> close(socket), limits.loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
    try {
      socket.setTcpNoDelay(true);
      TlsContext now =
          context
              .get()
              .orElseThrow(
                  () -> new IOException("TLS has no certificate: configure /netconf-server/tls"));
      SSLSocket secured = now.handshake(socket);
      TlsTransport transport =
          new TlsTransport(socket, secured, userOf(now, secured), nanoClock, sessions::remove);
      sessions.add(transport);
      return transport;
    } catch (IOException | RuntimeException e) {
      close(socket);
      throw e;
    } finally {
      limit.cancel(false);
      halfOpen.remove(socket);
    }
  }

  // The peer learns that it was refused by an orderly end, which a mere close would not be.
  private static String userOf(TlsContext context, SSLSocket secured) throws IOException {
    try {
      return context.user(secured);
    } catch (IOException e) {
      secured.close();
      throw e;
    }
  }

  @Override
  public Call call(InetSocketAddress client, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      // A client that has gone without a word is to be called again some day.
      socket.setKeepAlive(true);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
      socket.connect(client, Math.toIntExact(patience.toMillis()));
    } catch (IOException e) {
      close(socket);
      throw e;
    }
    TlsTransport transport = login(socket);
    server.serve(transport);
    return new Call() {
      @Override
      public boolean awaitEnd() throws InterruptedException {
        transport.awaitEnd();
        return true;
      }

      @Override
      public void close() {
        transport.close(true);
      }
    };
  }

  private void dropSlowReaders() {
    long nowNs = nanoClock.getAsLong();
    for (TlsTransport session : sessions) {
      if (session.isStuck(nowNs, limits.slowReaderPatience())) {
        LOG.warn("{} at {} reads nothing and is dropped.", session.user(), session.sourceHost());
        session.close(false);
      }
    }
  }

  // The port is free only when the accepting thread has noticed.
  private void stop(ServerSocket socket) {
    Thread accepting = listening.remove(socket);
    try {
      socket.close();
      if (accepting != null) {
        accepting.interrupt();
        boolean _ = accepting.join(STOP_PATIENCE);
      }
    } catch (IOException e) {
      LOG.debug("closing a listener: {}", e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing a connection: {}", e.toString());
    }
  }

  /// Stops listening and drops all connections. The NETCONF server should be closed before.
  @Override
  public void close() {
    listening.keySet().forEach(this::stop);
    sessions.forEach(session -> session.close(false));
    watch.shutdownNow();
  }
}
