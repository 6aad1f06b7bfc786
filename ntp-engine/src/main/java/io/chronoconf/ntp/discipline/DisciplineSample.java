package io.chronoconf.ntp.discipline;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;

/// One exchange of packets with a server (RFC 5905 section 8), with both clocks at our two stamps.
///
/// @param associationId whose exchange it is
/// @param originate T1, when the request left
/// @param receive T2, when the server had it, by its clock
/// @param transmit T3, when the answer left the server, by its clock
/// @param destination T4, when the answer arrived
/// @param isProvisional whether T3 is a guess; the same exchange with the true one may follow
/// @param rootDelay of the server, in seconds
/// @param rootDispersion of the server, in seconds
/// @param precision of the server, log2 seconds
/// @param isOneWay whether only T3 and T4 were measured, as by a broadcast
public record DisciplineSample(
    int associationId,
    Now originate,
    NtpTimestamp receive,
    NtpTimestamp transmit,
    Now destination,
    boolean isProvisional,
    double rootDelay,
    double rootDispersion,
    int precision,
    boolean isOneWay) {}
