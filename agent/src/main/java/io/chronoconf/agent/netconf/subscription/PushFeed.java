package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.PushWriter;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.agent.netconf.notification.Feed;
import io.chronoconf.agent.netconf.notification.Notification;
import io.chronoconf.agent.netconf.subscription.PushState.Update;
import io.chronoconf.datastore.tree.NodeSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Sends the content of a datastore. Nothing queues: an update is made when the session can take
/// it.
final class PushFeed implements Feed {
  // Stop times are by the clock, which may be set; so they are looked at now and then.
  private static final long LONGEST_WAIT_NS = Duration.ofSeconds(1).toNanos();

  private final NodeSchema root;
  private final long id;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Supplier<Notification> onStop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isChanged = lock.newCondition();
  // The rest is guarded by the lock.
  private final Deque<Message> told = new ArrayDeque<>();
  private final PushState state;
  private Optional<Instant> stop;
  private boolean isLast;
  private boolean isClosed;

  /// @param onStop makes what is sent at the stop time
  /// @param nanoClock a clock that only goes forward, in nanoseconds
  PushFeed(
      NodeSchema root,
      long id,
      Supplier<ContainerNode> content,
      Trigger trigger,
      Optional<Instant> stop,
      Supplier<Notification> onStop,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.root = root;
    this.id = id;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.stop = stop;
    this.onStop = onStop;
    this.state = new PushState(root, content, trigger, clock.instant(), nanoClock.getAsLong());
  }

  @Override
  public Optional<Message> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (isClosed) {
          return Optional.empty();
        }
        if (!told.isEmpty()) {
          return Optional.of(told.removeFirst());
        }
        if (isLast) {
          return Optional.empty();
        }
        if (stop.isPresent() && clock.instant().isAfter(stop.get())) {
          isLast = true;
          return Optional.of(onStop.get());
        }
        long beginNs = nanoClock.getAsLong();
        Optional<Update> update = state.next(beginNs);
        long endNs = nanoClock.getAsLong();
        state.took(endNs, endNs - beginNs);
        if (update.isPresent()) {
          return Optional.of(message(update.get()));
        }
        await();
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // The caller's loop looks at everything anew.
  private void await() throws InterruptedException {
    long nowNs = nanoClock.getAsLong();
    long ns = Math.clamp(state.wakeNs(nowNs) - nowNs, 1, LONGEST_WAIT_NS);
    boolean _ = isChanged.await(ns, TimeUnit.NANOSECONDS);
  }

  private Message message(Update update) {
    Instant now = Notification.time(clock.instant());
    byte[] bytes =
        switch (update) {
          case Update.Whole whole -> PushWriter.update(root, now, id, whole.content());
          case Update.Changes changes ->
              PushWriter.changes(now, id, changes.number(), changes.changes());
        };
    return out -> out.write(bytes);
  }

  private void with(Runnable change) {
    lock.lock();
    try {
      change.run();
      isChanged.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Something changed that may have been selected.
  void changed() {
    with(state::changed);
  }

  /// Sends everything with the next update.
  void resync() {
    with(state::resync);
  }

  /// Goes on with another selection and other times, after telling so.
  void modify(
      Supplier<ContainerNode> content,
      Trigger trigger,
      Optional<Instant> newStop,
      Notification modified) {
    with(
        () -> {
          told.addLast(modified);
          stop = newStop;
          state.modify(content, trigger, clock.instant(), nanoClock.getAsLong());
        });
  }

  /// Ends it after telling so.
  void end(Notification last) {
    with(
        () -> {
          told.addLast(last);
          isLast = true;
        });
  }

  @Override
  public boolean isOverrun() {
    return false;
  }

  @Override
  public void close() {
    with(() -> isClosed = true);
  }
}
