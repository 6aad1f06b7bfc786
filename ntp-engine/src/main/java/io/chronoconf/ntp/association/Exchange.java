package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;

/// The four stamps of one question and answer (RFC 5905 section 8).
///
/// @param originate T1, when the request left
/// @param receive T2, when the server had it
/// @param transmit T3, when the answer left the server
/// @param destination T4, when the answer arrived
public record Exchange(
    Now originate, NtpTimestamp receive, NtpTimestamp transmit, Now destination) {
  /// Whether the answer arrived before the request left: what is called an answer here was itself
  /// the question. Interleaved peers tell of such exchanges (RFC 9769 section 3).
  boolean isReversed() {
    return destination.monotonic().isBefore(originate.monotonic());
  }

  /// Offset and delay as they were at the destination stamp.
  ///
  /// @param offset of the local clock, positive if it is behind
  /// @param delay round trip; negative if the stamps contradict each other
  public record Measured(NtpDuration offset, NtpDuration delay) {}

  /// The same, had the leap second been before it.
  Exchange leapt(NtpDuration leap) {
    return new Exchange(
        originate.leapt(leap), receive.plus(leap), transmit.plus(leap), destination.leapt(leap));
  }

  /// Measures. The time from request to answer is told by the oscillator: the local clock may have
  /// been slewed or stepped in between.
  ///
  /// @param frequency correction in force, a ratio
  public Measured measure(double frequency) {
    double elapsed = destination.monotonic().secondsSince(originate.monotonic()) * (1 + frequency);
    NtpDuration away = NtpDuration.ofSeconds(elapsed);
    NtpTimestamp left = new NtpTimestamp(destination.local().bits() - away.units());
    NtpDuration delay = away.minus(transmit.minus(receive));
    // Halves are added, not the sum halved: offsets of decades do not overflow.
    long there = receive.minus(left).units();
    long back = transmit.minus(destination.local()).units();
    long offset = (there >> 1) + (back >> 1) + (there & back & 1);
    return new Measured(new NtpDuration(offset), delay);
  }
}
