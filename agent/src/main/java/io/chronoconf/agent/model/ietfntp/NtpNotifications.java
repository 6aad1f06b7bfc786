package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.engine.EngineEvent;
import java.util.Locale;
import java.util.Optional;

/// Events of the engine to notifications of `chronoconf-ntp`. Any thread; never blocks.
public final class NtpNotifications {
  /// The notifications that are sent from here.
  public static final PathTable PATHS =
      PathTable.of(
          "ntp-notifications",
          """
          state
          /ccn:dynamic-session-limit
          /ccn:stratum-changed
          /ccn:synchronization-state-changed
          /ccn:system-peer-changed
          /ccn:time-offset-exceeded
          """);

  private static final int OFFSET_DIGITS = 3;

  private final NotificationHub hub;

  public NtpNotifications(NotificationHub hub) {
    this.hub = hub;
  }

  /// Tells of an event, if the model has a notification for it.
  public void publish(EngineEvent event) {
    switch (event) {
      case EngineEvent.SynchronizationChanged changed ->
          hub.publish(ccn("synchronization-state-changed"), n -> writeSynchronization(n, changed));
      case EngineEvent.SystemPeerChanged changed ->
          hub.publish(ccn("system-peer-changed"), n -> writePeer(n, changed));
      case EngineEvent.StratumChanged changed ->
          hub.publish(
              ccn("stratum-changed"),
              n ->
                  n.leaf(ccn("old-stratum"), NtpValues.small(changed.before()))
                      .leaf(ccn("new-stratum"), NtpValues.small(changed.stratum())));
      case EngineEvent.ClockStepped stepped -> {
        if (stepped.policy().isNotified(stepped.offset())) {
          hub.publish(ccn("time-offset-exceeded"), n -> writeStep(n, stepped));
        }
      }
      case EngineEvent.DynamicSessionLimit reached ->
          hub.publish(
              ccn("dynamic-session-limit"),
              n ->
                  n.leaf(ccn("max-dynamic-sessions"), NtpValues.small(reached.limit()))
                      .leaf(ccn("address"), NtpValues.address(reached.refused().address())));
      // The model has no notification for these; the log tells of them.
      case EngineEvent.PanicOffset _, EngineEvent.KissReceived _ -> {}
    }
  }

  private static void writeStep(StateBuilder to, EngineEvent.ClockStepped stepped) {
    to.leaf(ccn("offset"), NtpValues.millis(stepped.offset(), OFFSET_DIGITS));
    to.leaf(ccn("threshold"), NtpValues.count(stepped.policy().trapMillis()));
    to.leaf(ccn("server"), address(stepped.source()));
  }

  private static void writeSynchronization(
      StateBuilder to, EngineEvent.SynchronizationChanged changed) {
    String state = changed.isSynchronized() ? "synchronized" : "unsynchronized";
    to.leaf(ccn("clock-state"), ntp(state));
    to.leaf(ccn("server"), address(changed.source()));
    to.leaf(ccn("network-instance"), instance(changed.source()));
    to.leaf(
        ccn("reason"),
        changed.loss().map(loss -> loss.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private static void writePeer(StateBuilder to, EngineEvent.SystemPeerChanged changed) {
    to.leaf(ccn("old-server"), address(changed.before()));
    to.leaf(ccn("new-server"), address(changed.systemPeer()));
    to.leaf(ccn("network-instance"), instance(changed.systemPeer()));
    to.leaf(ccn("stratum"), NtpValues.small(changed.stratum()));
  }

  private static Optional<String> address(Optional<AssociationKey> source) {
    return source.map(key -> NtpValues.address(key.address()));
  }

  private static Optional<String> instance(Optional<AssociationKey> source) {
    return source.map(AssociationKey::networkInstance).filter(name -> !name.isEmpty());
  }
}
