package io.chronoconf.ntp.sim;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Which clock the nodes of a simulation have.
@FunctionalInterface
public interface ClockMaker {
  /// A clock that has run for no time yet.
  ///
  /// @param start what true time zero is called
  /// @param offset initial error in seconds, positive if the clock is ahead
  /// @param frequency initial error of the oscillator, positive if it gains
  /// @param wander step of its random walk per square root of a second
  NodeClock make(
      Instant start, double offset, double frequency, double wander, RandomGenerator random);
}
