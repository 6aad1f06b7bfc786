package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;

/// The system variables (RFC 5905 section 11) at one moment.
///
/// @param isSynchronized whether the clock follows a source or is itself the reference
/// @param syncState the clock state machine
/// @param stratum 1 to 16; 16 if unsynchronized
/// @param leap leap indicator 0 to 3
/// @param referenceId 32 bits as on the wire; meaningful if synchronized
/// @param systemPeer the association followed; the local reference has address 127.127.1.u and mode
///   CLIENT; empty if unsynchronized
/// @param offset system offset, positive if the local clock is behind
/// @param frequency correction in force as a ratio, positive makes the clock faster
/// @param jitter system jitter
/// @param stability frequency wander as a ratio
/// @param rootDelay round trip to the primary
/// @param rootDispersion to the primary, grown to this moment
/// @param reference when the clock was last corrected; unknown before
/// @param precision log2 seconds
/// @param pollSeconds system poll interval in seconds
public record SystemStatus(
    boolean isSynchronized,
    SyncState syncState,
    int stratum,
    int leap,
    int referenceId,
    Optional<AssociationKey> systemPeer,
    NtpDuration offset,
    double frequency,
    NtpDuration jitter,
    double stability,
    NtpDuration rootDelay,
    NtpDuration rootDispersion,
    NtpTimestamp reference,
    int precision,
    int pollSeconds) {}
