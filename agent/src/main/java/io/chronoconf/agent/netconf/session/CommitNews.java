package io.chronoconf.agent.netconf.session;

import io.chronoconf.agent.netconf.notification.BaseNotifications;
import io.chronoconf.agent.netconf.notification.BaseNotifications.Party;
import io.chronoconf.datastore.commit.CommitListener;
import io.chronoconf.datastore.commit.ConfirmEvent;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.lock.SessionContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Publishes what happens to running and startup.
///
/// @param parties who a session is; empty for the agent itself
record CommitNews(BaseNotifications base, Function<SessionContext, Optional<Party>> parties)
    implements CommitListener {
  @Override
  public void committed(SessionContext session, List<EditSummary.Change> changes) {
    base.configChanged(parties.apply(session), "running", changes);
  }

  @Override
  public void saved(SessionContext session, List<EditSummary.Change> changes) {
    base.configChanged(parties.apply(session), "startup", changes);
  }

  @Override
  public void confirmation(SessionContext session, ConfirmEvent event, Optional<Duration> timeout) {
    base.commitConfirmation(parties.apply(session), event, timeout);
  }
}
