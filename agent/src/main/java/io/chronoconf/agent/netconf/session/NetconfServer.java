package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.message.ReplyWriter;
import io.chronoconf.agent.netconf.message.RpcReader;
import io.chronoconf.agent.netconf.notification.BaseNotifications;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.operation.OperationExecutor;
import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.agent.netconf.subscription.Subscriptions;
import io.chronoconf.agent.netconf.url.ConfigUrls;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves NETCONF over whatever transports bring along. Any thread.
public final class NetconfServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetconfServer.class);
  private static final long WATCH_PERIOD_MS = 500;

  private final SessionServices services;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("netconf-watch").unstarted(task));
  private final AtomicLong refused = new AtomicLong();

  /// Starts to watch over the sessions of the registry.
  ///
  /// @param urls where configurations may lie besides
  /// @param handlers one for each rpc that modules define
  public NetconfServer(
      Datastores datastores,
      YangSchema schema,
      SessionRegistry registry,
      SessionLimits limits,
      NotificationHub notifications,
      Subscriptions subscriptions,
      ConfigUrls urls,
      List<RpcHandler> handlers) {
    BaseNotifications base = new BaseNotifications(notifications);
    this.services =
        new SessionServices(
            new RpcReader(datastores.root(), ServerCapabilities.features(schema), limits.xml()),
            new ReplyWriter(datastores.root()),
            new OperationExecutor(
                datastores,
                schema,
                registry,
                notifications,
                subscriptions,
                urls,
                handlers,
                limits.maxXPathSteps()),
            registry,
            limits,
            notifications,
            subscriptions,
            base,
            ServerCapabilities.of(schema, urls.schemes()),
            datastores::endSession);
    datastores.listen(subscriptions);
    datastores.listen(new CommitNews(base, by -> party(by, registry)));
    ScheduledFuture<?> _ =
        watch.scheduleWithFixedDelay(
            () -> {
              registry.endOverdue(System.nanoTime());
              notifications.completeExpired();
            },
            WATCH_PERIOD_MS,
            WATCH_PERIOD_MS,
            TimeUnit.MILLISECONDS);
  }

  private static Optional<BaseNotifications.Party> party(
      SessionContext session, SessionRegistry registry) {
    return session.equals(SessionContext.AGENT)
        ? Optional.empty()
        : Optional.of(
            new BaseNotifications.Party(
                session.user(), session.sessionId(), registry.sourceHost(session.sessionId())));
  }

  /// Serves a session on a thread of its own and closes the transport when it ends. If there are
  /// too many sessions, refuses it at once.
  public void serve(SessionTransport transport) {
    Optional<Long> id = services.registry().reserve(transport.user());
    if (id.isEmpty()) {
      String reason = services.registry().whatIsInUse(transport.user());
      LOG.warn(
          "A session of {} from {} is refused, {} are in use ({} refused so far): end some, or"
              + " allow more.",
          transport.user(),
          transport.sourceHost(),
          reason,
          refused.incrementAndGet());
      transport.refuse("No session: " + reason + " are in use. End some, or allow more.");
      return;
    }
    SessionDriver driver = new SessionDriver(services, transport, id.get(), System::nanoTime);
    Thread.ofVirtual().name("netconf-session-" + id.get()).start(driver::run);
  }

  /// Ends all sessions that there are, while their transports can still say goodbye.
  public void endSessions() {
    services.registry().endAll();
  }

  /// Ends all sessions.
  @Override
  public void close() {
    watch.shutdownNow();
    services.registry().endAll();
  }
}
