package io.chronoconf.ntp.filter;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;

/// One exchange as the clock filter sees it (RFC 5905 section 8).
///
/// @param offset of the local clock as it stood at `at`, positive if it was behind
/// @param delay round trip, at least the precision
/// @param dispersion error bound at `at` (epsilon)
/// @param at when the answer arrived
public record FilterSample(NtpDuration offset, NtpDuration delay, NtpDuration dispersion, Now at) {
  /// The same, had the leap second been before it.
  FilterSample leapt(NtpDuration leap) {
    return new FilterSample(offset, delay, dispersion, at.leapt(leap));
  }
}
