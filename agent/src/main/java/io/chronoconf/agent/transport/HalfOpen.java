package io.chronoconf.agent.transport;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The connections whose peers have not logged in yet, limited in number. Dropping the oldest for
/// one more lets honest clients through while somebody holds connections open: they need a moment
/// only, the others wait for the login timeout. Any thread.
///
/// @param <C> a connection, told apart by identity
public final class HalfOpen<C> {
  private final int maxCount;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock; oldest first.
  private final Set<C> connections = new LinkedHashSet<>();

  /// @param maxCount how many may wait at the same time
  public HalfOpen(int maxCount) {
    this.maxCount = maxCount;
  }

  /// Takes one more.
  ///
  /// @return the one to be dropped for it
  public Optional<C> add(C connection) {
    lock.lock();
    try {
      connections.add(connection);
      if (connections.size() <= maxCount) {
        return Optional.empty();
      }
      Optional<C> oldest = connections.stream().findFirst();
      oldest.ifPresent(connections::remove);
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets one, as it has logged in or is gone.
  public void remove(C connection) {
    lock.lock();
    try {
      connections.remove(connection);
    } finally {
      lock.unlock();
    }
  }
}
