package io.chronoconf.agent.model.monitoring;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.netconf.message.Capabilities;
import io.chronoconf.agent.netconf.session.SessionCounters;
import io.chronoconf.agent.netconf.session.SessionRegistry;
import io.chronoconf.agent.netconf.session.SessionStatus;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.LockStatus;
import io.chronoconf.datastore.lock.PartialLock;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Shows the NETCONF server itself. Has no configuration. Any thread.
public final class MonitoringModule implements ManagedModule {
  private static final ModuleNames NAMES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring", "2010-10-04");
  private static final QName ROOT = NAMES.name("netconf-state");
  private static final long COUNTER_MODULUS = 1L << 32;

  /// What is handled here, the protocol's own operations among it.
  public static final PathTable PATHS =
      PathTable.of(
          "netconf-monitoring",
          """
          state
          /ncm:netconf-state/ncm:capabilities/ncm:capability
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:name
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:global-lock/ncm:locked-by-session
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:global-lock/ncm:locked-time
          /ncm:netconf-state/ncm:schemas/ncm:schema/ncm:identifier
          /ncm:netconf-state/ncm:schemas/ncm:schema/ncm:version
          /ncm:netconf-state/ncm:schemas/ncm:schema/ncm:format
          /ncm:netconf-state/ncm:schemas/ncm:schema/ncm:namespace
          /ncm:netconf-state/ncm:schemas/ncm:schema/ncm:location
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:session-id
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:transport
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:username
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:source-host
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:login-time
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:in-rpcs
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:in-bad-rpcs
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:out-rpc-errors
          /ncm:netconf-state/ncm:sessions/ncm:session/ncm:out-notifications
          /ncm:netconf-state/ncm:statistics/ncm:netconf-start-time
          /ncm:netconf-state/ncm:statistics/ncm:in-bad-hellos
          /ncm:netconf-state/ncm:statistics/ncm:in-sessions
          /ncm:netconf-state/ncm:statistics/ncm:dropped-sessions
          /ncm:netconf-state/ncm:statistics/ncm:in-rpcs
          /ncm:netconf-state/ncm:statistics/ncm:in-bad-rpcs
          /ncm:netconf-state/ncm:statistics/ncm:out-rpc-errors
          /ncm:netconf-state/ncm:statistics/ncm:out-notifications
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:partial-lock/ncm:lock-id
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:partial-lock/ncm:locked-by-session
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:partial-lock/ncm:locked-node
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:partial-lock/ncm:locked-time
          /ncm:netconf-state/ncm:datastores/ncm:datastore/ncm:locks/ncm:partial-lock/ncm:select
          rpc
          /ncm:get-schema /ncds:get-data /ncds:edit-data /cmp:compare
          /pl:partial-lock /pl:partial-unlock
          /nc:get /nc:get-config /nc:edit-config /nc:copy-config /nc:delete-config
          /nc:lock /nc:unlock /nc:commit /nc:cancel-commit /nc:discard-changes /nc:validate
          /nc:close-session /nc:kill-session
          """);

  private final NodeSchema schema;
  private final YangSchema yang;
  private final SessionRegistry sessions;
  private final List<String> capabilities;
  private final Supplier<Locks> locks;

  /// What is locked. A datastore that is locked as a whole shows no partial locks: the model has
  /// one or the other.
  ///
  /// @param global of whole datastores
  /// @param partial of parts of running
  public record Locks(List<LockStatus> global, List<PartialLock> partial) {
    /// Nothing is locked.
    public static final Locks NONE = new Locks(List.of(), List.of());
  }

  /// A module for a server that may not run yet.
  ///
  /// @param schema the schema's root
  /// @param capabilities as the hello announces them
  /// @param locks the locks held, asked whenever the state is
  public MonitoringModule(
      NodeSchema schema,
      YangSchema yang,
      SessionRegistry sessions,
      List<String> capabilities,
      Supplier<Locks> locks) {
    this.schema = schema;
    this.yang = yang;
    this.sessions = sessions;
    this.capabilities = List.copyOf(capabilities);
    this.locks = locks;
  }

  @Override
  public String name() {
    return "netconf-monitoring";
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
            state ->
                state
                    .container(
                        name("capabilities"), c -> c.leafList(name("capability"), capabilities))
                    .container(name("datastores"), this::datastores)
                    .container(name("schemas"), this::schemas)
                    .container(name("sessions"), this::sessions)
                    .container(name("statistics"), this::statistics)));
  }

  private void datastores(StateBuilder datastores) {
    Locks held = locks.get();
    for (DatastoreName datastore : names()) {
      datastores.entry(
          name("datastore"),
          entry -> {
            entry.leaf(name("name"), datastore.wire());
            Optional<LockStatus> global =
                held.global().stream().filter(lock -> lock.datastore() == datastore).findFirst();
            if (global.isPresent()) {
              entry.container(name("locks"), locks -> lock(locks, global.get()));
            } else if (datastore == DatastoreName.RUNNING && !held.partial().isEmpty()) {
              entry.container(
                  name("locks"), locks -> held.partial().forEach(lock -> lock(locks, lock)));
            }
          });
    }
  }

  private static void lock(StateBuilder locks, PartialLock lock) {
    locks.entry(
        name("partial-lock"),
        part ->
            part.leaf(name("lock-id"), lock.id())
                .leaf(name("locked-by-session"), lock.session().sessionId())
                .leaf(name("locked-time"), lock.since())
                .leafList(name("select"), lock.select())
                .leafList(
                    name("locked-node"), lock.nodes().stream().map(DataPath::identifier).toList()));
  }

  private List<DatastoreName> names() {
    return capabilities.contains(Capabilities.STARTUP)
        ? List.of(DatastoreName.values())
        : List.of(DatastoreName.RUNNING, DatastoreName.CANDIDATE);
  }

  private static void lock(StateBuilder locks, LockStatus lock) {
    locks.container(
        name("global-lock"),
        global ->
            global
                .leaf(name("locked-by-session"), lock.sessionId())
                .leaf(name("locked-time"), lock.since()));
  }

  private void schemas(StateBuilder schemas) {
    for (ModuleEntry module : yang.modules()) {
      for (String format : List.of("yang", "yin")) {
        schemas.entry(
            name("schema"),
            entry ->
                entry
                    .leaf(name("identifier"), module.name())
                    .leaf(name("version"), module.revision())
                    .leaf(name("format"), name(format))
                    .leaf(name("namespace"), module.namespace())
                    .leafList(name("location"), List.of("NETCONF")));
      }
    }
  }

  private void sessions(StateBuilder list) {
    for (SessionStatus session : sessions.sessions()) {
      list.entry(
          name("session"),
          entry -> {
            entry
                .leaf(name("session-id"), session.sessionId())
                .leaf(name("transport"), name(session.protocol()))
                .leaf(name("username"), session.user())
                .leaf(name("source-host"), session.sourceHost())
                .leaf(name("login-time"), session.loginTime());
            counters(entry, session.counters());
          });
    }
  }

  private void statistics(StateBuilder statistics) {
    statistics
        .leaf(name("netconf-start-time"), sessions.startTime())
        .leaf(name("in-bad-hellos"), counter(sessions.inBadHellos()))
        .leaf(name("in-sessions"), counter(sessions.inSessions()))
        .leaf(name("dropped-sessions"), counter(sessions.droppedSessions()));
    counters(statistics, sessions.totals());
  }

  private static void counters(StateBuilder into, SessionCounters counters) {
    into.leaf(name("in-rpcs"), counter(counters.inRpcs()))
        .leaf(name("in-bad-rpcs"), counter(counters.inBadRpcs()))
        .leaf(name("out-rpc-errors"), counter(counters.outRpcErrors()))
        .leaf(name("out-notifications"), counter(counters.outNotifications()));
  }

  // The counters have 32 bits and wrap.
  private static long counter(long value) {
    return value % COUNTER_MODULUS;
  }

  private static QName name(String local) {
    return NAMES.name(local);
  }
}
