package io.chronoconf.agent.model.factorydefault;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.agent.netconf.session.SessionRegistry;
import io.chronoconf.agent.netconf.session.SessionStatus;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The rpc `factory-reset` (RFC 8808 section 2): all datastores go back to the configuration that
/// the first start made, and all other sessions end. The asking one goes on, to hear that it is
/// done.
public final class FactoryReset implements RpcHandler {
  private static final ModuleNames NAMES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-factory-default", "2020-08-31");

  /// What is handled here.
  public static final PathTable PATHS = PathTable.of("factory-default", "rpc /fd:factory-reset");

  private final Datastores datastores;
  private final SessionRegistry sessions;

  public FactoryReset(Datastores datastores, SessionRegistry sessions) {
    this.datastores = datastores;
    this.sessions = sessions;
  }

  @Override
  public QName rpc() {
    return NAMES.name("factory-reset");
  }

  @Override
  public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session)
      throws RpcException {
    datastores.factoryReset(session);
    for (SessionStatus other : sessions.sessions()) {
      if (other.sessionId() != session.sessionId()) {
        sessions.kill(other.sessionId(), session.sessionId());
      }
    }
    return Optional.empty();
  }
}
