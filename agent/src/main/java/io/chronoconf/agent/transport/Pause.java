package io.chronoconf.agent.transport;

import java.time.Duration;

/// Lets time go by. In tests it goes by at once.
public interface Pause {
  /// Returns when the time is over.
  ///
  /// @throws InterruptedException if the thread is to stop
  void pause(Duration time) throws InterruptedException;
}
