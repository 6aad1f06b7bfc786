package io.chronoconf.datastore.commit;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The confirmed commit that waits for its confirmation, if there is one (RFC 6241 section 8.4).
/// Used by the datastores' writer thread.
///
/// What waits is never written to the state folder, so that a restart finds the configuration as it
/// was before, whatever ended the agent.
public final class PendingCommit {
  /// @param owner who began it; 0 once that session is gone
  /// @param persistId the token, if it outlives its session
  /// @param round counts what waits, so that an alarm that comes late hits nothing else
  private record State(long owner, Optional<String> persistId, Alarms.Alarm alarm, long round) {}

  private final Alarms alarms;
  private @Nullable State state;
  private long rounds;

  public PendingCommit(Alarms alarms) {
    this.alarms = alarms;
  }

  public boolean isWaiting() {
    return state != null;
  }

  /// Who began what waits: another session cannot lock running meanwhile (RFC 6241 section 7.5).
  ///
  /// @return empty if nothing waits; 0 if that session is gone
  public Optional<Long> owner() {
    return Optional.ofNullable(state).map(State::owner);
  }

  /// Lets a change of running through if nothing waits, or the change belongs to what waits.
  ///
  /// @param persistId the token given with the change
  /// @throws RpcException in-use, or invalid-value for a wrong token
  public void requireFollowUp(SessionContext session, Optional<String> persistId)
      throws RpcException {
    State waiting = state;
    if (persistId.isPresent()) {
      requireToken(waiting, persistId.get());
    } else if (waiting != null && waiting.persistId().isPresent()) {
      throw inUse(
          waiting,
          "A persistent confirmed commit waits for its confirmation: give its persist-id, or wait"
              + " until it is confirmed, cancelled or timed out.");
    } else if (waiting != null && waiting.owner() != session.sessionId()) {
      throw inUse(
          waiting,
          "Session %d waits for the confirmation of its commit: wait until it is confirmed, cancelled or timed out."
              .formatted(waiting.owner()));
    }
  }

  /// Lets a cancel-commit through.
  ///
  /// @throws RpcException operation-failed if nothing waits, invalid-value for a missing or wrong
  ///   token or a session that does not own it
  public void requireCancellable(SessionContext session, Optional<String> persistId)
      throws RpcException {
    State waiting = state;
    if (persistId.isPresent()) {
      requireToken(waiting, persistId.get());
    } else if (waiting == null) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.OPERATION_FAILED,
              "No confirmed commit waits for its confirmation: there is nothing to cancel.")
          .asException();
    } else if (waiting.persistId().isPresent()) {
      throw invalid("The confirmed commit that waits is persistent: give its persist-id.");
    } else if (waiting.owner() != session.sessionId()) {
      throw invalid(
          "The confirmed commit that waits belongs to session %d, which alone can cancel it."
              .formatted(waiting.owner()));
    }
  }

  private static void requireToken(@Nullable State waiting, String persistId) throws RpcException {
    if (waiting == null) {
      throw invalid("No confirmed commit waits for its confirmation: leave persist-id out.");
    }
    if (waiting.persistId().isEmpty()) {
      throw invalid("The confirmed commit that waits is not persistent: leave persist-id out.");
    }
    if (!waiting.persistId().get().equals(persistId)) {
      throw invalid("The persist-id is not the one of the confirmed commit that waits.");
    }
  }

  private static RpcException inUse(State waiting, String why) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.IN_USE, why)
        .withInfo(Info.sessionId(waiting.owner()))
        .asException();
  }

  private static RpcException invalid(String why) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE, why).asException();
  }

  /// Begins to wait, or waits anew.
  ///
  /// @param timeout from now
  /// @param onTimeout called by the alarms with the round that timed out
  /// @return whether it began or goes on
  public ConfirmEvent begin(
      SessionContext session, Optional<String> persist, Duration timeout, LongConsumer onTimeout) {
    State waiting = state;
    long round = ++rounds;
    Alarms.Alarm alarm = alarms.after(timeout, () -> onTimeout.accept(round));
    if (waiting == null) {
      state = new State(session.sessionId(), persist, alarm, round);
      return ConfirmEvent.START;
    }
    waiting.alarm().cancel();
    state = new State(waiting.owner(), persist.or(waiting::persistId), alarm, round);
    return ConfirmEvent.EXTEND;
  }

  /// Whether a round that timed out is the one that waits.
  public boolean isWaitingFor(long round) {
    return state != null && state.round() == round;
  }

  /// Waits no longer.
  ///
  /// @return whether something waited
  public boolean end() {
    State waiting = state;
    if (waiting == null) {
      return false;
    }
    waiting.alarm().cancel();
    state = null;
    return true;
  }

  /// A session is gone.
  ///
  /// @return whether what waits has to be reverted for that
  public boolean isLostWith(SessionContext session) {
    State waiting = state;
    if (waiting == null || waiting.owner() != session.sessionId()) {
      return false;
    }
    if (waiting.persistId().isEmpty()) {
      return true;
    }
    state = new State(0, waiting.persistId(), waiting.alarm(), waiting.round());
    return false;
  }
}
