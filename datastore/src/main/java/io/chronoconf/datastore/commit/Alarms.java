package io.chronoconf.datastore.commit;

import java.time.Duration;

/// Wakes somebody up once, after a while. The time is elapsed time, so that setting the clock
/// neither shortens nor lengthens it.
@FunctionalInterface
public interface Alarms {
  /// Runs the task once after the delay, unless cancelled before. The task must not block.
  ///
  /// @param delay from now
  Alarm after(Duration delay, Runnable task);

  /// A task that waits.
  @FunctionalInterface
  interface Alarm {
    /// Lets the task not run; without effect once it does.
    void cancel();
  }
}
