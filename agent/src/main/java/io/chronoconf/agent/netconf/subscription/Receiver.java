package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.SubscriptionRequest;
import io.chronoconf.agent.netconf.notification.Feed;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// One subscription and its receiver: `Receiver = ToStream | ToDatastore`. Any thread.
abstract sealed class Receiver permits ToStream, ToDatastore {
  final long id;
  final SessionContext session;
  private final AtomicLong sent = new AtomicLong();
  volatile SubscriptionRequest request;

  Receiver(long id, SessionContext session, SubscriptionRequest request) {
    this.id = id;
    this.session = session;
    this.request = request;
  }

  boolean isOf(SessionContext other) {
    return session.sessionId() == other.sessionId();
  }

  Subscriptions.Status status() {
    return new Subscriptions.Status(id, session, request, sent.get(), excluded());
  }

  /// What the session sends, counted.
  ///
  /// @param onEnd called once there is nothing more
  Feed feed(Runnable onEnd) {
    Feed inner = feed();
    return new Feed() {
      @Override
      public Optional<? extends Message> take() throws InterruptedException {
        Optional<? extends Message> next = inner.take();
        if (next.isPresent()) {
          sent.incrementAndGet();
        } else {
          onEnd.run();
        }
        return next;
      }

      @Override
      public boolean isOverrun() {
        return inner.isOverrun();
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  abstract Feed feed();

  abstract long excluded();

  /// Checks a change.
  ///
  /// @return what makes it
  abstract Runnable modification(SubscriptionRequest wanted) throws RpcException;

  /// Something was committed.
  abstract void changed();

  /// Whether it tells of changes of a datastore.
  abstract boolean isOnChange();

  /// Sends everything anew.
  abstract void resync();

  /// Ends it after telling the receiver.
  abstract void terminate();

  /// Ends it at once.
  abstract void close();
}
