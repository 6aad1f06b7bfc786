package io.chronoconf.ntp.time;

/// The port to the clock that is disciplined. Only the thread that drives the engine calls the
/// mutators; `now` may be called from any thread.
///
/// A clock runs at `(1 + frequency)` times its oscillator plus the slew in progress. Frequency is a
/// ratio (1e-6 is one part per million, positive makes the clock run faster). Implementations clamp
/// to what they can do and return what they did.
public interface LocalClock {
  /// Both clocks at one instant.
  Now now();

  /// Steps the clock by `offset` (positive: forward) and cancels any slew in progress.
  ///
  /// @throws ClockException if the system refuses
  void step(NtpDuration offset) throws ClockException;

  /// Sets the base frequency and begins to slew `phase` away (positive: the clock gains) at no more
  /// than `rate` (a positive ratio); replaces a slew in progress. The clock ends the slew by itself
  /// when the phase is done.
  ///
  /// @throws ClockException if the system refuses
  void adjust(double frequency, NtpDuration phase, double rate) throws ClockException;

  /// Announces a leap second at the end of the current UTC day: 1 inserts, -1 deletes, 0 withdraws.
  ///
  /// @throws ClockException if the system refuses
  void setLeap(int leap) throws ClockException;

  /// Tells the system whether the clock is synchronized and how far off it may be at most.
  ///
  /// @throws ClockException if the system refuses
  void setSynchronized(boolean isSynchronized, NtpDuration maximumError) throws ClockException;

  /// The precision as log2 seconds (RFC 5905 section 7.3), for example -22.
  int precision();
}
