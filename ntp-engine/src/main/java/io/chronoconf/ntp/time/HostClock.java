package io.chronoconf.ntp.time;

import java.util.Optional;

/// A local clock that is derived from the host's own oscillator, so that an instant that was noted
/// earlier by an oscillator reading can be told on both clocks.
public interface HostClock extends LocalClock {
  /// The host's oscillator (CLOCK_MONOTONIC_RAW) in nanoseconds, before any simulated error. Any
  /// thread.
  long rawNanos();

  /// Both clocks at the instant when the oscillator read `rawNanos`, which must lie no more than
  /// seconds back and microseconds ahead. Any thread.
  Now at(long rawNanos);

  /// When [#tick] wants to be called next; empty if nothing is in progress that needs it. Engine
  /// thread.
  default Optional<MonotonicTime> nextTick() {
    return Optional.empty();
  }

  /// Ends what is due to end, for example a slew that the system would not end by itself. Calling
  /// it early or often does no harm. Engine thread.
  ///
  /// @throws ClockException if the system refuses
  default void tick() throws ClockException {}
}
