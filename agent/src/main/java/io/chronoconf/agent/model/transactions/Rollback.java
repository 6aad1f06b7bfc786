package io.chronoconf.agent.model.transactions;

import io.chronoconf.agent.netconf.operation.RpcHandler;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint64;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The rpc `rollback`: makes running what it was after a commit of the past.
public final class Rollback implements RpcHandler {
  private final Datastores datastores;

  public Rollback(Datastores datastores) {
    this.datastores = datastores;
  }

  @Override
  public QName rpc() {
    return TransactionsModule.NAMES.name("rollback");
  }

  @Override
  public Optional<ContainerNode> perform(ConfigCursor input, SessionContext session)
      throws RpcException {
    Uint64 commit = input.leaf(TransactionsModule.NAMES.name("commit"), Uint64.class).orElseThrow();
    datastores.rollBack(
        session,
        commit.longValue(),
        input.leaf(TransactionsModule.NAMES.name("if-revision"), String.class));
    return Optional.empty();
  }
}
