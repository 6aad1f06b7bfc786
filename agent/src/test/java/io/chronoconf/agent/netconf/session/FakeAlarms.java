package io.chronoconf.agent.netconf.session;

import io.chronoconf.datastore.commit.Alarms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Alarms whose time passes on request.
public final class FakeAlarms implements Alarms {
  private record Waiting(Duration at, Runnable task) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public synchronized Alarm after(Duration delay, Runnable task) {
    Waiting alarm = new Waiting(now.plus(delay), task);
    waiting.add(alarm);
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Waiting alarm) {
    waiting.remove(alarm);
  }

  /// Lets time pass.
  public void advance(Duration by) {
    due(by).forEach(alarm -> alarm.task().run());
  }

  private synchronized List<Waiting> due(Duration by) {
    now = now.plus(by);
    List<Waiting> due = waiting.stream().filter(alarm -> alarm.at().compareTo(now) <= 0).toList();
    waiting.removeAll(due);
    return due;
  }

  /// How many wait.
  public synchronized int count() {
    return waiting.size();
  }
}
