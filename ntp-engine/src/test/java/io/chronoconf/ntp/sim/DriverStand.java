package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.time.HostClock;

/// A real driver of a clock and, under it, a host that a simulation turns.
interface DriverStand {
  HostClock driver();

  /// The host's oscillator runs on.
  void turn(long nanos);

  /// The correction of the oscillator's rate that is in force, slew included, a ratio.
  double correction();

  /// Somebody else sets the clock.
  void disturb(double seconds);
}
