package io.chronoconf.agent.model.subscriptions;

import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.subscription.Notices;
import io.chronoconf.agent.netconf.subscription.Subscriptions.Status;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Shows the stream and who has subscribed to what (RFC 8639 section 3), and keeps the filters that
/// subscriptions name. Any thread.
public final class SubscriptionsModule implements ManagedModule {
  private static final QName STREAMS = Notices.name("streams");
  private static final QName FILTERS = Notices.name("filters");
  private static final QName SUBSCRIPTIONS = Notices.name("subscriptions");

  public static final PathTable PATHS =
      PathTable.of(
          "subscriptions",
          """
          config
          /sn:filters/sn:stream-filter/sn:name
          /sn:filters/sn:stream-filter/sn:stream-xpath-filter
          /sn:filters/yp:selection-filter/yp:filter-id
          /sn:filters/yp:selection-filter/yp:datastore-xpath-filter
          state
          /sn:streams/sn:stream/sn:name
          /sn:streams/sn:stream/sn:description
          /sn:streams/sn:stream/sn:replay-support
          /sn:streams/sn:stream/sn:replay-log-creation-time
          /sn:subscriptions/sn:subscription/sn:id
          /sn:subscriptions/sn:subscription/sn:stream
          /sn:subscriptions/sn:subscription/sn:stream-filter-name
          /sn:subscriptions/sn:subscription/sn:stream-xpath-filter
          /sn:subscriptions/sn:subscription/sn:replay-start-time
          /sn:subscriptions/sn:subscription/sn:stop-time
          /sn:subscriptions/sn:subscription/sn:encoding
          /sn:subscriptions/sn:subscription/sn:receivers/sn:receiver/sn:name
          /sn:subscriptions/sn:subscription/sn:receivers/sn:receiver/sn:sent-event-records
          /sn:subscriptions/sn:subscription/sn:receivers/sn:receiver/sn:excluded-event-records
          /sn:subscriptions/sn:subscription/sn:receivers/sn:receiver/sn:state
          /sn:subscriptions/sn:subscription/yp:datastore
          /sn:subscriptions/sn:subscription/yp:selection-filter-ref
          /sn:subscriptions/sn:subscription/yp:datastore-xpath-filter
          /sn:subscriptions/sn:subscription/yp:periodic
          /sn:subscriptions/sn:subscription/yp:periodic/yp:period
          /sn:subscriptions/sn:subscription/yp:periodic/yp:anchor-time
          /sn:subscriptions/sn:subscription/yp:on-change
          /sn:subscriptions/sn:subscription/yp:on-change/yp:dampening-period
          /sn:subscriptions/sn:subscription/yp:on-change/yp:sync-on-start
          /sn:subscriptions/sn:subscription/yp:on-change/yp:excluded-change
          /sn:replay-completed
          /sn:subscription-modified
          /sn:subscription-terminated
          /yp:push-update
          /yp:push-change-update
          never
          /sn:streams/sn:stream/sn:replay-log-aged-time
          /sn:subscriptions/sn:subscription/sn:stream-subtree-filter
          /sn:subscriptions/sn:subscription/yp:datastore-subtree-filter
          /sn:subscription-resumed
          /sn:subscription-suspended
          rpc
          /sn:establish-subscription
          /sn:modify-subscription
          /sn:delete-subscription
          /sn:kill-subscription
          /yp:resync-subscription
          """);

  private final NodeSchema schema;
  private final NotificationHub hub;
  private final Supplier<List<Status>> subscriptions;

  /// @param schema the schema's root
  /// @param subscriptions asked whenever the state is
  public SubscriptionsModule(
      NodeSchema schema, NotificationHub hub, Supplier<List<Status>> subscriptions) {
    this.schema = schema;
    this.hub = hub;
    this.subscriptions = subscriptions;
  }

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(FILTERS);
  }

  // Filters are looked up when a subscription names them.
  @Override
  public Prepared prepare(ConfigChange change) {
    return Prepared.NOTHING;
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(STREAMS, SUBSCRIPTIONS);
  }

  @Override
  public List<DataContainerChild> state(QName root) {
    return List.of(
        StateBuilder.container(
            schema, root, root.equals(STREAMS) ? this::streams : this::subscriptions));
  }

  private void streams(StateBuilder streams) {
    streams.entry(
        Notices.name("stream"),
        stream ->
            stream
                .leaf(Notices.name("name"), NotificationHub.STREAM)
                .leaf(Notices.name("description"), "All notifications of this device.")
                .leaf(Notices.name("replay-support"), Empty.value())
                .leaf(Notices.name("replay-log-creation-time"), hub.created()));
  }

  private void subscriptions(StateBuilder all) {
    for (Status status : subscriptions.get()) {
      all.entry(Notices.name("subscription"), into -> subscription(into, status));
    }
  }

  private static void subscription(StateBuilder into, Status status) {
    into.leaf(Notices.name("id"), status.id())
        .leaf(Notices.name("encoding"), Notices.name("encode-xml"));
    Notices.describe(into, status.request());
    into.container(
        Notices.name("receivers"),
        receivers ->
            receivers.entry(Notices.name("receiver"), receiver -> receiver(receiver, status)));
  }

  private static void receiver(StateBuilder receiver, Status status) {
    receiver
        .leaf(
            Notices.name("name"),
            "session %d of %s".formatted(status.session().sessionId(), status.session().user()))
        .leaf(Notices.name("sent-event-records"), status.sent())
        .leaf(Notices.name("excluded-event-records"), status.excluded())
        .leaf(Notices.name("state"), "active");
  }
}
