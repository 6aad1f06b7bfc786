package io.chronoconf.agent;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.model.SchemaCoverage;
import io.chronoconf.agent.model.factorydefault.FactoryReset;
import io.chronoconf.agent.model.ietfinterfaces.InterfacePaths;
import io.chronoconf.agent.model.ietfinterfaces.InterfacesModule;
import io.chronoconf.agent.model.ietfntp.AcceptOffset;
import io.chronoconf.agent.model.ietfntp.KeyCipher;
import io.chronoconf.agent.model.ietfntp.NtpModule;
import io.chronoconf.agent.model.ietfntp.NtpNotifications;
import io.chronoconf.agent.model.ietfntp.NtpPaths;
import io.chronoconf.agent.model.ietfntp.SetCurrentDatetime;
import io.chronoconf.agent.model.ietfntp.StatisticsReset;
import io.chronoconf.agent.model.ietfntp.TraceRpc;
import io.chronoconf.agent.model.ietfsystem.SystemModule;
import io.chronoconf.agent.model.ietfsystem.SystemPaths;
import io.chronoconf.agent.model.monitoring.MonitoringModule;
import io.chronoconf.agent.model.nacm.NacmModule;
import io.chronoconf.agent.model.nacm.NacmPaths;
import io.chronoconf.agent.model.netconfserver.TransportModule;
import io.chronoconf.agent.model.netconfserver.TransportPaths;
import io.chronoconf.agent.model.networkinstance.NetworkInstancePaths;
import io.chronoconf.agent.model.networkinstance.NetworkInstancesModule;
import io.chronoconf.agent.model.stored.StoredModule;
import io.chronoconf.agent.model.stored.StoredPaths;
import io.chronoconf.agent.model.streams.StreamsModule;
import io.chronoconf.agent.model.subscriptions.SubscriptionsModule;
import io.chronoconf.agent.model.transactions.Rollback;
import io.chronoconf.agent.model.transactions.TransactionsModule;
import io.chronoconf.agent.model.yanglibrary.YangLibraryModule;
import io.chronoconf.agent.netconf.message.XmlLimits;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.agent.netconf.session.NetconfServer;
import io.chronoconf.agent.netconf.session.ServerCapabilities;
import io.chronoconf.agent.netconf.session.SessionLimits;
import io.chronoconf.agent.netconf.session.SessionRegistry;
import io.chronoconf.agent.netconf.subscription.Subscriptions;
import io.chronoconf.agent.netconf.url.ConfigUrls;
import io.chronoconf.agent.netconf.url.FileScheme;
import io.chronoconf.agent.netconf.url.HttpsScheme;
import io.chronoconf.agent.netconf.url.UrlScheme;
import io.chronoconf.agent.ssh.NetconfSshServer;
import io.chronoconf.agent.ssh.SshLimits;
import io.chronoconf.agent.ssh.UserDirectory;
import io.chronoconf.agent.tls.NetconfTlsServer;
import io.chronoconf.agent.tls.TlsLimits;
import io.chronoconf.agent.transport.TransportKind;
import io.chronoconf.agent.transport.Transports;
import io.chronoconf.datastore.DatastoreOptions;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.store.Revision;
import io.chronoconf.datastore.store.StoreException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.control.Identity;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.io.NtpService;
import io.chronoconf.ntp.io.NtpServiceOptions;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.yang.YangSchema;
import io.chronoconf.yang.YangSchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running agent. [#start] is its wiring, top to bottom; [#close] goes back bottom to top.
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /// Every concern says which nodes of the schema it handles.
  static final List<PathTable> PATHS =
      List.of(
          NtpPaths.TABLE,
          NtpNotifications.PATHS,
          SystemPaths.TABLE,
          InterfacePaths.TABLE,
          NetworkInstancePaths.TABLE,
          StoredPaths.TABLE,
          NacmPaths.TABLE,
          TransportPaths.TABLE,
          MonitoringModule.PATHS,
          TransactionsModule.PATHS,
          StreamsModule.PATHS,
          SubscriptionsModule.PATHS,
          FactoryReset.PATHS,
          YangLibraryModule.PATHS);

  /// Something that was started, and what it is.
  private record Part(String what, AutoCloseable part) {}

  private final AgentOptions options;
  private final List<Part> parts = new ArrayList<>();
  private final List<InetSocketAddress> netconfAddresses = new ArrayList<>();
  private Optional<Administrator> newAdministrator = Optional.empty();
  private Optional<StartException> badAdministrator = Optional.empty();
  private Optional<ServiceConfig> ntpService = Optional.empty();
  // The datastores want to know all modules before there is anything of them to be shown.
  private volatile Supplier<MonitoringModule.Locks> locks = () -> MonitoringModule.Locks.NONE;
  private volatile Supplier<List<Subscriptions.Status>> subscriptions = List::of;
  private volatile Supplier<TransactionsModule.State> transactions =
      () -> new TransactionsModule.State(Revision.NONE.id(), List.of());

  private Agent(AgentOptions options) {
    this.options = options;
  }

  /// Starts everything, or nothing.
  ///
  /// @throws StartException if it cannot be; the message says what to do
  static Agent start(AgentOptions options) throws StartException {
    Agent agent = new Agent(options);
    try {
      agent.start();
      return agent;
    } catch (StartException e) {
      agent.close();
      throw agent.withSecret(e);
    } catch (RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  /// The configuration that was just made stays, so this is the only chance to learn its password.
  private StartException withSecret(StartException e) {
    return newAdministrator.orElse(null) instanceof Administrator.WithPassword admin
        ? new StartException(
            "%s%nThe user %s was created before that; the password is %s"
                .formatted(e.getMessage(), Administrator.NAME, admin.password().clear()),
            e)
        : e;
  }

  private void start() throws StartException {
    // Parsing the modules takes longest, and nothing up to the datastores needs them.
    CompletableFuture<YangSchema> parsing = CompletableFuture.supplyAsync(this::loadModules);
    StateFolder folder = started("state folder", StateFolder.open(options.stateFolder()));
    AgentClock clock = started("clock", AgentClock.open(options.clock()));
    NtpService ntp = started("NTP service", startNtp(clock, folder));
    startExampleServer();

    YangSchema yang = parsed(parsing);
    requireCoverage(yang);
    NodeSchema root = NodeSchema.rootOf(yang.context());
    SessionRegistry sessions = new SessionRegistry(sessionLimits(), InstantSource.system());
    SystemModule system = new SystemModule(root, clock::instant);
    NtpModule ntpModule =
        new NtpModule(root, ntp, InstantSource.system(), system::zone, keyCipher(folder));
    AccessControl access = new AccessControl(root, options.netconf().recoveryUsers());
    ConfigUrls urls = urls();
    NotificationHub notifications =
        new NotificationHub(yang.context(), access, InstantSource.system());
    ntp.listen(new NtpNotifications(notifications)::publish);
    Transports transports = new Transports(Transports.Surroundings.real());
    TransportModule transportModule = new TransportModule(root, transports);
    sessions.limitPerUser(transportModule::maxSessionsPerUser);
    InterfacesModule interfaces =
        new InterfacesModule(root, ntp::hostNetwork, InstantSource.system());
    ntp.listenToNetwork(interfaces::networkChanged);
    List<ManagedModule> modules =
        List.of(
            new NacmModule(root, access),
            ntpModule,
            system,
            new NetworkInstancesModule(root),
            interfaces,
            new StoredModule(yang),
            transportModule,
            new MonitoringModule(
                root,
                yang,
                sessions,
                ServerCapabilities.of(yang, urls.schemes()),
                () -> locks.get()),
            new TransactionsModule(root, () -> transactions.get()),
            new YangLibraryModule(root, yang),
            new StreamsModule(root, notifications),
            new SubscriptionsModule(root, notifications, () -> subscriptions.get()));
    Datastores datastores = started("datastores", openDatastores(root, folder, modules, access));
    locks = () -> new MonitoringModule.Locks(datastores.locks(), datastores.partialLocks());
    transactions = () -> new TransactionsModule.State(datastores.revision(), datastores.history());
    Subscriptions established =
        new Subscriptions(
            datastores,
            notifications,
            InstantSource.system(),
            sessionLimits().maxSubscriptions(),
            sessionLimits().maxXPathSteps());
    subscriptions = established::all;

    List<RpcHandler> rpcs =
        List.of(
            new AcceptOffset(ntp),
            new TraceRpc(
                ntpModule, ntp::trace, NodeSchema.outputOf(yang.context(), TraceRpc.name())),
            new SetCurrentDatetime(ntp, ntpModule::isClockNtps, InstantSource.system()),
            new StatisticsReset(ntp),
            new Rollback(datastores),
            new FactoryReset(datastores, sessions));
    NetconfServer netconf =
        started(
            "NETCONF sessions",
            new NetconfServer(
                datastores,
                yang,
                sessions,
                sessionLimits(),
                notifications,
                established,
                urls,
                rpcs));
    NetconfTlsServer tls =
        started(
            "NETCONF over TLS", new NetconfTlsServer(netconf, transportModule::tls, tlsLimits()));
    List<NetconfSshServer> ssh = new ArrayList<>();
    for (InetAddress address : options.netconf().addresses()) {
      ssh.add(listen(address, folder, new LoginDirectory(system), netconf));
    }
    // What is configured carries SSH with the first server's keys and limits.
    started("NETCONF transports", transports)
        .start(Map.of(TransportKind.SSH, ssh.getFirst(), TransportKind.TLS, tls));
    AutoCloseable goodbye = netconf::endSessions;
    started("open sessions", goodbye);
    ntpService = ntpModule.service();
  }

  private <T extends AutoCloseable> T started(String what, T part) {
    parts.addLast(new Part(what, part));
    LOG.debug("{} started, {} ms after the process", what, millisSinceStart());
    return part;
  }

  private static long millisSinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toMillis())
        .orElse(0L);
  }

  private static void requireCoverage(YangSchema yang) {
    List<String> holes = SchemaCoverage.holes(yang, PATHS);
    if (!holes.isEmpty()) {
      throw new IllegalStateException(
          "the program does not handle its schema: " + String.join("; ", holes));
    }
  }

  private static KeyCipher keyCipher(StateFolder folder) throws StartException {
    try {
      return KeyCipher.open(folder.path());
    } catch (IOException e) {
      throw new StartException(
          "the key that encrypts NTP keys cannot be used (%s)".formatted(Reasons.of(e)), e);
    }
  }

  private NtpService startNtp(AgentClock clock, StateFolder folder) throws StartException {
    try {
      return NtpService.start(
          new NtpServiceOptions(
              clock.clock(),
              options.ntp().transport(),
              options.ntp().addresses(),
              Optional.of(folder.clock()),
              new SecureRandom(),
              options.clock().log(),
              options.ntp().serverThreads(),
              identity(),
              MruTable.DEFAULT_CAPACITY,
              options.ntp().hardwareStamps()));
    } catch (UnsupportedOperationException e) {
      throw new StartException(
          "option --transport: %s. Leave the choice to auto.".formatted(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Identity identity() {
    String version = Agent.class.getPackage().getImplementationVersion();
    return new Identity(
        "Chronoconf " + (version == null ? "development" : version),
        System.getProperty("os.arch", "unknown"),
        System.getProperty("os.name", "unknown") + "/" + System.getProperty("os.version", ""));
  }

  private YangSchema loadModules() {
    AgentOptions.Protocol protocol = options.protocol();
    return YangSchema.load(protocol.yangFolders(), protocol.features());
  }

  private static YangSchema parsed(CompletableFuture<YangSchema> parsing) throws StartException {
    try {
      return parsing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof YangSchemaException bad) {
        throw new StartException("option --yang-dir: " + bad.getMessage(), bad);
      }
      throw e;
    }
  }

  private ConfigUrls urls() {
    AgentOptions.Protocol protocol = options.protocol();
    int maxBytes = options.limits().messageBytes();
    Map<String, UrlScheme> schemes = new HashMap<>();
    protocol.urlFolder().ifPresent(f -> schemes.put("file", new FileScheme(f, maxBytes)));
    if (protocol.hasHttps()) {
      schemes.put("https", new HttpsScheme(HttpClient::newHttpClient, maxBytes));
    }
    return new ConfigUrls(schemes);
  }

  private void startExampleServer() {
    options
        .ntp()
        .exampleServerPort()
        .ifPresent(
            port ->
                started("example server", ExampleServer.start(port, options.ntp().transport())));
  }

  private Datastores openDatastores(
      NodeSchema root, StateFolder folder, List<ManagedModule> modules, AccessControl access)
      throws StartException {
    try {
      DatastoreOptions behaviour =
          new DatastoreOptions(
              access,
              InstantSource.system(),
              started("alarms", new SystemAlarms()),
              options.protocol().isRunningWritable(),
              options.protocol().hasStartup());
      return Datastores.open(root, folder.config(), this::firstConfig, modules, behaviour);
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (RpcException e) {
      throw badAdministrator.orElse(
          new StartException(
              "the first configuration is refused: %s".formatted(e.getMessage()), e));
    }
  }

  /// Asked only if there is no configuration yet, so that a lost key file never hinders a restart.
  private EditTree firstConfig(NodeSchema root) throws RpcException {
    try {
      Administrator administrator = Administrator.of(options.adminKey());
      newAdministrator = Optional.of(administrator);
      return FirstConfig.of(root, administrator, options.ntp().firstPort());
    } catch (StartException e) {
      badAdministrator = Optional.of(e);
      throw RpcError.of(
              ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED, String.valueOf(e.getMessage()))
          .asException();
    }
  }

  private SessionLimits sessionLimits() {
    AgentOptions.Limits limits = options.limits();
    return new SessionLimits(
        limits.sessions(),
        limits.messageBytes(),
        new XmlLimits(limits.depth(), limits.attributes(), limits.textChars()),
        Duration.ofSeconds(limits.loginSeconds()),
        Duration.ofSeconds(limits.idleSeconds()),
        limits.xpathSteps(),
        limits.subscriptions());
  }

  private TlsLimits tlsLimits() {
    TlsLimits usual = TlsLimits.DEFAULT;
    return new TlsLimits(
        Duration.ofSeconds(options.limits().loginSeconds()),
        usual.maxHalfOpen(),
        usual.slowReaderPatience());
  }

  private NetconfSshServer listen(
      InetAddress address, StateFolder folder, UserDirectory users, NetconfServer netconf)
      throws StartException {
    SshLimits usual = SshLimits.DEFAULT;
    SshLimits limits =
        new SshLimits(
            Duration.ofSeconds(options.limits().loginSeconds()),
            usual.maxLoginAttempts(),
            usual.maxHalfOpen(),
            usual.maxChannels());
    InetSocketAddress wanted = new InetSocketAddress(address, options.netconf().port());
    try {
      NetconfSshServer server =
          started(
              "NETCONF listener",
              NetconfSshServer.start(wanted, folder.path(), users, netconf, limits));
      netconfAddresses.add(new InetSocketAddress(address, server.port()));
      return server;
    } catch (IOException e) {
      throw new StartException(
          "%s Options --netconf-address and --netconf-port choose where the agent listens."
              .formatted(e.getMessage()),
          e);
    }
  }

  /// Where NETCONF clients connect.
  List<InetSocketAddress> netconfAddresses() {
    return List.copyOf(netconfAddresses);
  }

  /// The administrator that this start created; empty if there was one before.
  Optional<Administrator> newAdministrator() {
    return newAdministrator;
  }

  /// What to tell the user now.
  String nextSteps() {
    return new NextSteps(options, netconfAddresses, newAdministrator, ntpService).text();
  }

  /// Stops everything, last started first. What fails is logged and does not hinder the rest.
  @Override
  public void close() {
    for (Part part : parts.reversed()) {
      try {
        part.part().close();
      } catch (Exception e) {
        LOG.warn("stopping the {} failed", part.what(), e);
      }
    }
    parts.clear();
  }
}
