package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.lock.PartialLock;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.datastore.xpath.XPathException;
import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Locks and unlocks parts of running (RFC 5717). Any thread.
final class PartialLockRpcs {
  private static final QName LOCK =
      QName.create("urn:ietf:params:xml:ns:netconf:partial-lock:1.0", "2009-10-19", "partial-lock");

  private final Datastores datastores;
  private final long maxXPathSteps;

  PartialLockRpcs(Datastores datastores, long maxXPathSteps) {
    this.datastores = datastores;
    this.maxXPathSteps = maxXPathSteps;
  }

  // RFC 5717 section 2.1: who locks a node must be able to read it.
  Reply lock(Operation.PartialLock wanted, SessionContext session) throws RpcException {
    PartialLock lock;
    try {
      lock =
          datastores.lockParts(
              session,
              wanted.kept(),
              running -> find(wanted, datastores.access().readable(session, running)));
    } catch (XPathException e) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.RESOURCE_DENIED,
              "select cannot be evaluated: " + e.getMessage() + ". Select with fewer steps.")
          .asException();
    }
    NodeSchema output = NodeSchema.outputOf(datastores.schema(), LOCK);
    return new Reply.Output(
        LOCK,
        StateBuilder.root(
            output,
            into ->
                into.leaf(QName.create(LOCK, "lock-id"), lock.id())
                    .leafList(
                        QName.create(LOCK, "locked-node"),
                        lock.nodes().stream().map(DataPath::identifier).toList())));
  }

  private List<DataPath> find(Operation.PartialLock wanted, ContainerNode running) {
    List<DataPath> nodes = new ArrayList<>();
    for (XPathFilter select : wanted.select()) {
      nodes.addAll(select.paths(running, maxXPathSteps));
    }
    return nodes;
  }

  Reply unlock(Operation.PartialUnlock wanted, SessionContext session) throws RpcException {
    datastores.unlockParts(session, wanted.lockId());
    return new Reply.Ok();
  }
}
