package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.SubscriptionErrors;
import io.chronoconf.agent.netconf.message.SubscriptionRequest;
import io.chronoconf.agent.netconf.notification.Feed;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.commit.CommitListener;
import io.chronoconf.datastore.commit.ConfirmEvent;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// All subscriptions that sessions have established. Any thread.
public final class Subscriptions implements CommitListener {
  private final SubscriptionFactory factory;
  private final int maxPerSession;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, Receiver> byId = new ConcurrentHashMap<>();
  // By session: what happens once the reply is out.
  private final Map<Long, List<Runnable>> afterReply = new ConcurrentHashMap<>();
  private final Map<Long, List<Feed>> unstarted = new ConcurrentHashMap<>();

  /// @param maxPerSession how many one session may have
  /// @param maxXPathSteps what evaluating a filter may cost
  public Subscriptions(
      Datastores datastores,
      NotificationHub hub,
      InstantSource clock,
      int maxPerSession,
      long maxXPathSteps) {
    this.factory = new SubscriptionFactory(datastores, hub, clock, maxXPathSteps);
    this.maxPerSession = maxPerSession;
  }

  /// What is known of a subscription.
  ///
  /// @param id its number
  /// @param session whose it is
  /// @param request as it is now
  /// @param sent events and updates that were sent
  /// @param excluded events that its filter or access control kept back
  public record Status(
      long id, SessionContext session, SubscriptionRequest request, long sent, long excluded) {}

  /// What a client learns of its new subscription.
  ///
  /// @param id its number
  /// @param replayStart when the replay really begins, if that is later than what was asked for
  public record Established(long id, Optional<Instant> replayStart) {}

  /// Establishes a subscription. Nothing is sent before [#settle].
  ///
  /// @throws RpcException with the identity that says why not
  public Established establish(SessionContext session, SubscriptionRequest request)
      throws RpcException {
    if (count(session) >= maxPerSession) {
      throw SubscriptionErrors.insufficientResources(maxPerSession);
    }
    long id = lastId.incrementAndGet();
    Receiver established = factory.establish(id, session, request);
    byId.put(id, established);
    unstarted
        .computeIfAbsent(session.sessionId(), _ -> new ArrayList<>())
        .add(established.feed(() -> byId.remove(id)));
    return new Established(id, factory.laterReplay(request));
  }

  private long count(SessionContext session) {
    return byId.values().stream().filter(s -> s.isOf(session)).count();
  }

  /// Changes a subscription of the session.
  public void modify(SessionContext session, long id, SubscriptionRequest request)
      throws RpcException {
    Receiver subscription = own(session, id);
    later(session, subscription.modification(request));
  }

  private void later(SessionContext session, Runnable change) {
    afterReply.computeIfAbsent(session.sessionId(), _ -> new ArrayList<>()).add(change);
  }

  /// Ends a subscription of the session.
  public void delete(SessionContext session, long id) throws RpcException {
    own(session, id).close();
    byId.remove(id);
  }

  /// Ends a subscription, whosever it is, and tells its receiver.
  public void kill(long id) throws RpcException {
    Receiver subscription = byId.remove(id);
    if (subscription == null) {
      throw SubscriptionErrors.noSuchSubscription(id);
    }
    subscription.terminate();
  }

  /// Sends all of what an on-change subscription of the session selects.
  public void resync(SessionContext session, long id) throws RpcException {
    Receiver subscription = byId.get(id);
    if (subscription == null || !subscription.isOf(session) || !subscription.isOnChange()) {
      throw SubscriptionErrors.noSuchSubscriptionToResync(id);
    }
    later(session, subscription::resync);
  }

  private Receiver own(SessionContext session, long id) throws RpcException {
    Receiver subscription = byId.get(id);
    if (subscription == null || !subscription.isOf(session)) {
      throw SubscriptionErrors.noSuchSubscription(id);
    }
    return subscription;
  }

  /// Lets happen what had to wait for a reply.
  ///
  /// @return what the session has to send from now on
  public List<Feed> settle(long sessionId) {
    Optional.ofNullable(afterReply.remove(sessionId))
        .ifPresent(changes -> changes.forEach(Runnable::run));
    return Optional.ofNullable(unstarted.remove(sessionId)).orElse(List.of());
  }

  /// Ends the subscriptions of a session that ends.
  public void endSession(SessionContext session) {
    unstarted.remove(session.sessionId());
    afterReply.remove(session.sessionId());
    byId.values().stream().filter(s -> s.isOf(session)).forEach(Receiver::close);
    byId.values().removeIf(s -> s.isOf(session));
  }

  /// All subscriptions in the order of their numbers.
  public List<Status> all() {
    return byId.values().stream()
        .map(Receiver::status)
        .sorted(Comparator.comparingLong(Status::id))
        .toList();
  }

  @Override
  public void committed(SessionContext session, List<EditSummary.Change> changes) {
    byId.values().forEach(Receiver::changed);
  }

  @Override
  public void saved(SessionContext session, List<EditSummary.Change> changes) {
    // Nobody subscribes to startup.
  }

  @Override
  public void confirmation(SessionContext session, ConfirmEvent event, Optional<Duration> timeout) {
    // Tells nothing of data.
  }
}
