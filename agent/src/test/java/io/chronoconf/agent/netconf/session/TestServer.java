package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.model.factorydefault.FactoryReset;
import io.chronoconf.agent.model.ietfinterfaces.InterfacesModule;
import io.chronoconf.agent.model.monitoring.MonitoringModule;
import io.chronoconf.agent.model.networkinstance.NetworkInstancesModule;
import io.chronoconf.agent.model.streams.StreamsModule;
import io.chronoconf.agent.model.subscriptions.SubscriptionsModule;
import io.chronoconf.agent.model.transactions.Rollback;
import io.chronoconf.agent.model.transactions.TransactionsModule;
import io.chronoconf.agent.model.yanglibrary.YangLibraryModule;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.agent.netconf.subscription.Subscriptions;
import io.chronoconf.agent.netconf.url.ConfigUrls;
import io.chronoconf.datastore.DatastoreOptions;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.store.StoreException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.yang.YangSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A NETCONF server on real datastores, without a network.
public final class TestServer implements AutoCloseable {
  public static final YangSchema YANG = YangSchema.load();

  /// With everything that is a matter of options.
  public static final YangSchema ALL =
      YangSchema.load(List.of(), Set.of("startup", "url", "writable-running"));

  public final Datastores datastores;
  public final FakeAlarms alarms = new FakeAlarms();
  public final NetconfServer netconf;
  public final SessionRegistry registry;
  public final NotificationHub notifications;
  public final Subscriptions subscriptions;

  /// What the handler of ietf-ntp's statistics-reset was called with.
  public final List<Optional<String>> resets = new ArrayList<>();

  public TestServer(Path folder, SessionLimits limits) throws StoreException, RpcException {
    this(folder, limits, InstantSource.system());
  }

  /// @param clock of the notifications
  public TestServer(Path folder, SessionLimits limits, InstantSource clock)
      throws StoreException, RpcException {
    this(folder, limits, clock, YANG, ConfigUrls.NONE);
  }

  /// A server whose first start makes that configuration.
  ///
  /// @param config top-level elements
  public static TestServer withFirst(Path folder, String config)
      throws StoreException, RpcException {
    return new TestServer(
        folder,
        SessionLimits.DEFAULT,
        InstantSource.system(),
        YANG,
        ConfigUrls.NONE,
        root ->
            EditXml.read(
                root,
                new ByteArrayInputStream(
                    ("<config>" + config + "</config>").getBytes(StandardCharsets.UTF_8))),
        _ -> List.of());
  }

  /// A server of a host with these interfaces.
  public static TestServer withHost(Path folder, Supplier<HostNetwork> host)
      throws StoreException, RpcException {
    return withModules(
        folder,
        root ->
            List.of(
                new NetworkInstancesModule(root),
                new InterfacesModule(root, host, InstantSource.system())));
  }

  /// A server whose configuration is driven by these modules too.
  public static TestServer withModules(Path folder, Function<NodeSchema, List<ManagedModule>> more)
      throws StoreException, RpcException {
    return new TestServer(
        folder,
        SessionLimits.DEFAULT,
        InstantSource.system(),
        YANG,
        ConfigUrls.NONE,
        _ -> EditTree.EMPTY,
        more);
  }

  /// @param yang [#YANG] or [#ALL]
  public TestServer(
      Path folder, SessionLimits limits, InstantSource clock, YangSchema yang, ConfigUrls urls)
      throws StoreException, RpcException {
    this(folder, limits, clock, yang, urls, _ -> EditTree.EMPTY, _ -> List.of());
  }

  private TestServer(
      Path folder,
      SessionLimits limits,
      InstantSource clock,
      YangSchema yang,
      ConfigUrls urls,
      Datastores.FirstConfig first,
      Function<NodeSchema, List<ManagedModule>> more)
      throws StoreException, RpcException {
    NodeSchema root = NodeSchema.rootOf(yang.context());
    boolean hasAll = yang == ALL;
    AccessControl access = new AccessControl(root, Set.of());
    notifications = new NotificationHub(yang.context(), access, clock);
    registry = new SessionRegistry(limits, InstantSource.system());
    AtomicReference<Supplier<MonitoringModule.Locks>> locks =
        new AtomicReference<>(() -> MonitoringModule.Locks.NONE);
    List<ManagedModule> modules = new ArrayList<>(more.apply(root));
    modules.addAll(
        List.of(
            new MonitoringModule(
                root,
                yang,
                registry,
                ServerCapabilities.of(yang, urls.schemes()),
                () -> Objects.requireNonNull(locks.get()).get()),
            new TransactionsModule(root, () -> state(this)),
            new YangLibraryModule(root, yang),
            new StreamsModule(root, notifications),
            new SubscriptionsModule(root, notifications, () -> subscriptions(this))));
    datastores =
        Datastores.open(
            root,
            folder,
            first,
            modules,
            new DatastoreOptions(access, InstantSource.system(), alarms, hasAll, hasAll));
    locks.set(() -> new MonitoringModule.Locks(datastores.locks(), datastores.partialLocks()));
    subscriptions =
        new Subscriptions(
            datastores, notifications, clock, limits.maxSubscriptions(), limits.maxXPathSteps());
    netconf =
        new NetconfServer(
            datastores,
            yang,
            registry,
            limits,
            notifications,
            subscriptions,
            urls,
            List.of(
                new StatisticsReset(),
                new Rollback(datastores),
                new FactoryReset(datastores, registry)));
  }

  private static List<Subscriptions.Status> subscriptions(TestServer server) {
    return server.subscriptions.all();
  }

  private static TransactionsModule.State state(TestServer server) {
    return new TransactionsModule.State(server.datastores.revision(), server.datastores.history());
  }

  private final class StatisticsReset implements RpcHandler {
    private final QName name =
        QName.create("urn:ietf:params:xml:ns:yang:ietf-ntp", "2022-07-05", "statistics-reset");

    @Override
    public QName rpc() {
      return name;
    }

    @Override
    public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session) {
      resets.add(input.leaf(QName.create(name, "associations-address"), String.class));
      return Optional.empty();
    }
  }

  /// A new session, its hello not yet exchanged.
  public TestSession connect() {
    TestSession session = new TestSession();
    netconf.serve(session.transport());
    return session;
  }

  /// A session that speaks base:1.1.
  public TestSession session() throws IOException {
    TestSession session = connect();
    session.hello();
    return session;
  }

  @Override
  public void close() {
    netconf.close();
    datastores.close();
  }
}
