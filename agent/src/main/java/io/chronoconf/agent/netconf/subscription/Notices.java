package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.SubscriptionRequest;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Selection;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Target;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.agent.netconf.notification.Notification;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;

/// Makes the notifications that tell a receiver of its subscription (RFC 8639 section 2.7), and the
/// names that they have in common with the state. Any thread.
public final class Notices {
  private static final String NAMESPACE =
      "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";
  private static final String PUSH = "urn:ietf:params:xml:ns:yang:ietf-yang-push";
  private static final String REVISION = "2019-09-09";
  private static final long CENTISECOND_MS = 10;

  private static final Set<QName> ALL =
      Set.of(
          name("replay-completed"), name("subscription-modified"), name("subscription-terminated"));

  private final NotificationHub hub;

  Notices(NotificationHub hub) {
    this.hub = hub;
  }

  /// A name of ietf-subscribed-notifications.
  public static QName name(String local) {
    return QName.create(NAMESPACE, REVISION, local);
  }

  /// A name of ietf-yang-push.
  public static QName pushName(String local) {
    return QName.create(PUSH, REVISION, local);
  }

  boolean isOne(Notification notification) {
    return ALL.contains(notification.name());
  }

  Notification replayCompleted(long id) {
    return hub.make(name("replay-completed"), n -> n.leaf(name("id"), id));
  }

  /// Says that there is no such subscription any more: it was killed, or its stop time has come.
  /// The notification that RFC 8639 has for the latter is for configured subscriptions.
  Notification terminated(long id) {
    return hub.make(
        name("subscription-terminated"),
        n -> n.leaf(name("id"), id).leaf(name("reason"), name("no-such-subscription")));
  }

  Notification modified(long id, SubscriptionRequest request) {
    return hub.make(
        name("subscription-modified"),
        n -> {
          n.leaf(name("id"), id);
          describe(n, request);
        });
  }

  /// Writes what a subscription is about. A subtree filter is not repeated.
  public static void describe(StateBuilder into, SubscriptionRequest request) {
    into.leaf(name("stop-time"), request.stop());
    switch (request.target()) {
      case Target.Stream stream -> {
        into.leaf(name("stream"), stream.name())
            .leaf(name("replay-start-time"), stream.replayStart())
            .leaf(name("stream-filter-name"), reference(stream.selection()))
            .leaf(name("stream-xpath-filter"), expression(stream.selection()));
      }
      case Target.Datastore datastore -> {
        into.leaf(pushName("datastore"), datastore.name())
            .leaf(pushName("selection-filter-ref"), reference(datastore.selection()))
            .leaf(pushName("datastore-xpath-filter"), expression(datastore.selection()));
        datastore.trigger().ifPresent(trigger -> describe(into, trigger));
      }
    }
  }

  private static void describe(StateBuilder into, Trigger trigger) {
    switch (trigger) {
      case Trigger.Periodic periodic ->
          into.container(
              pushName("periodic"),
              inner ->
                  inner
                      .leaf(pushName("period"), periodic.period().toMillis() / CENTISECOND_MS)
                      .leaf(pushName("anchor-time"), periodic.anchor()));
      case Trigger.OnChange onChange ->
          into.container(
              pushName("on-change"),
              inner ->
                  inner
                      .leaf(
                          pushName("dampening-period"),
                          onChange.dampening().toMillis() / CENTISECOND_MS)
                      .leaf(pushName("sync-on-start"), onChange.syncOnStart())
                      .leafList(pushName("excluded-change"), onChange.excluded()));
    }
  }

  private static Optional<String> reference(Optional<Selection> selection) {
    return selection.flatMap(
        s -> s instanceof Selection.Named(String name) ? Optional.of(name) : Optional.empty());
  }

  private static Optional<String> expression(Optional<Selection> selection) {
    return selection.flatMap(
        s -> s instanceof Selection.Given given ? given.expression() : Optional.empty());
  }
}
