package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.acl;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.interfaces;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ni;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.sys;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.Role;
import io.chronoconf.ntp.engine.ServiceConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives the NTP engine by configuration, that of `/ntp` or of the SNTP client `/system/ntp`, and
/// shows its state.
public final class NtpModule implements ManagedModule {
  private static final Logger LOG = LoggerFactory.getLogger(NtpModule.class);
  private static final QName ROOT = ntp("ntp");
  private static final QName SYSTEM_STATE = sys("system-state");

  private final NodeSchema root;
  private final NtpConfigReader reader;
  private final ClearKeys clearKeys;
  private final EngineControl engine;
  private final InstantSource calendar;
  private final Supplier<DeviceZone> zone;
  // What was applied last; empty with neither /ntp nor /system/ntp.
  private volatile Optional<ServiceConfig> service = Optional.empty();
  private volatile boolean isClockNtps = true;
  private volatile boolean refusesControlQueries;
  private volatile InterfaceNames names = InterfaceNames.NONE;

  /// A module that has not been called yet.
  ///
  /// @param schema the schema's root
  /// @param engine what is driven; it has nothing configured yet
  /// @param calendar tells the era of timestamps; being years off does no harm
  /// @param zone in which dates are shown
  /// @param cipher that keys are encrypted with
  public NtpModule(
      NodeSchema schema,
      EngineControl engine,
      InstantSource calendar,
      Supplier<DeviceZone> zone,
      KeyCipher cipher) {
    this.root = schema;
    this.clearKeys = new ClearKeys(cipher);
    this.reader = new NtpConfigReader(schema, cipher);
    this.engine = engine;
    this.calendar = calendar;
    this.zone = zone;
  }

  /// The service's settings now; empty if running has neither `/ntp` nor `/system/ntp`. Any thread.
  public Optional<ServiceConfig> service() {
    return service;
  }

  /// Whether it is NTP that sets the clock (`clock/protocol`), running or not. Any thread.
  public boolean isClockNtps() {
    return isClockNtps;
  }

  /// What interfaces are called in running. Any thread.
  InterfaceNames names() {
    return names;
  }

  /// Whether running answers no control queries, whoever asks. Any thread.
  boolean refusesControlQueries() {
    return refusesControlQueries;
  }

  @Override
  public String name() {
    return "ntp";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(
        ROOT, sys("system"), acl("acls"), interfaces("interfaces"), ni("network-instances"));
  }

  @Override
  public EditTree received(EditTree edit) {
    return clearKeys.encrypted(edit);
  }

  /// Creating `/system/ntp` would take `/ntp` away without a word.
  @Override
  public Optional<RpcError> objection(DataPath lost) {
    return lost.schema().name().equals(ROOT) ? Optional.of(exclusion()) : Optional.empty();
  }

  private RpcError exclusion() {
    NodeSchema system = root.child(sys("system")).orElseThrow();
    DataPath sntp = DataPath.root(root).child(system).child(system.child(sys("ntp")).orElseThrow());
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.OPERATION_FAILED,
            "NTP and SNTP exclude each other, and /ntp is configured. Delete /ntp in the same"
                + " change, or leave /system/ntp out.")
        .withAppTag("sntp-ntp-exclusive")
        .withPath(sntp.errorPath());
  }

  /// What can be refused is refused here; what the environment refuses shows as degraded state.
  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    NtpConfig wanted = reader.read(change.after());
    NtpConfig present = reader.read(change.before());
    List<EngineCommand> commands = NtpReconciler.diff(present, wanted);
    Optional<String> advice = SourceAdvice.of(present, wanted);
    boolean isThere = has(change.after(), ROOT) || wanted.service().role() == Role.CLIENT_ONLY;
    Optional<ServiceConfig> next = isThere ? Optional.of(wanted.service()) : Optional.empty();
    boolean nextIsClockNtps = reader.disciplines(change.after());
    InterfaceNames nextNames = InterfaceNames.of(root, change.after());
    return new Prepared() {
      @Override
      public void apply() {
        service = next;
        isClockNtps = nextIsClockNtps;
        names = nextNames;
        refusesControlQueries =
            wanted.access().controlQueries() == AccessRules.ControlQueryPolicy.DENY;
        advice.ifPresent(LOG::warn);
        if (!commands.isEmpty()) {
          engine.apply(commands);
        }
      }

      @Override
      public void abort() {}
    };
  }

  private static boolean has(ContainerNode config, QName name) {
    return config.childByArg(NodeIdentifier.create(name)) != null;
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(ROOT, SYSTEM_STATE);
  }

  /// Without `/ntp` there is nothing to show of it; how the clock does can always be seen.
  @Override
  public List<DataContainerChild> state(QName name) {
    if (name.equals(SYSTEM_STATE)) {
      return List.of(SynchronizationWriter.write(root, engine.status()));
    }
    NtpDates dates = new NtpDates(calendar.instant(), zone.get());
    return service.filter(has -> has.role() == Role.FULL).isPresent()
        ? List.of(NtpStatusWriter.write(root, engine.status(), dates, names))
        : List.of();
  }
}
