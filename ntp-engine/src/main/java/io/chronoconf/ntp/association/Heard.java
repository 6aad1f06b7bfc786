package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.NtpDuration;

/// One good exchange together with what the server then said of itself.
///
/// @param exchange the four stamps
/// @param completed when the last of them became known: with the answer itself, or, interleaved,
///   with the next one
/// @param isProvisional whether T3 is a guess; the same exchange with the true one may follow
/// @param rootDelay of the server in seconds
/// @param rootDispersion of the server in seconds
/// @param precision of the server, log2 seconds
/// @param isOneWay whether only the way from the server was measured, as by a broadcast; the
///   exchange's first half is then made up from the delay that was measured before
public record Heard(
    Exchange exchange,
    MonotonicTime completed,
    boolean isProvisional,
    double rootDelay,
    double rootDispersion,
    int precision,
    boolean isOneWay) {
  /// The same, had the leap second been before it.
  Heard leapt(NtpDuration leap) {
    return new Heard(
        exchange.leapt(leap),
        completed,
        isProvisional,
        rootDelay,
        rootDispersion,
        precision,
        isOneWay);
  }
}
