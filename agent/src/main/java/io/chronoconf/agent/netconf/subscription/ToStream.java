package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.SubscriptionErrors;
import io.chronoconf.agent.netconf.message.SubscriptionRequest;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Target;
import io.chronoconf.agent.netconf.notification.Feed;
import io.chronoconf.agent.netconf.notification.Notification;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.notification.Subscription;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.lock.SessionContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A subscription to the event stream.
final class ToStream extends Receiver {
  private final SubscriptionFactory factory;
  private final NotificationHub hub;
  private final Subscription queue;
  private final AtomicLong excluded = new AtomicLong();
  private volatile Optional<DataFilter> filter;

  ToStream(
      long id,
      SessionContext session,
      SubscriptionRequest request,
      Target.Stream target,
      SubscriptionFactory factory,
      NotificationHub hub)
      throws RpcException {
    super(id, session, request);
    this.factory = factory;
    this.hub = hub;
    this.filter = factory.eventFilter(target.selection());
    this.queue =
        hub.attach(
            this::admit,
            target.replayStart(),
            request.stop(),
            factory.notices().replayCompleted(id),
            () -> factory.notices().terminated(id));
  }

  // What tells of the subscription itself is always sent.
  private Optional<Notification> admit(Notification notification) {
    Optional<Notification> admitted =
        factory.notices().isOne(notification)
            ? Optional.of(notification)
            : hub.admit(session, filter, notification);
    if (admitted.isEmpty()) {
      excluded.incrementAndGet();
    }
    return admitted;
  }

  @Override
  Feed feed() {
    return queue;
  }

  @Override
  long excluded() {
    return excluded.get();
  }

  @Override
  Runnable modification(SubscriptionRequest wanted) throws RpcException {
    if (!(wanted.target() instanceof Target.Stream change)) {
      throw SubscriptionErrors.filterUnsupported(
          "This subscription is to a stream, and cannot become one to a datastore.");
    }
    Optional<DataFilter> changed = factory.eventFilter(change.selection());
    Target.Stream before = (Target.Stream) request.target();
    SubscriptionRequest after =
        new SubscriptionRequest(
            new Target.Stream(before.name(), change.selection(), before.replayStart()),
            wanted.stop(),
            request.encoding());
    return () -> {
      request = after;
      filter = changed;
      queue.stopAt(after.stop());
      queue.offer(factory.notices().modified(id, after));
    };
  }

  @Override
  void changed() {
    // Events come by themselves.
  }

  @Override
  boolean isOnChange() {
    return false;
  }

  @Override
  void resync() {
    throw new IllegalStateException("events have no whole");
  }

  @Override
  void terminate() {
    queue.complete(factory.notices().terminated(id));
  }

  @Override
  void close() {
    hub.detach(queue);
  }
}
