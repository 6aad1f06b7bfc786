package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// An NTP client and server without clock, socket or thread: one input and the time go in, what is
/// to be done comes out. Not thread-safe; the thread that drives it owns it.
public final class NtpEngine {
  private final int precision;

  /// @param precision of the local clock, log2 seconds
  /// @param savedFrequency the correction that an earlier run had learnt, a ratio
  /// @param random nonces, poll spread and the fuzz below precision; cryptographically strong
  ///   outside tests
  /// @param discipline fed and asked by this engine alone, begun with the same frequency
  @SuppressWarnings("UnusedVariable")
  public NtpEngine(
      int precision,
      OptionalDouble savedFrequency,
      RandomGenerator random,
      ClockDiscipline discipline) {
    this.precision = precision;
  }

  /// Takes in one input. Times of consecutive calls never go backwards on the oscillator.
  ///
  /// @param now the time of the call, not of the event: events carry their own stamps
  public List<Output> handle(Input input, Now now) {
    return List.of();
  }

  /// All there is to see at this moment. Changes nothing.
  public EngineStatus status(Now now) {
    NtpDuration zero = NtpDuration.ZERO;
    return new EngineStatus(
        now,
        new SystemStatus(
            false,
            SyncState.CLOCK_NEVER_SET,
            16,
            3,
            0,
            Optional.empty(),
            zero,
            0,
            zero,
            0,
            zero,
            zero,
            NtpTimestamp.UNKNOWN,
            precision,
            64),
        List.of(),
        new PacketCounters(NtpTimestamp.UNKNOWN, 0, 0, 0, 0),
        List.of());
  }
}
