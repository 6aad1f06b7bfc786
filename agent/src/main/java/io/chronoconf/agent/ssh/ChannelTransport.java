package io.chronoconf.agent.ssh;

import io.chronoconf.agent.netconf.session.SessionTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An SSH channel under a NETCONF session.
final class ChannelTransport implements SessionTransport {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelTransport.class);
  private static final long CLOSE_PATIENCE_MS = 2_000;

  private final ChannelSession channel;
  private final InputStream in;
  private final OutputStream out;
  private final OutputStream errors;
  private final ExitCallback exit;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  ChannelTransport(
      ChannelSession channel,
      InputStream in,
      OutputStream out,
      OutputStream errors,
      ExitCallback exit) {
    this.channel = channel;
    this.in = in;
    this.out = out;
    this.errors = errors;
    this.exit = exit;
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
    return channel.getSession().getUsername();
  }

  @Override
  public String sourceHost() {
    SocketAddress peer = channel.getSession().getIoSession().getRemoteAddress();
    return peer instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : String.valueOf(peer);
  }

  @Override
  public String protocol() {
    return "netconf-ssh";
  }

  /// The reason goes where programs write their errors, which clients such as OpenSSH's show.
  @Override
  public void refuse(String reason) {
    try {
      errors.write((reason + "\n").getBytes(StandardCharsets.UTF_8));
      errors.flush();
    } catch (IOException e) {
      LOG.debug("a refusal could not be told: {}", e.toString());
    }
    close(false);
  }

  @Override
  public void close(boolean isOrderly) {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    // Sends exit status, EOF and close after what is still queued.
    exit.onExit(isOrderly ? 0 : 1);
    // A peer that reads nothing would keep that from going out. Once the server has stopped there
    // is
    // no timer any more, and no connection either.
    ScheduledExecutorService timer =
        channel.getSession().getFactoryManager().getScheduledExecutorService();
    if (timer != null && !timer.isShutdown()) {
      ScheduledFuture<?> _ =
          timer.schedule(
              () -> {
                if (!channel.isClosed()) {
                  CloseFuture _ = channel.getSession().close(true);
                }
              },
              CLOSE_PATIENCE_MS,
              TimeUnit.MILLISECONDS);
    }
  }
}
