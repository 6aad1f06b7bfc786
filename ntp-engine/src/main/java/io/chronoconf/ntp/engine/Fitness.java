package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.filter.ClockFilter;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.selection.Cluster;
import java.net.InetAddress;
import java.util.Optional;

/// Whether an association may be followed at all (RFC 5905 section 11.2.1, accept).
final class Fitness {
  private static final int UNSYNCHRONIZED_LEAP = 3;
  private static final int UNSYNCHRONIZED_STRATUM = 16;
  private static final int LOOPBACK_NETWORK = 127;

  private Fitness() {}

  /// Why it may not be followed, or NONE.
  ///
  /// @param estimate of its clock filter at this moment
  /// @param stratumLimit strata from here on are not followed: 15, or that of the local reference
  /// @param systemReferenceId ours; 0 if unsynchronized
  static RejectReason judge(
      Association association,
      Optional<FilterEstimate> estimate,
      int stratumLimit,
      int systemReferenceId) {
    if (association.poll().isStopped()) {
      return RejectReason.KISS;
    }
    if (association.isAccessDenied()) {
      return RejectReason.ACCESS;
    }
    if (association.authentication() == Authenticator.Result.FAILED) {
      return RejectReason.AUTHENTICATION;
    }
    Optional<NtpPacket> last = association.packet();
    if (last.isEmpty()) {
      return RejectReason.NO_REPLY;
    }
    NtpPacket packet = last.get();
    if (packet.leap() == UNSYNCHRONIZED_LEAP
        || packet.effectiveStratum() >= UNSYNCHRONIZED_STRATUM) {
      return RejectReason.UNSYNCHRONIZED;
    }
    if (association.isOffsetRefused()) {
      return RejectReason.OFFSET_68_YEARS;
    }
    // First of all who looks wants to know that it is silent, not what it said long ago.
    if (!association.reach().isReachable()) {
      return RejectReason.NO_REPLY;
    }
    if (packet.effectiveStratum() >= stratumLimit) {
      return RejectReason.STRATUM;
    }
    if (estimate.isEmpty()) {
      return RejectReason.NO_REPLY;
    }
    if (isLoop(association, packet, systemReferenceId)) {
      return RejectReason.LOOP;
    }
    double limit =
        Cluster.MAX_DISTANCE
            + ClockFilter.FREQUENCY_TOLERANCE * association.poll().intervalSeconds();
    return association.rootDistance(estimate.get()) >= limit
        ? RejectReason.DISTANCE
        : RejectReason.NONE;
  }

  /// Whether an association would be near enough, were it not new: NONE or DISTANCE.
  static RejectReason judgeNew(Association association, FilterEstimate estimate) {
    return association.errorBound(estimate) >= Cluster.MAX_DISTANCE
        ? RejectReason.DISTANCE
        : RejectReason.NONE;
  }

  /// The source follows us, or follows whom we follow.
  private static boolean isLoop(Association association, NtpPacket packet, int systemReferenceId) {
    // A primary names its kind of clock there, and a loopback address is everybody's own.
    int referenceId = packet.referenceId();
    if (packet.stratum() <= 1 || referenceId >>> 24 == LOOPBACK_NETWORK) {
      return false;
    }
    if (referenceId == systemReferenceId) {
      return true;
    }
    return association
        .localAddress()
        .filter(address -> !address.isAnyLocalAddress() && !address.isLoopbackAddress())
        .map(Fitness::referenceId)
        .filter(own -> own == referenceId)
        .isPresent();
  }

  private static int referenceId(InetAddress address) {
    return ReferenceId.of(address).bits();
  }
}
