package io.chronoconf.agent.netconf.operation;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Performs one rpc that a module defines. Called on the threads of sessions, several at once; may
/// block; the handler lives as long as the agent.
public interface RpcHandler {
  /// Which rpc.
  QName rpc();

  /// Does it.
  ///
  /// @param input the parameters, checked against their types
  /// @return the output parameters in a container; empty if the answer is ok
  Optional<ContainerNode> perform(ConfigCursor input, SessionContext session) throws RpcException;
}
