package io.chronoconf.datastore.lock;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The locks that sessions hold on whole datastores (RFC 6241 sections 7.5 and 7.6). Used by one
/// thread.
public final class LockTable {
  private final Map<DatastoreName, LockStatus> held = new EnumMap<>(DatastoreName.class);

  /// Grants a lock.
  ///
  /// @param isModified whether the datastore holds changes that are not committed
  /// @throws RpcException lock-denied if it is held, by whomever, or the datastore is modified
  public void lock(SessionContext session, DatastoreName datastore, boolean isModified, Instant now)
      throws RpcException {
    LockStatus lock = held.get(datastore);
    if (lock != null) {
      boolean isOwn = lock.sessionId() == session.sessionId();
      throw denied(
          lock.sessionId(),
          isOwn
              ? "This session holds the lock on " + datastore.wire() + " already."
              : "Session "
                  + lock.sessionId()
                  + " holds the lock on "
                  + datastore.wire()
                  + ": wait until it unlocks, or kill it.");
    }
    if (isModified) {
      throw denied(
          0,
          "The "
              + datastore.wire()
              + " holds changes that are not committed: commit them or discard-changes first.");
    }
    held.put(datastore, new LockStatus(datastore, session.sessionId(), now));
  }

  /// A refusal to lock.
  ///
  /// @param sessionId of the session in the way; 0 if it is none
  public static RpcException denied(long sessionId, String message) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.LOCK_DENIED, message)
        .withInfo(Info.sessionId(sessionId))
        .asException();
  }

  /// Gives a lock back.
  ///
  /// @throws RpcException operation-failed if the session does not hold it
  public void unlock(SessionContext session, DatastoreName datastore) throws RpcException {
    LockStatus lock = held.get(datastore);
    if (lock == null || lock.sessionId() != session.sessionId()) {
      String message =
          lock == null
              ? "The " + datastore.wire() + " is not locked: there is nothing to unlock."
              : "Session "
                  + lock.sessionId()
                  + " holds the lock on "
                  + datastore.wire()
                  + ": only it can unlock.";
      throw RpcError.of(ErrorType.PROTOCOL, ErrorTag.OPERATION_FAILED, message).asException();
    }
    held.remove(datastore);
  }

  /// Lets a session write only what no other session has locked.
  ///
  /// @throws RpcException in-use, naming the other session
  public void checkWritable(SessionContext session, DatastoreName datastore) throws RpcException {
    @Nullable LockStatus lock = held.get(datastore);
    if (lock != null && lock.sessionId() != session.sessionId()) {
      String message =
          "Session "
              + lock.sessionId()
              + " has locked "
              + datastore.wire()
              + ": wait until it unlocks.";
      throw RpcError.of(ErrorType.PROTOCOL, ErrorTag.IN_USE, message)
          .withInfo(Info.sessionId(lock.sessionId()))
          .asException();
    }
  }

  /// Takes all locks of a session that is gone.
  ///
  /// @return whether it had locked the candidate
  public boolean release(SessionContext session) {
    LockStatus candidate = held.get(DatastoreName.CANDIDATE);
    held.values().removeIf(lock -> lock.sessionId() == session.sessionId());
    return candidate != null && candidate.sessionId() == session.sessionId();
  }

  /// The lock on a datastore.
  public Optional<LockStatus> find(DatastoreName datastore) {
    return Optional.ofNullable(held.get(datastore));
  }

  /// The locks held now.
  public List<LockStatus> held() {
    return List.copyOf(held.values());
  }
}
