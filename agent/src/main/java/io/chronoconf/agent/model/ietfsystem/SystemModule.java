package io.chronoconf.agent.model.ietfsystem;

import static io.chronoconf.agent.model.ietfsystem.SystemNodes.sys;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Local users, the time zone, and what the system says of itself. Contact, host name and location
/// are kept and shown and change nothing: the host's own name is not the agent's to set.
public final class SystemModule implements ManagedModule {
  private final NodeSchema root;
  private final SystemConfigReader reader;
  private final InstantSource clock;
  private final Platform platform = Platform.ofHost();
  private final ClearPasswords passwords = new ClearPasswords();
  private volatile LocalUsers users = LocalUsers.NONE;
  private volatile DeviceZone zone = new DeviceZone.Unknown();

  /// A module that has not been called yet.
  ///
  /// @param root the schema's root
  /// @param clock the clock that the system shows
  public SystemModule(NodeSchema root, InstantSource clock) {
    this.root = root;
    this.reader = new SystemConfigReader(root);
    this.clock = clock;
  }

  /// Who may log in now. Any thread.
  public LocalUsers users() {
    return users;
  }

  /// In which dates are shown now. Any thread.
  public DeviceZone zone() {
    return zone;
  }

  @Override
  public String name() {
    return "system";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(sys("system"));
  }

  @Override
  public EditTree received(EditTree edit) {
    return passwords.hashed(edit);
  }

  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    LocalUsers next = reader.users(change.after());
    DeviceZone nextZone = reader.zone(change.after());
    return new Prepared() {
      @Override
      public void apply() {
        users = next;
        zone = nextZone;
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(sys("system-state"));
  }

  @Override
  public List<DataContainerChild> state(QName name) {
    return List.of(
        StateBuilder.container(
            root,
            sys("system-state"),
            to ->
                to.container(sys("platform"), this::writePlatform)
                    .container(sys("clock"), this::writeClock)));
  }

  private void writePlatform(StateBuilder to) {
    to.leaf(sys("os-name"), platform.osName());
    to.leaf(sys("os-release"), platform.osRelease());
    to.leaf(sys("os-version"), platform.osVersion());
    to.leaf(sys("machine"), platform.machine());
  }

  private void writeClock(StateBuilder to) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DeviceZone shown = zone;
    to.leaf(sys("current-datetime"), shown.text(now));
    to.leaf(sys("boot-datetime"), Platform.uptime().map(up -> shown.text(now.minus(up))));
  }
}
