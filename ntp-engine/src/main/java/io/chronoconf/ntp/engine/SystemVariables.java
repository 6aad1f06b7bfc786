package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.filter.ClockFilter;
import io.chronoconf.ntp.filter.FilterEstimate;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.server.ServerSnapshot;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;

/// The system variables (RFC 5905 section 11.1) as of their last update. Immutable: an update makes
/// new ones.
///
/// @param stratum 1 to 16
/// @param leap 0 to 3
/// @param referenceId 0 if unsynchronized
/// @param peerId identifier of the system peer, 0 if none
/// @param offset before the last correction, positive if the clock was behind
/// @param jitter system jitter in seconds
/// @param rootDelay in seconds
/// @param rootDispersion in seconds, at `updated`
/// @param reference when the clock was last corrected
/// @param updated the moment of this update
record SystemVariables(
    int stratum,
    int leap,
    int referenceId,
    int peerId,
    NtpDuration offset,
    double jitter,
    double rootDelay,
    double rootDispersion,
    NtpTimestamp reference,
    Now updated) {
  private static final int UNSYNCHRONIZED_STRATUM = 16;
  private static final int UNSYNCHRONIZED_LEAP = 3;

  static SystemVariables unsynchronized(Now now) {
    return new SystemVariables(
        UNSYNCHRONIZED_STRATUM,
        UNSYNCHRONIZED_LEAP,
        0,
        0,
        NtpDuration.ZERO,
        0,
        0,
        0,
        NtpTimestamp.UNKNOWN,
        now);
  }

  /// The variables of a system that is its own reference.
  ///
  /// @param precision of the local clock in seconds
  static SystemVariables local(LocalReferenceConfig config, int id, double precision, Now now) {
    return new SystemVariables(
        config.stratum(),
        0,
        referenceId(config),
        id,
        NtpDuration.ZERO,
        precision,
        0,
        precision,
        now.local(),
        now);
  }

  /// The reference identifier of a local reference: its address, LOCL if it is a primary.
  static int referenceId(LocalReferenceConfig config) {
    return config.stratum() == 1
        ? ReferenceId.LOCL.bits()
        : ReferenceId.of(config.address()).bits();
  }

  /// The variables after following a system peer (section 11.2.3).
  ///
  /// @param offset before the correction
  /// @param residual what is left of it
  static SystemVariables following(
      Association peer,
      FilterEstimate estimate,
      NtpDuration offset,
      NtpDuration residual,
      double jitter,
      Now now) {
    Optional<NtpPacket> packet = peer.packet();
    double rootDelay = packet.map(last -> last.rootDelay().toSeconds()).orElse(0.0);
    double rootDispersion = packet.map(last -> last.rootDispersion().toSeconds()).orElse(0.0);
    double own = estimate.dispersion().toSeconds() + jitter + residual.abs().toSeconds();
    return new SystemVariables(
        peer.stratum() + 1,
        0,
        ReferenceId.of(peer.config().key().address()).bits(),
        peer.id(),
        offset,
        jitter,
        rootDelay + estimate.delay().toSeconds(),
        rootDispersion + Math.max(own, Association.MIN_DISPERSION),
        now.local(),
        now);
  }

  /// The same, told of a local clock that was stepped.
  SystemVariables stepped(NtpDuration step) {
    Now moved = new Now(updated.monotonic(), updated.local().plus(step));
    return new SystemVariables(
        stratum,
        leap,
        referenceId,
        peerId,
        offset,
        jitter,
        rootDelay,
        rootDispersion,
        reference.isUnknown() ? reference : reference.plus(step),
        moved);
  }

  /// The same with this leap indicator; what is unsynchronized stays as it is.
  SystemVariables withLeap(int indicator) {
    return !isSynchronized() || indicator == leap
        ? this
        : new SystemVariables(
            stratum,
            indicator,
            referenceId,
            peerId,
            offset,
            jitter,
            rootDelay,
            rootDispersion,
            reference,
            updated);
  }

  boolean isSynchronized() {
    return stratum < UNSYNCHRONIZED_STRATUM;
  }

  /// Root dispersion grown to this moment, in seconds.
  double rootDispersionAt(Now now) {
    if (!isSynchronized()) {
      return rootDispersion;
    }
    double age = now.monotonic().secondsSince(updated.monotonic());
    return rootDispersion + ClockFilter.FREQUENCY_TOLERANCE * Math.max(age, 0);
  }

  /// How far off the clock may be at most at this moment.
  NtpDuration maximumErrorAt(Now now) {
    return NtpDuration.ofSeconds(rootDelay / 2 + rootDispersionAt(now));
  }

  /// What packets of our own say of us at this moment, see [NtpPacket#own].
  ///
  /// @param precision of the local clock, log2 seconds
  NtpPacket packet(int precision, Now now) {
    ServerSnapshot said = snapshot(precision);
    return NtpPacket.own(
        said.leap(),
        said.stratum(),
        precision,
        said.rootDelay(),
        NtpDuration.ofSeconds(rootDispersionAt(now)),
        said.referenceId(),
        said.reference());
  }

  /// What the server path says.
  ///
  /// @param precision of the local clock, log2 seconds
  ServerSnapshot snapshot(int precision) {
    if (!isSynchronized()) {
      return ServerSnapshot.unsynchronized(precision);
    }
    return new ServerSnapshot(
        leap,
        stratum,
        referenceId,
        NtpDuration.ofSeconds(rootDelay),
        NtpDuration.ofSeconds(rootDispersion),
        resolved(precision),
        updated.local(),
        precision);
  }

  /// The reference stamp without the bits below precision: those of a transmit stamp are random,
  /// and no answer may leave before its reference.
  private NtpTimestamp resolved(int precision) {
    long mask = (1L << Math.clamp(32 + precision, 0, 31)) - 1;
    return new NtpTimestamp(reference.bits() & ~mask);
  }
}
