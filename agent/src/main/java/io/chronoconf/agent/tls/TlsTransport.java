package io.chronoconf.agent.tls;

import io.chronoconf.agent.netconf.session.SessionTransport;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TLS connection under a NETCONF session.
final class TlsTransport implements SessionTransport {
  private static final Logger LOG = LoggerFactory.getLogger(TlsTransport.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
  private static final long IDLE = Long.MIN_VALUE;

  private final Socket below;
  private final SSLSocket socket;
  private final String user;
  private final LongSupplier nanoClock;
  private final Consumer<TlsTransport> whenEnded;
  private final InputStream in;
  private final OutputStream out;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  // When the write that goes on began, by nanoClock.
  private volatile long writingSinceNs = IDLE;

  /// @param below the TCP connection under the TLS one
  /// @param nanoClock a clock that only goes forward, in nanoseconds
  /// @param whenEnded called once, when the connection is closed
  TlsTransport(
      Socket below,
      SSLSocket socket,
      String user,
      LongSupplier nanoClock,
      Consumer<TlsTransport> whenEnded)
      throws IOException {
    this.below = below;
    this.socket = socket;
    this.user = user;
    this.nanoClock = nanoClock;
    this.whenEnded = whenEnded;
    this.in = socket.getInputStream();
    this.out = new TimedOutput(socket.getOutputStream());
  }

  /// Notes when a write begins, as sockets know no limit to how long one takes.
  private final class TimedOutput extends FilterOutputStream {
    TimedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writingSinceNs = nanoClock.getAsLong();
      try {
        out.write(bytes, offset, length);
      } finally {
        writingSinceNs = IDLE;
      }
    }
  }

  @Override
  public InputStream input() {
    return in;
  }

  @Override
  public OutputStream output() {
    return out;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public String sourceHost() {
    return below.getInetAddress().getHostAddress();
  }

  @Override
  public String protocol() {
    return "netconf-tls";
  }

  /// Whether the peer has taken no data for longer than this.
  boolean isStuck(long nowNs, Duration patience) {
    long since = writingSinceNs;
    return since != IDLE && nowNs - since > patience.toNanos();
  }

  /// An orderly end sends close_notify first, which waits for a peer that does not read: so on a
  /// thread of its own, and not for long.
  @Override
  public void close(boolean isOrderly) {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    if (!isOrderly) {
      closeBelow();
      return;
    }
    Thread closing = Thread.ofVirtual().name("netconf-tls-close").start(this::closeQuietly);
    Thread.ofVirtual()
        .name("netconf-tls-close-limit")
        .start(
            () -> {
              try {
                boolean _ = closing.join(CLOSE_PATIENCE);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
              closeBelow();
            });
  }

  private void closeQuietly() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing TLS to {}: {}", sourceHost(), e.toString());
    }
  }

  private void closeBelow() {
    try {
      below.close();
    } catch (IOException e) {
      LOG.debug("closing the connection to {}: {}", sourceHost(), e.toString());
    }
    end.countDown();
    whenEnded.accept(this);
  }

  /// Waits until the session has given the connection up.
  void awaitEnd() throws InterruptedException {
    end.await();
  }
}
