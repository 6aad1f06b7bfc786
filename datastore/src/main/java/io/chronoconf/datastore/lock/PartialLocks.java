package io.chronoconf.datastore.lock;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.DataPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// The locks that sessions hold on parts of running (RFC 5717). Used by one thread.
public final class PartialLocks {
  /// How many locks there may be.
  public static final int MAX_LOCKS = 1_000;

  private final List<PartialLock> held = new ArrayList<>();
  private long lastId;

  /// Grants a lock.
  ///
  /// @param wanted with whatever id
  /// @return the lock with its id
  /// @throws RpcException lock-denied if another session holds part of it, resource-denied if there
  ///   are too many locks
  public PartialLock lock(PartialLock wanted) throws RpcException {
    for (DataPath node : wanted.nodes()) {
      Optional<PartialLock> other = inTheWay(wanted.session(), node);
      if (other.isPresent()) {
        long sessionId = other.get().session().sessionId();
        throw LockTable.denied(
            sessionId,
            "Session %d has locked %s or a part of it: wait until it unlocks."
                .formatted(sessionId, node));
      }
    }
    if (held.size() >= MAX_LOCKS) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.RESOURCE_DENIED,
              "There are %d partial locks, which is the limit: unlock some.".formatted(MAX_LOCKS))
          .asException();
    }
    lastId++;
    PartialLock lock =
        new PartialLock(lastId, wanted.session(), wanted.select(), wanted.nodes(), wanted.since());
    held.add(lock);
    return lock;
  }

  /// Gives a lock back.
  ///
  /// @throws RpcException invalid-value if the session holds no such lock
  public void unlock(SessionContext session, long id) throws RpcException {
    boolean isHeld =
        held.removeIf(lock -> lock.id() == id && lock.session().sessionId() == session.sessionId());
    if (!isHeld) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.INVALID_VALUE,
              "This session holds no partial lock " + id + ".")
          .withInfo(Info.badElement("lock-id"))
          .asException();
    }
  }

  /// A lock of another session, on whatever.
  public Optional<PartialLock> ofOthers(SessionContext session) {
    return held.stream().filter(lock -> isOther(session, lock)).findFirst();
  }

  /// Lets a session change only what no other session has locked.
  ///
  /// @param target the topmost node that is changed
  /// @throws RpcException in-use, naming the other session
  public void checkWritable(SessionContext session, DataPath target) throws RpcException {
    Optional<PartialLock> other = inTheWay(session, target);
    if (other.isPresent()) {
      long sessionId = other.get().session().sessionId();
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.IN_USE,
              "Session %d has locked %s or a part of it: wait until it unlocks."
                  .formatted(sessionId, target))
          .withPath(target.errorPath())
          .withInfo(Info.sessionId(sessionId))
          .asException();
    }
  }

  private Optional<PartialLock> inTheWay(SessionContext session, DataPath node) {
    return held.stream()
        .filter(lock -> isOther(session, lock))
        .filter(lock -> lock.nodes().stream().anyMatch(locked -> overlap(locked, node)))
        .findFirst();
  }

  private static boolean isOther(SessionContext session, PartialLock lock) {
    return lock.session().sessionId() != session.sessionId();
  }

  // One of the two is the other or above it.
  private static boolean overlap(DataPath one, DataPath other) {
    List<PathArgument> left = ids(one);
    List<PathArgument> right = ids(other);
    int common = Math.min(left.size(), right.size());
    return left.subList(0, common).equals(right.subList(0, common));
  }

  private static List<PathArgument> ids(DataPath path) {
    return path.fromTop().stream().map(DataPath::id).toList();
  }

  /// Takes all locks of a session that is gone.
  public void release(SessionContext session) {
    held.removeIf(lock -> !isOther(session, lock));
  }

  /// The locks held now.
  public List<PartialLock> held() {
    return List.copyOf(held);
  }
}
