package io.chronoconf.agent;

import io.chronoconf.datastore.commit.Alarms;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Alarms by the monotonic clock of the machine, which no time service steps. Any thread.
final class SystemAlarms implements Alarms, AutoCloseable {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("alarms").unstarted(task));

  @Override
  public Alarm after(Duration delay, Runnable task) {
    ScheduledFuture<?> waiting = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
