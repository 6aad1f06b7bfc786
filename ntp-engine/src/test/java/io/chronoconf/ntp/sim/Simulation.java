package io.chronoconf.ntp.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// True time and what happens in it. At every whole second the clocks advance, the oscillators
/// walk, disturbances strike and then the observer looks, in this order.
final class Simulation {
  /// More than this at one instant is a loop.
  private static final int MAX_EVENTS_AT_ONCE = 100_000;

  /// So that a timer is not early by a rounding error.
  private static final double TIMER_SLACK = 1e-10;

  private record Event(double time, long order, Runnable action) {}

  /// Called at every whole second.
  interface Observer {
    void observe(int second);
  }

  private final PriorityQueue<Event> queue =
      new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingLong(Event::order));
  private final List<EngineNode> nodes = new ArrayList<>();
  private double time;
  private long order;

  double time() {
    return time;
  }

  void add(EngineNode node) {
    nodes.add(node);
  }

  /// Runs `action` in `seconds` from now.
  void schedule(double seconds, Runnable action) {
    queue.add(new Event(time + seconds, order++, action));
  }

  /// Runs from the present whole second up to, but without, second `end`.
  void run(int end, Observer observer) {
    for (int second = (int) time; second < end; second++) {
      runUntil(second);
      nodes.forEach(node -> node.clock().walk());
      runDue(second);
      observer.observe(second);
    }
  }

  /// Disturbances are events of whole seconds.
  private void runDue(int second) {
    while (!queue.isEmpty() && queue.peek().time() <= second) {
      queue.remove().action().run();
    }
  }

  private void runUntil(double end) {
    double last = time;
    int atOnce = 0;
    while (true) {
      EngineNode next = nextNode();
      double wake = next == null ? end : time + next.secondsUntilTimer() + TIMER_SLACK;
      double delivery = queue.isEmpty() ? end : queue.peek().time();
      double now = Math.min(wake, delivery);
      if (now >= end) {
        advance(end);
        return;
      }
      advance(now);
      if (delivery <= wake) {
        queue.remove().action().run();
      } else if (next != null) {
        next.expireTimer();
      }
      atOnce = time - last < 1e-6 ? atOnce + 1 : 0;
      last = atOnce == 0 ? time : last;
      if (atOnce > MAX_EVENTS_AT_ONCE) {
        throw new IllegalStateException("too many events at " + time + " s of true time");
      }
    }
  }

  private void advance(double to) {
    double seconds = Math.max(to - time, 0);
    nodes.forEach(node -> node.clock().advance(seconds));
    time = Math.max(to, time);
  }

  private @Nullable EngineNode nextNode() {
    EngineNode next = null;
    for (EngineNode node : nodes) {
      if (next == null || node.secondsUntilTimer() < next.secondsUntilTimer()) {
        next = node;
      }
    }
    return next;
  }
}
