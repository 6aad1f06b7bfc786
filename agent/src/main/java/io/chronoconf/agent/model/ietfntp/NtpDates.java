package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.opendaylight.yangtools.yang.common.Uint8;

/// Timestamps as values of `ntp-date-and-time`.
///
/// @param pivot any instant within 68 years of them, to tell their era
/// @param zone in which they are shown
record NtpDates(Instant pivot, DeviceZone zone) {
  /// The date, or the number 0 where none is known.
  Object of(NtpTimestamp stamp) {
    return stamp.isUnknown()
        ? Uint8.ZERO
        : zone.text(stamp.toInstant(pivot).truncatedTo(ChronoUnit.MICROS));
  }
}
