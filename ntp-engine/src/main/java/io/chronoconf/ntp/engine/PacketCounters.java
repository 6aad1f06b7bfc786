package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.time.NtpTimestamp;

/// RFC 9249 `ntp-statistics`.
///
/// @param discontinuity local time at which counting began
/// @param sent packets handed to the transport
/// @param sendFailures packets that the transport refused
/// @param received packets that arrived
/// @param dropped packets that arrived and were of no use
public record PacketCounters(
    NtpTimestamp discontinuity, long sent, long sendFailures, long received, long dropped) {}
