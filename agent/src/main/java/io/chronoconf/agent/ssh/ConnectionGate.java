package io.chronoconf.agent.ssh;

import io.chronoconf.agent.transport.HalfOpen;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps connections that do nothing from piling up: those that have not logged in are limited in
/// number, those that have no channel, or none any more, are closed after a while.
final class ConnectionGate implements SessionListener, ChannelListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);
  private static final Duration CHANNEL_PATIENCE = Duration.ofSeconds(15);

  private final int maxHalfOpen;
  private final HalfOpen<Session> halfOpen;
  private final Map<Session, AtomicInteger> channels = new ConcurrentHashMap<>();

  ConnectionGate(int maxHalfOpen) {
    this.maxHalfOpen = maxHalfOpen;
    this.halfOpen = new HalfOpen<>(maxHalfOpen);
  }

  @Override
  public void sessionCreated(Session session) {
    halfOpen
        .add(session)
        .ifPresent(
            oldest -> {
              LOG.warn(
                  "{} connections wait for login: the oldest, from {}, is dropped.",
                  maxHalfOpen,
                  oldest.getIoSession().getRemoteAddress());
              oldest.close(true);
            });
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.Authenticated) {
      halfOpen.remove(session);
      channels.put(session, new AtomicInteger());
      closeLaterIfUnused(session);
    }
  }

  @Override
  public void sessionClosed(Session session) {
    halfOpen.remove(session);
    channels.remove(session);
  }

  @Override
  public void channelOpenSuccess(Channel channel) {
    count(channel, 1);
  }

  @Override
  public void channelClosed(Channel channel, Throwable reason) {
    if (count(channel, -1) == 0) {
      closeLaterIfUnused(channel.getSession());
    }
  }

  /// How many channels a connection has.
  int channels(Session session) {
    AtomicInteger count = channels.get(session);
    return count == null ? 0 : count.get();
  }

  private int count(Channel channel, int change) {
    AtomicInteger count = channels.get(channel.getSession());
    return count == null ? 0 : count.addAndGet(change);
  }

  private void closeLaterIfUnused(Session session) {
    ScheduledFuture<?> _ =
        session
            .getFactoryManager()
            .getScheduledExecutorService()
            .schedule(
                () -> closeIfUnused(session), CHANNEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void closeIfUnused(Session session) {
    if (channels(session) <= 0) {
      session.close(false);
    }
  }
}
