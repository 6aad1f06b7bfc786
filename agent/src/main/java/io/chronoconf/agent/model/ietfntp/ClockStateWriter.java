package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;
import static io.chronoconf.agent.model.ietfntp.NtpNodes.ntp;

import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.SyncState;
import io.chronoconf.ntp.engine.SystemStatus;

/// System variables to `clock-state/system-status`.
final class ClockStateWriter {
  private static final int UNSYNCHRONIZED_STRATUM = 16;
  private static final int UNSYNCHRONIZED_LEAP = 3;

  /// The clock counts nanoseconds.
  private static final double NOMINAL_HZ = 1e9;

  private final EngineStatus status;
  private final SystemStatus system;
  private final NtpDates dates;

  /// @param dates how timestamps are shown
  ClockStateWriter(EngineStatus status, NtpDates dates) {
    this.status = status;
    this.system = status.system();
    this.dates = dates;
  }

  void write(StateBuilder to) {
    writeSource(to);
    to.leaf(ntp("nominal-freq"), NtpValues.decimal(NOMINAL_HZ, 4));
    to.leaf(ntp("actual-freq"), NtpValues.decimal(NOMINAL_HZ * (1 + system.frequency()), 4));
    // RFC 9249 counts precision the other way round: 21 means 2^-21 s.
    to.leaf(ntp("clock-precision"), (byte) -system.precision());
    to.leaf(ccn("precision-exponent"), (byte) system.precision());
    to.leaf(ntp("sync-state"), ntp(syncState(system.syncState())));
    to.leaf(ccn("clock-jitter"), NtpValues.seconds(system.jitter(), 6));
    to.leaf(ccn("stability"), NtpValues.decimal(system.stability() * 1e6, 3));
    to.leaf(ccn("system-poll-interval"), NtpValues.count(system.pollSeconds()));
    to.leaf(ntp("reference-time"), dates.of(system.reference()));
    if (!system.reference().isUnknown()) {
      to.leaf(ccn("reference-timestamp"), system.reference().toHex());
    }
    to.leafList(ccn("degraded"), status.degraded().stream().distinct().toList());
  }

  private void writeSource(StateBuilder to) {
    if (!system.isSynchronized()) {
      to.leaf(ntp("clock-state"), ntp("unsynchronized"));
      to.leaf(ntp("clock-stratum"), NtpValues.small(UNSYNCHRONIZED_STRATUM));
      to.leaf(ntp("clock-refid"), "none");
      to.leaf(ccn("leap-indicator"), leap(UNSYNCHRONIZED_LEAP));
      return;
    }
    to.leaf(ntp("clock-state"), ntp("synchronized"));
    to.leaf(ntp("clock-stratum"), NtpValues.small(system.stratum()));
    to.leaf(ntp("clock-refid"), NtpValues.refid(system.referenceId(), system.stratum()));
    to.leaf(ccn("leap-indicator"), leap(system.leap()));
    system.systemPeer().ifPresent(peer -> writePeer(peer, to));
    // Negative means behind here, the opposite of RFC 5905's theta.
    to.leaf(ntp("clock-offset"), NtpValues.millis(system.offset().negated(), 3));
    to.leaf(ntp("root-delay"), NtpValues.millis(system.rootDelay(), 3));
    to.leaf(ntp("root-dispersion"), NtpValues.millis(system.rootDispersion(), 3));
    to.leaf(ccn("root-delay"), NtpValues.millis(system.rootDelay(), 5));
    to.leaf(ccn("root-dispersion"), NtpValues.millis(system.rootDispersion(), 5));
  }

  private static void writePeer(AssociationKey peer, StateBuilder to) {
    to.leaf(ntp("associations-address"), NtpValues.address(peer.address()));
    to.leaf(ntp("associations-local-mode"), NtpNodes.mode(peer.mode()));
    to.leaf(ntp("associations-isconfigured"), peer.isConfigured());
    if (!peer.networkInstance().isEmpty()) {
      to.leaf(ccn("network-instance"), peer.networkInstance());
    }
  }

  private static String leap(int indicator) {
    return switch (indicator) {
      case 0 -> "00";
      case 1 -> "01";
      case 2 -> "10";
      default -> "11";
    };
  }

  private static String syncState(SyncState state) {
    return switch (state) {
      case CLOCK_NEVER_SET -> "clock-never-set";
      case FREQ_SET_BY_CFG -> "freq-set-by-cfg";
      case SPIKE -> "spike";
      case FREQ -> "freq";
      case CLOCK_SYNCHRONIZED -> "clock-synchronized";
    };
  }
}
