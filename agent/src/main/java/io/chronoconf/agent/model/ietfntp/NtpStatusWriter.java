package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.agent.model.ietfinterfaces.InterfaceNames;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.PacketCounters;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A snapshot of the engine to the state nodes under `/ntp`. Pure.
final class NtpStatusWriter {
  private NtpStatusWriter() {}

  /// @param root the schema's root
  /// @param dates how timestamps are shown
  /// @param names what devices are called
  static ContainerNode write(
      NodeSchema root, EngineStatus status, NtpDates dates, InterfaceNames names) {
    ClockStateWriter clock = new ClockStateWriter(status, dates);
    AssociationsWriter associations = new AssociationsWriter(status.associations(), dates, names);
    return StateBuilder.container(
        root,
        ntp("ntp"),
        to ->
            to.container(
                    ntp("clock-state"),
                    state -> state.container(ntp("system-status"), clock::write))
                .container(ntp("associations"), associations::write)
                .container(
                    ntp("ntp-statistics"), all -> writeCounters(status.counters(), dates, all)));
  }

  /// The `statistics` grouping.
  static void writeCounters(PacketCounters counters, NtpDates dates, StateBuilder to) {
    to.leaf(ntp("discontinuity-time"), dates.of(counters.discontinuity()));
    to.leaf(ntp("packet-sent"), NtpValues.counter(counters.sent()));
    to.leaf(ntp("packet-sent-fail"), NtpValues.counter(counters.sendFailures()));
    to.leaf(ntp("packet-received"), NtpValues.counter(counters.received()));
    to.leaf(ntp("packet-dropped"), NtpValues.counter(counters.dropped()));
  }
}
