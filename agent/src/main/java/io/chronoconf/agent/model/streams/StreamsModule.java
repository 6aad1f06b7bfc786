package io.chronoconf.agent.model.streams;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Shows the one event stream. Has no configuration. Any thread.
public final class StreamsModule implements ManagedModule {
  private static final ModuleNames NAMES =
      ModuleNames.of("urn:ietf:params:xml:ns:netmod:notification", "2008-07-14");
  private static final QName ROOT = NAMES.name("netconf");

  /// What is handled here, the notifications of the protocol itself among it. Capabilities never
  /// change while the agent runs.
  public static final PathTable PATHS =
      PathTable.of(
          "notifications",
          """
          state
          /manageEvent:netconf/manageEvent:streams/manageEvent:stream/manageEvent:name
          /manageEvent:netconf/manageEvent:streams/manageEvent:stream/manageEvent:description
          /manageEvent:netconf/manageEvent:streams/manageEvent:stream/manageEvent:replaySupport
          /manageEvent:netconf/manageEvent:streams/manageEvent:stream/manageEvent:replayLogCreationTime
          /manageEvent:replayComplete
          /manageEvent:notificationComplete
          /ncn:netconf-session-start
          /ncn:netconf-session-end
          /ncn:netconf-config-change
          /ncn:netconf-confirmed-commit
          never
          /ncn:netconf-capability-change
          rpc
          /ncEvent:create-subscription
          """);

  private final NodeSchema schema;
  private final NotificationHub hub;

  /// @param schema the schema's root
  public StreamsModule(NodeSchema schema, NotificationHub hub) {
    this.schema = schema;
    this.hub = hub;
  }

  @Override
  public String name() {
    return "notifications";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of();
  }

  @Override
  public Prepared prepare(ConfigChange change) {
    return Prepared.NOTHING;
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(ROOT);
  }

  @Override
  public List<DataContainerChild> state(QName root) {
    return List.of(
        StateBuilder.container(
            schema,
            ROOT,
            netconf ->
                netconf.container(
                    NAMES.name("streams"),
                    streams -> streams.entry(NAMES.name("stream"), this::stream))));
  }

  private void stream(StateBuilder stream) {
    stream
        .leaf(NAMES.name("name"), NotificationHub.STREAM)
        .leaf(NAMES.name("description"), "All notifications of this device.")
        .leaf(NAMES.name("replaySupport"), true)
        .leaf(NAMES.name("replayLogCreationTime"), hub.created());
  }
}
