package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.SubscriptionErrors;
import io.chronoconf.agent.netconf.message.SubscriptionRequest;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Target;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.agent.netconf.notification.Feed;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A subscription to the content of a datastore.
final class ToDatastore extends Receiver {
  private final SubscriptionFactory factory;
  private final PushFeed feed;

  ToDatastore(
      long id,
      SessionContext session,
      SubscriptionRequest request,
      Target.Datastore target,
      SubscriptionFactory factory)
      throws RpcException {
    super(id, session, request);
    this.factory = factory;
    Trigger trigger = factory.trigger(target, true);
    Supplier<ContainerNode> content = factory.content(session, target);
    this.feed = factory.push(id, content, trigger, request.stop());
  }

  @Override
  Feed feed() {
    return feed;
  }

  @Override
  long excluded() {
    return 0;
  }

  @Override
  Runnable modification(SubscriptionRequest wanted) throws RpcException {
    if (!(wanted.target() instanceof Target.Datastore change)) {
      throw SubscriptionErrors.filterUnsupported(
          "This subscription is to a datastore, and cannot become one to a stream.");
    }
    Target.Datastore before = (Target.Datastore) request.target();
    Target.Datastore whole =
        new Target.Datastore(
            change.name(), change.selection(), factory.changed(before.trigger(), change.trigger()));
    Trigger trigger = factory.trigger(whole, false);
    Supplier<ContainerNode> content = factory.content(session, whole);
    SubscriptionRequest after = new SubscriptionRequest(whole, wanted.stop(), request.encoding());
    return () -> {
      request = after;
      feed.modify(content, trigger, after.stop(), factory.notices().modified(id, after));
    };
  }

  @Override
  void changed() {
    feed.changed();
  }

  @Override
  boolean isOnChange() {
    return request.target() instanceof Target.Datastore target
        && target.trigger().orElse(null) instanceof Trigger.OnChange;
  }

  @Override
  void resync() {
    feed.resync();
  }

  @Override
  void terminate() {
    feed.end(factory.notices().terminated(id));
  }

  @Override
  void close() {
    feed.close();
  }
}
