package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// One association at one moment (RFC 9249 `association`). The local reference has a row too.
///
/// @param id session identifier, never used twice while the process lives
/// @param config what was asked for (made up for the local reference)
/// @param selection how far it came in the selection (RFC 5905 section 11.2)
/// @param rejectReason why it is not usable
/// @param authentication what authentication says of its last answer
/// @param stratum of the remote side, 0 to 16; 16 if unsynchronized or unheard
/// @param leap leap indicator of its last packet, 3 before one
/// @param referenceId 32 bits of its last packet; the characters INIT before one
/// @param reach reach register (RFC 5905 section 13)
/// @param unreachableSeconds how long the register has been zero
/// @param poll current poll exponent
/// @param peerMode mode of its last packet, 0 before one
/// @param isInterleaved whether its last good answer was an interleaved one (RFC 9769)
/// @param peerPoll poll exponent of its last packet
/// @param secondsSinceReceived since the last packet, or since the association began
/// @param offset clock filter offset, positive if the local clock is behind
/// @param delay round trip
/// @param dispersion peer dispersion, grown to this moment
/// @param jitter peer jitter
/// @param rootDelay of its last packet
/// @param rootDispersion of its last packet
/// @param rootDistance to the primary through it
/// @param precision of its last packet
/// @param reference timestamp of its last packet
/// @param originate T1
/// @param receive T2
/// @param transmit T3
/// @param destination T4
/// @param samples clock filter, newest first
/// @param localAddress of ours that its last packet was sent to
/// @param peerInterface device by which its last packet came in
/// @param counters packets
public record AssociationStatus(
    int id,
    AssociationConfig config,
    Selection selection,
    RejectReason rejectReason,
    Authenticator.Result authentication,
    int stratum,
    int leap,
    int referenceId,
    int reach,
    long unreachableSeconds,
    int poll,
    int peerMode,
    boolean isInterleaved,
    int peerPoll,
    long secondsSinceReceived,
    NtpDuration offset,
    NtpDuration delay,
    NtpDuration dispersion,
    NtpDuration jitter,
    NtpDuration rootDelay,
    NtpDuration rootDispersion,
    NtpDuration rootDistance,
    int precision,
    NtpTimestamp reference,
    NtpTimestamp originate,
    NtpTimestamp receive,
    NtpTimestamp transmit,
    NtpTimestamp destination,
    List<FilterSampleStatus> samples,
    Optional<InetAddress> localAddress,
    Optional<String> peerInterface,
    PacketCounters counters) {
  public AssociationStatus {
    samples = List.copyOf(samples);
  }

  /// One stage of the clock filter.
  ///
  /// @param dispersion error bound, grown to this moment
  /// @param order its place when sorted by delay, 0 best
  public record FilterSampleStatus(
      NtpDuration offset, NtpDuration delay, NtpDuration dispersion, int order) {}

  /// The tally of RFC 5905 section 11.2, weakest first.
  public enum Selection {
    REJECT,
    FALSETICKER,
    /// Truechimer that the cluster algorithm left out.
    OUTLIER,
    /// Survivor.
    CANDIDATE,
    SYSTEM_PEER
  }

  /// Why an association cannot be followed.
  public enum RejectReason {
    NONE,
    NO_REPLY,
    STRATUM,
    AUTHENTICATION,
    ACCESS,
    UNSYNCHRONIZED,
    DISTANCE,
    LOOP,
    OFFSET_68_YEARS,
    FALSETICKER,
    KISS
  }
}
