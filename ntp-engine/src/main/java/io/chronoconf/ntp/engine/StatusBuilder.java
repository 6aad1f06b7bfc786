package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.association.AssociationTable;
import io.chronoconf.ntp.association.Exchange;
import io.chronoconf.ntp.association.PacketCounts;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.engine.AssociationStatus.FilterSampleStatus;
import io.chronoconf.ntp.engine.AssociationStatus.RejectReason;
import io.chronoconf.ntp.engine.AssociationStatus.Selection;
import io.chronoconf.ntp.filter.ClockFilter;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import java.util.Optional;

/// Makes the rows that management sees out of the engine's state. Changes nothing.
final class StatusBuilder {
  private static final NtpDuration MAX_DISPERSION =
      NtpDuration.ofSeconds(ClockFilter.MAX_DISPERSION);

  private static final int USUAL_POLL_SECONDS = 64;
  private static final int UNSYNCHRONIZED_STRATUM = 16;
  private static final int UNSYNCHRONIZED_LEAP = 3;

  private StatusBuilder() {}

  static PacketCounters counters(PacketCounts counts) {
    return new PacketCounters(
        counts.discontinuity(),
        counts.sent(),
        counts.sendFailures(),
        counts.received(),
        counts.dropped());
  }

  static SystemStatus system(
      SystemProcess system, ClockProcess clock, AssociationTable table, int precision, Now now) {
    SystemVariables variables = system.variables();
    Optional<Association> peer = table.find(variables.peerId());
    return new SystemStatus(
        variables.isSynchronized(),
        // A clock that is the reference is right by definition.
        system.followsLocalReference() ? SyncState.CLOCK_SYNCHRONIZED : clock.state(),
        variables.stratum(),
        variables.leap(),
        variables.referenceId(),
        system.peerKey(table.all()),
        variables.offset(),
        clock.frequency(),
        NtpDuration.ofSeconds(variables.jitter()),
        system.stability(),
        NtpDuration.ofSeconds(variables.rootDelay()),
        NtpDuration.ofSeconds(variables.rootDispersionAt(now)),
        variables.reference(),
        precision,
        peer.map(found -> (int) Math.scalb(1.0, found.poll().exponent()))
            .orElse(USUAL_POLL_SECONDS));
  }

  static AssociationStatus row(
      Association association,
      HostNetwork network,
      SystemProcess system,
      Now now,
      double frequency) {
    SourceSelection.Tally tally = system.selection().tally(association.id());
    boolean isFollowed = association.id() == system.variables().peerId();
    Optional<FilterEstimate> estimate = association.estimate(now, frequency);
    Optional<NtpPacket> packet = association.packet();
    Optional<Exchange> exchange = association.exchange();
    MonotonicTime monotonic = now.monotonic();
    Now heard = association.lastReceived();
    NtpDuration zero = NtpDuration.ZERO;
    return new AssociationStatus(
        association.id(),
        association.config(),
        selection(tally.selection(), isFollowed),
        tally.reason(),
        association.authentication(),
        association.stratum(),
        association.leap(),
        packet.map(NtpPacket::referenceId).orElse(ReferenceId.INIT.bits()),
        association.reach().bits(),
        association.reach().unreachableSeconds(monotonic),
        association.poll().exponent(),
        association.peerMode(),
        association.isInterleaved(),
        packet.map(NtpPacket::poll).orElse(0),
        Math.max((long) monotonic.secondsSince(heard.monotonic()), 0),
        estimate.map(FilterEstimate::offset).orElse(zero),
        estimate.map(FilterEstimate::delay).orElse(zero),
        estimate.map(FilterEstimate::dispersion).orElse(MAX_DISPERSION),
        estimate.map(FilterEstimate::jitter).orElse(zero),
        packet.map(NtpPacket::rootDelay).orElse(zero),
        packet.map(NtpPacket::rootDispersion).orElse(zero),
        estimate
            .map(found -> NtpDuration.ofSeconds(association.rootDistance(found)))
            .orElse(MAX_DISPERSION),
        packet.map(NtpPacket::precision).orElse(0),
        packet.map(NtpPacket::reference).orElse(NtpTimestamp.UNKNOWN),
        exchange.map(stamps -> stamps.originate().local()).orElse(NtpTimestamp.UNKNOWN),
        exchange.map(Exchange::receive).orElse(NtpTimestamp.UNKNOWN),
        exchange.map(Exchange::transmit).orElse(NtpTimestamp.UNKNOWN),
        exchange.map(stamps -> stamps.destination().local()).orElse(NtpTimestamp.UNKNOWN),
        estimate.map(StatusBuilder::samples).orElse(List.of()),
        association.localAddress(),
        network
            .find(association.config().key().networkInstance(), association.interfaceIndex())
            .map(HostInterface::name),
        counters(association.counts()));
  }

  /// A name that has no address yet.
  static AssociationStatus unresolvedRow(HostProcess.Unresolved host, Now now) {
    NtpDuration zero = NtpDuration.ZERO;
    NtpTimestamp unknown = NtpTimestamp.UNKNOWN;
    return new AssociationStatus(
        host.id(),
        host.settings(),
        Selection.REJECT,
        RejectReason.NO_REPLY,
        Authenticator.Result.NOT_PERFORMED,
        UNSYNCHRONIZED_STRATUM,
        UNSYNCHRONIZED_LEAP,
        ReferenceId.INIT.bits(),
        0,
        0,
        host.settings().minPoll().log2Seconds(),
        0,
        false,
        0,
        0,
        zero,
        zero,
        MAX_DISPERSION,
        zero,
        zero,
        zero,
        MAX_DISPERSION,
        0,
        unknown,
        unknown,
        unknown,
        unknown,
        unknown,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new PacketCounters(now.local(), 0, 0, 0, 0));
  }

  /// What the selection calls the system peer is a candidate as long as the system does not follow
  /// it: while the clock may not be touched, or another source came before.
  private static Selection selection(Selection tally, boolean isFollowed) {
    return tally == Selection.SYSTEM_PEER && !isFollowed ? Selection.CANDIDATE : tally;
  }

  private static List<FilterSampleStatus> samples(FilterEstimate estimate) {
    return estimate.stages().stream()
        .map(
            stage ->
                new FilterSampleStatus(
                    stage.offset(), stage.delay(), stage.dispersion(), stage.order()))
        .toList();
  }

  static AssociationStatus localRow(
      LocalReference local, SystemProcess system, int precision, Now now) {
    boolean isFollowed = system.followsLocalReference();
    NtpDuration zero = NtpDuration.ZERO;
    NtpDuration least = NtpDuration.ofSeconds(Math.scalb(1.0, precision));
    int stratum = local.config().stratum() - 1;
    NtpTimestamp unknown = NtpTimestamp.UNKNOWN;
    NtpTimestamp reference = isFollowed ? system.variables().reference() : now.local();
    return new AssociationStatus(
        local.id(),
        local.associationConfig(),
        isFollowed ? Selection.SYSTEM_PEER : Selection.CANDIDATE,
        RejectReason.NONE,
        Authenticator.Result.NOT_PERFORMED,
        stratum,
        0,
        stratum <= 1 ? ReferenceId.LOCL.bits() : ReferenceId.of(local.config().address()).bits(),
        local.reach(now),
        0,
        local.associationConfig().minPoll().log2Seconds(),
        local.key().mode().wireMode() + 1,
        false,
        local.associationConfig().minPoll().log2Seconds(),
        Math.max((long) now.local().minus(reference).toSeconds(), 0),
        zero,
        zero,
        least,
        least,
        zero,
        zero,
        least,
        precision,
        reference,
        unknown,
        unknown,
        unknown,
        unknown,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new PacketCounters(local.start().local(), 0, 0, 0, 0));
  }
}
