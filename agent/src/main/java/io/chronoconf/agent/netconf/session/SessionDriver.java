package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.frame.FrameEncoder;
import io.chronoconf.agent.netconf.message.HelloWriter;
import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.agent.netconf.message.Rpc;
import io.chronoconf.agent.netconf.message.RpcEnvelope;
import io.chronoconf.agent.netconf.message.RpcMessage;
import io.chronoconf.agent.netconf.notification.BaseNotifications;
import io.chronoconf.agent.netconf.notification.Feed;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.lock.SessionContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects one session to its transport. [#run] is the session's thread; the other methods may be
/// called by any thread.
final class SessionDriver {
  private static final Logger LOG = LoggerFactory.getLogger(SessionDriver.class);
  private static final int READ_BYTES = 16 * 1024;
  private static final long NEVER = Long.MAX_VALUE;
  private static final Duration END_PATIENCE = Duration.ofSeconds(5);

  // How long a session may take to read one notification.
  private static final Duration SEND_PATIENCE = Duration.ofMinutes(1);

  private final SessionServices services;
  private final SessionTransport transport;
  private final SessionContext context;
  private final NetconfSession session;
  private final FrameEncoder out;
  private final Instant loginTime;
  private final LongSupplier nanoClock;
  private final SessionCounters counters = new SessionCounters();
  // Replies are written by the session's thread, notifications by the feed's.
  private final ReentrantLock outLock = new ReentrantLock();
  private final AtomicReference<@Nullable TerminationReason> ending = new AtomicReference<>();
  private final CountDownLatch hasEnded = new CountDownLatch(1);
  // By nanoClock; NEVER while a request is being performed.
  private volatile long deadlineNs;
  // When silence counts again after a subscription.
  private volatile long feedDeadlineNs;
  private final List<Feed> feeds = new CopyOnWriteArrayList<>();
  // By nanoClock: since when one message is being sent to a session that has to take it.
  private volatile long sendingSinceNs = NEVER;
  private volatile @Nullable Long killedBy;
  private boolean hasStarted;

  /// @param nanoClock a clock that only goes forward, in nanoseconds
  SessionDriver(
      SessionServices services, SessionTransport transport, long id, LongSupplier nanoClock) {
    this.services = services;
    this.transport = transport;
    this.context = new SessionContext(id, transport.user());
    this.session = new NetconfSession(services.reader(), services.limits().maxMessageBytes());
    this.out = new FrameEncoder(transport.output());
    this.loginTime = services.registry().now();
    this.nanoClock = nanoClock;
    long nowNs = nanoClock.getAsLong();
    this.feedDeadlineNs = nowNs;
    this.deadlineNs = nowNs + services.limits().helloTimeout().toNanos();
  }

  long id() {
    return context.sessionId();
  }

  String user() {
    return context.user();
  }

  SessionStatus status() {
    return new SessionStatus(
        id(), transport.protocol(), transport.user(), transport.sourceHost(), loginTime, counters);
  }

  /// Serves the session until it ends.
  void run() {
    services.registry().add(this);
    try {
      sendHello();
      readAll(transport.input());
    } catch (IOException | XMLStreamException e) {
      LOG.debug("Session {}: {}", id(), e.toString());
    } catch (RuntimeException e) {
      LOG.error("Session {} failed", id(), e);
    } finally {
      finish();
    }
  }

  private void finish() {
    ending.compareAndSet(null, TerminationReason.DROPPED);
    TerminationReason reason = Objects.requireNonNull(ending.get());
    services.notifications().endSession(id());
    services.subscriptions().endSession(context);
    // Whoever sees the connection end finds the locks free.
    services.release().accept(context);
    transport.close(reason.isOrderly());
    services.registry().remove(this, reason);
    if (hasStarted || reason == TerminationReason.BAD_HELLO) {
      services
          .base()
          .sessionEnded(
              party(),
              reason.wire(),
              reason == TerminationReason.KILLED
                  ? Optional.ofNullable(killedBy)
                  : Optional.empty());
    }
    hasEnded.countDown();
    LOG.info("Session {} of {} ended: {}", id(), context.user(), reason);
  }

  private void readAll(InputStream in) throws IOException, XMLStreamException {
    byte[] bytes = new byte[READ_BYTES];
    while (!isEnding()) {
      int count = in.read(bytes);
      if (count < 0) {
        perform(session.inputEnded());
        return;
      }
      if (!session.isAwaitingHello()) {
        deadlineNs = NEVER;
      }
      ByteBuffer input = ByteBuffer.wrap(bytes, 0, count);
      boolean isMessage = true;
      while (!isEnding() && (isMessage || input.hasRemaining())) {
        isMessage = perform(session.receive(input));
        tellStart();
      }
      if (!session.isAwaitingHello()) {
        deadlineNs = idleDeadline();
      }
    }
  }

  private void tellStart() {
    if (!hasStarted && !session.isAwaitingHello() && !isEnding()) {
      hasStarted = true;
      services.base().sessionStarted(party());
    }
  }

  private BaseNotifications.Party party() {
    return new BaseNotifications.Party(context.user(), id(), Optional.of(transport.sourceHost()));
  }

  private boolean isEnding() {
    return ending.get() != null;
  }

  private long idleDeadline() {
    Duration idle = services.limits().idleTimeout();
    return idle.isZero() ? NEVER : nanoClock.getAsLong() + idle.toNanos();
  }

  private boolean perform(List<SessionOutput> outputs) throws IOException, XMLStreamException {
    for (SessionOutput output : outputs) {
      switch (output) {
        case SessionOutput.SwitchToChunked _ -> switchToChunked();
        case SessionOutput.Perform(Rpc rpc) -> perform(rpc);
        case SessionOutput.Answer(RpcMessage.Refused refused) -> answer(refused);
        case SessionOutput.End(TerminationReason reason) -> ending.compareAndSet(null, reason);
      }
    }
    return !outputs.isEmpty();
  }

  private void perform(Rpc rpc) throws IOException, XMLStreamException {
    count(SessionCounters::countRpc);
    // What was sent before a kill but not begun is not done any more.
    if (isEnding()) {
      return;
    }
    Reply reply = services.executor().perform(rpc.operation(), context);
    send(Optional.of(rpc.envelope()), reply);
    if (rpc.operation() instanceof Operation.CreateSubscription && reply instanceof Reply.Ok) {
      services.notifications().find(id()).ifPresent(this::startFeed);
    }
    services.subscriptions().settle(id()).forEach(this::startFeed);
  }

  private void startFeed(Feed feed) {
    feeds.add(feed);
    Thread.ofVirtual().name("netconf-feed-" + id()).start(() -> send(feed));
  }

  private void send(Feed feed) {
    try {
      Optional<? extends Feed.Message> next = feed.take();
      while (next.isPresent()) {
        send(next.get());
        next = feed.take();
      }
    } catch (IOException e) {
      LOG.debug("Session {}: {}", id(), e.toString());
      end(TerminationReason.DROPPED);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      feedDeadlineNs = idleDeadline();
      if (!feed.isOverrun()) {
        feeds.remove(feed);
      }
    }
  }

  private void send(Feed.Message message) throws IOException {
    outLock.lock();
    try {
      count(SessionCounters::countNotification);
      sendingSinceNs = nanoClock.getAsLong();
      message.writeTo(out);
      out.endMessage();
      sendingSinceNs = NEVER;
    } finally {
      outLock.unlock();
    }
  }

  // RFC 6022: bad are messages that fail at the rpc layer; what an operation refuses is no bad rpc.
  private void answer(RpcMessage.Refused refused) throws IOException, XMLStreamException {
    boolean isBadRpc = refused.errors().getFirst().type() == ErrorType.RPC;
    count(isBadRpc ? SessionCounters::countBadRpc : SessionCounters::countRpc);
    send(refused.envelope(), new Reply.Refused(refused.errors()));
  }

  private void count(Consumer<SessionCounters> what) {
    what.accept(counters);
    what.accept(services.registry().totals());
  }

  private void sendHello() throws IOException, XMLStreamException {
    outLock.lock();
    try {
      HelloWriter.write(out, services.capabilities(), id());
      out.endMessage();
    } finally {
      outLock.unlock();
    }
  }

  private void switchToChunked() {
    outLock.lock();
    try {
      out.switchToChunked();
    } finally {
      outLock.unlock();
    }
  }

  private void send(Optional<RpcEnvelope> envelope, Reply reply)
      throws IOException, XMLStreamException {
    if (reply instanceof Reply.Refused) {
      count(SessionCounters::countRpcError);
    }
    outLock.lock();
    try {
      services.writer().write(out, envelope, reply);
      out.endMessage();
    } finally {
      outLock.unlock();
    }
  }

  /// Ends the session from outside; the first reason counts.
  ///
  /// @return false if it was ending already
  boolean end(TerminationReason reason) {
    boolean isFirst = ending.compareAndSet(null, reason);
    if (isFirst) {
      transport.close(reason.isOrderly());
    }
    return isFirst;
  }

  /// Ends the session and gives back what it held before this returns.
  ///
  /// @param by the session that asked for it
  boolean kill(long by) {
    if (ending.get() == null) {
      killedBy = by;
    }
    boolean isFirst = end(TerminationReason.KILLED);
    if (!awaitEnd()) {
      // It is stuck in a request: whatever that still does, its locks go now and once more then.
      services.release().accept(context);
    }
    return isFirst;
  }

  /// Waits until the session's thread has ended; false if that takes too long.
  boolean awaitEnd() {
    try {
      return hasEnded.await(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Ends the session if it has been silent for too long, or does not read. One that listens to
  /// notifications may be silent.
  void endIfOverdue(long nowNs) {
    long sinceNs = sendingSinceNs;
    boolean isStuck = sinceNs != NEVER && nowNs - sinceNs > SEND_PATIENCE.toNanos();
    if (isStuck || feeds.stream().anyMatch(Feed::isOverrun)) {
      end(TerminationReason.SLOW_READER);
    }
    if (!feeds.isEmpty()) {
      return;
    }
    if (isPast(deadlineNs, nowNs) && isPast(feedDeadlineNs, nowNs)) {
      end(TerminationReason.TIMEOUT);
    }
  }

  private static boolean isPast(long deadlineNs, long nowNs) {
    return deadlineNs != NEVER && nowNs - deadlineNs > 0;
  }
}
