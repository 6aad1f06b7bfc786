package io.chronoconf.agent.netconf.notification;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One session's subscription: the queue between those who publish and the one thread that sends.
/// [#take] belongs to that thread; the rest to any.
public final class Subscription implements Feed {
  /// Live notifications that may wait; a session that lets more pile up has to go.
  static final int MAX_QUEUED = 1_000;

  /// Bytes of live notifications that may wait.
  static final int MAX_QUEUED_BYTES = 16 * 1024 * 1024;

  private final Admission admission;
  private final Supplier<Notification> last;
  private volatile Optional<Instant> stop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isChanged = lock.newCondition();
  // The rest is guarded by the lock. The log that is replayed has its own limits.
  private final Deque<Notification> replay;
  private final Deque<Notification> live = new ArrayDeque<>();
  private int liveBytes;
  private boolean isComplete;
  private boolean isOverrun;
  private boolean isClosed;

  /// Decides what is sent. Asked on the sending thread, once for each notification.
  @FunctionalInterface
  public interface Admission {
    /// What of a notification is sent; empty if nothing.
    Optional<Notification> admit(Notification notification);
  }

  /// @param replay what comes first
  /// @param stop what happens after that is not sent
  /// @param last makes what tells that the stop time has come
  Subscription(
      Admission admission,
      List<Notification> replay,
      Optional<Instant> stop,
      Supplier<Notification> last) {
    this.admission = admission;
    this.last = last;
    this.replay = new ArrayDeque<>(replay);
    this.stop = stop;
  }

  /// Sets another stop time.
  public void stopAt(Optional<Instant> time) {
    stop = time;
  }

  /// True if the stop time has come.
  boolean isOver(Instant now) {
    Optional<Instant> end = stop;
    return end.isPresent() && now.isAfter(end.get());
  }

  /// Queues a notification; never waits.
  public void offer(Notification notification) {
    lock.lock();
    try {
      if (isComplete || isOverrun || isClosed) {
        return;
      }
      if (live.size() >= MAX_QUEUED || liveBytes + notification.bytes() > MAX_QUEUED_BYTES) {
        isOverrun = true;
        live.clear();
      } else {
        add(notification);
      }
      isChanged.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Queues the notification that the stop time has come.
  void complete() {
    complete(last.get());
  }

  /// Queues the last notification.
  public void complete(Notification last) {
    lock.lock();
    try {
      if (!isComplete && !isOverrun && !isClosed) {
        isComplete = true;
        add(last);
        isChanged.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(Notification notification) {
    live.addLast(notification);
    liveBytes += notification.bytes();
  }

  @Override
  public Optional<Notification> take() throws InterruptedException {
    while (true) {
      Optional<Notification> next = next();
      if (next.isEmpty()) {
        return next;
      }
      Optional<Notification> admitted = admission.admit(next.get());
      if (admitted.isPresent()) {
        return admitted;
      }
    }
  }

  private Optional<Notification> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (isClosed || isOverrun) {
          return Optional.empty();
        }
        if (!replay.isEmpty()) {
          return Optional.of(replay.removeFirst());
        }
        if (!live.isEmpty()) {
          Notification first = live.removeFirst();
          liveBytes -= first.bytes();
          return Optional.of(first);
        }
        if (isComplete) {
          return Optional.empty();
        }
        isChanged.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isOverrun() {
    lock.lock();
    try {
      return isOverrun;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      isChanged.signal();
    } finally {
      lock.unlock();
    }
  }
}
