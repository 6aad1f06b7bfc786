package io.chronoconf.agent.model.ietfinterfaces;

import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.interfaces;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames.Twins;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.host.HostNetwork;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Interfaces. Configured ones are names for devices, which others refer to; they change nothing on
/// the host, and their devices may be missing. Operational shows everything that the kernel has in
/// the public network and in the network instances that are in use.
public final class InterfacesModule implements ManagedModule {
  private static final QName ROOT = interfaces("interfaces");

  private final NodeSchema root;
  private final Supplier<HostNetwork> host;
  private final InstantSource clock;
  private final AtomicReference<InterfaceHistory> history;
  private volatile InterfaceNames names = InterfaceNames.NONE;

  /// A module that has not been called yet.
  ///
  /// @param root the schema's root
  /// @param host the host's interfaces now; any thread may ask, and gets what is known at once
  /// @param clock that `last-change` is read from
  public InterfacesModule(NodeSchema root, Supplier<HostNetwork> host, InstantSource clock) {
    this.root = root;
    this.host = host;
    this.clock = clock;
    this.history = new AtomicReference<>(InterfaceHistory.beginning(clock.instant()));
  }

  /// Looks at the host, so that `last-change` says when something changed and not when somebody
  /// read of it. To be called when the host says that it changed. Any thread.
  public void networkChanged() {
    look();
  }

  // Asking for the host inside lets an old answer never follow a new one.
  private InterfaceHistory look() {
    return history.updateAndGet(before -> before.next(host.get(), clock.instant()));
  }

  @Override
  public String name() {
    return "interfaces";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(ROOT);
  }

  /// @throws RpcException if two entries mean one device: what is configured for one would hinder
  ///   what is for the other
  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    InterfaceNames next = InterfaceNames.of(root, change.after());
    if (!next.twins().isEmpty()) {
      throw sameDevice(next.twins().getFirst());
    }
    return new Prepared() {
      @Override
      public void apply() {
        names = next;
      }

      @Override
      public void abort() {}
    };
  }

  private RpcException sameDevice(Twins twins) {
    String instance = twins.device().networkInstance();
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.INVALID_VALUE,
            ("The interfaces %s and %s both mean the device %s of %s; delete one of them, or change"
                    + " its device-name or bind-ni-name.")
                .formatted(
                    twins.first(),
                    twins.second(),
                    twins.device().name(),
                    instance.equals(InterfaceNames.PUBLIC)
                        ? "the public network"
                        : "network instance " + instance))
        .withAppTag("same-device")
        .withPath(
            DataPath.root(root)
                .child(ROOT)
                .entry(interfaces("interface"), twins.second())
                .errorPath())
        .asException();
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(ROOT);
  }

  @Override
  public List<DataContainerChild> state(QName name) {
    return List.of(InterfacesWriter.write(root, names, look()));
  }
}
