package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.time.LocalClock;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.NtpDuration;

/// A node's clock, over an oscillator that true time drives. It refuses nothing.
public interface NodeClock extends LocalClock {
  /// Lets `seconds` of true time pass.
  void advance(double seconds);

  /// The oscillator's frequency walks on; once a true second.
  void walk();

  /// Somebody sets the clock; the engine is not told.
  void disturb(double seconds);

  /// True seconds from now until the oscillator reads `time`; not negative.
  double secondsUntil(MonotonicTime time);

  /// Local minus true time in seconds.
  double error();

  /// How much faster than true time the local clock runs, slew included.
  double frequencyError();

  @Override
  void step(NtpDuration offset);

  @Override
  void adjust(double frequency, NtpDuration phase, double rate);

  @Override
  void setLeap(int leap);

  @Override
  void setSynchronized(boolean isSynchronized, NtpDuration maximumError);
}
