package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccc;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.sys;

import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.SystemStatus;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A snapshot of the engine to what `chronoconf-clock` adds to `/system-state/clock`. Pure.
final class SynchronizationWriter {
  private static final int OFFSET_DIGITS = 3;
  private static final int UNSYNCHRONIZED_STRATUM = 16;

  private SynchronizationWriter() {}

  /// @param root the schema's root
  static ContainerNode write(NodeSchema root, EngineStatus status) {
    return StateBuilder.container(
        root,
        sys("system-state"),
        to ->
            to.container(
                sys("clock"),
                clock -> clock.container(ccc("synchronization"), inner -> write(status, inner))));
  }

  private static void write(EngineStatus status, StateBuilder to) {
    SystemStatus system = status.system();
    to.leaf(ccc("synchronized"), system.isSynchronized());
    to.leafList(ccc("degraded"), status.degraded().stream().distinct().toList());
    if (!system.isSynchronized()) {
      to.leaf(ccc("stratum"), NtpValues.small(UNSYNCHRONIZED_STRATUM));
      return;
    }
    to.leaf(ccc("stratum"), NtpValues.small(system.stratum()));
    to.leaf(ccc("source"), system.systemPeer().map(peer -> NtpValues.address(peer.address())));
    to.leaf(ccc("offset"), NtpValues.millis(system.offset(), OFFSET_DIGITS));
  }
}
