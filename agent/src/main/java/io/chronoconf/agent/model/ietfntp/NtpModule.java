package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.acl;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.sys;

import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.ServiceConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Drives the NTP engine by configuration and shows its state.
public final class NtpModule implements ManagedModule {
  private static final QName ROOT = ntp("ntp");

  private final NodeSchema root;
  private final NtpConfigReader reader;
  private final ClearKeys clearKeys;
  private final EngineControl engine;
  private final InstantSource calendar;
  // What was applied last; empty without /ntp.
  private volatile Optional<ServiceConfig> service = Optional.empty();

  /// A module that has not been called yet.
  ///
  /// @param schema the schema's root
  /// @param engine what is driven; it has nothing configured yet
  /// @param calendar tells the era of timestamps; being years off does no harm
  /// @param cipher that keys are encrypted with
  public NtpModule(
      NodeSchema schema, EngineControl engine, InstantSource calendar, KeyCipher cipher) {
    this.root = schema;
    this.clearKeys = new ClearKeys(cipher);
    this.reader = new NtpConfigReader(schema, cipher);
    this.engine = engine;
    this.calendar = calendar;
  }

  /// The service's settings now; empty if running has no `/ntp`. Any thread.
  public Optional<ServiceConfig> service() {
    return service;
  }

  @Override
  public String name() {
    return "ntp";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(ROOT, sys("system"), acl("acls"));
  }

  @Override
  public EditTree received(EditTree edit) {
    return clearKeys.encrypted(edit);
  }

  /// What can be refused is refused here; what the environment refuses shows as degraded state.
  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    NtpConfig wanted = reader.read(change.after());
    List<EngineCommand> commands = NtpReconciler.diff(reader.read(change.before()), wanted);
    Optional<ServiceConfig> next =
        Optional.ofNullable(change.after().childByArg(NodeIdentifier.create(ROOT)))
            .map(_ -> wanted.service());
    return new Prepared() {
      @Override
      public void apply() {
        service = next;
        if (!commands.isEmpty()) {
          engine.apply(commands);
        }
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(ROOT);
  }

  /// Without `/ntp` there is no service, and so nothing to show of it.
  @Override
  public List<DataContainerChild> state(QName name) {
    return service.isPresent()
        ? List.of(NtpStatusWriter.write(root, engine.status(), calendar.instant()))
        : List.of();
  }
}
