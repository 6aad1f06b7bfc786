package io.chronoconf.datastore.commit;

import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.lock.SessionContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Told of each change of running and startup once it is in effect. Called on the writer thread: it
/// must neither block nor fail.
public interface CommitListener {
  /// Running changed.
  ///
  /// @param session who committed; [SessionContext#AGENT] for the agent itself
  /// @param changes at least one
  void committed(SessionContext session, List<EditSummary.Change> changes);

  /// Startup changed.
  ///
  /// @param session who saved it
  /// @param changes at least one
  void saved(SessionContext session, List<EditSummary.Change> changes);

  /// A confirmed commit began, went on or ended; told before the change that it makes to running.
  ///
  /// @param session who did that; [SessionContext#AGENT] if it timed out; the session that ended if
  ///   it is lost with it
  /// @param timeout until it is reverted, if it began or goes on
  void confirmation(SessionContext session, ConfirmEvent event, Optional<Duration> timeout);
}
