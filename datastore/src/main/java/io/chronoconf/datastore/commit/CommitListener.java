package io.chronoconf.datastore.commit;

import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.lock.SessionContext;
import java.util.List;

/// Told of each change of running once it is in effect. Called on the writer thread: it must
/// neither block nor fail.
@FunctionalInterface
public interface CommitListener {
  /// Running changed.
  ///
  /// @param session who committed; [SessionContext#AGENT] for the agent itself
  /// @param changes at least one
  void committed(SessionContext session, List<EditSummary.Change> changes);
}
