package io.chronoconf.agent.netconf.notification;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The notifications kept for replay: the newest ones, as many as fit. Not safe for threads.
final class ReplayLog {
  /// Longest log, in notifications.
  static final int MAX_COUNT = 1_000;

  /// Largest log, in bytes of messages.
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final Deque<Notification> kept = new ArrayDeque<>();
  private int bytes;

  /// Adds the newest and drops the oldest as needed. One that alone is too large is not kept.
  void add(Notification notification) {
    kept.addLast(notification);
    bytes += notification.bytes();
    while (kept.size() > MAX_COUNT || bytes > MAX_BYTES) {
      bytes -= kept.removeFirst().bytes();
    }
  }

  /// What happened from one time to another, both included, in the order in which it was published.
  /// Event times need not ascend: the clock may have been stepped.
  List<Notification> between(Instant start, Optional<Instant> stop) {
    return kept.stream()
        .filter(n -> !n.eventTime().isBefore(start))
        .filter(n -> stop.isEmpty() || !n.eventTime().isAfter(stop.get()))
        .toList();
  }
}
