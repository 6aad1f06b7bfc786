package io.chronoconf.agent.model.ietfntp;

import static io.chronoconf.agent.model.ietfntp.NtpNodes.ccn;

import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The rpc accept-offset of `chronoconf-ntp`: the next correction of the clock may be of any size
/// below 68 years. Without an offset that is held back it has no effect that lasts beyond the next
/// answer of a source.
public final class AcceptOffset implements RpcHandler {
  private final EngineControl engine;

  public AcceptOffset(EngineControl engine) {
    this.engine = engine;
  }

  @Override
  public QName rpc() {
    return ccn("accept-offset");
  }

  @Override
  public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session) {
    engine.apply(List.of(new EngineCommand.AcceptOffset()));
    return Optional.empty();
  }
}
