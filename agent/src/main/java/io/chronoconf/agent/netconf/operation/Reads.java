package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.validate.DefaultsInUse;
import io.chronoconf.datastore.xpath.XPathCostException;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Answers what is read. First defaults come in or go, then goes what the user may not read, and
/// last the filter looks at the rest: so it tells nothing about the other two. Any thread.
final class Reads {
  private final Datastores datastores;
  private final DefaultsInUse defaults;

  Reads(Datastores datastores) {
    this.datastores = datastores;
    this.defaults = new DefaultsInUse(datastores.root());
  }

  Reply get(Operation.Get get, SessionContext session) throws RpcException {
    // The conditions of defaults may look at anything.
    boolean needsAll = get.filter().isEmpty() || get.defaults() != DefaultsMode.EXPLICIT;
    ContainerNode tree =
        needsAll
            ? datastores.operational()
            : datastores.operational(get.filter().orElseThrow().roots());
    return reply(tree, true, get.filter(), get.defaults(), session);
  }

  Reply getConfig(Operation.GetConfig get, SessionContext session) throws RpcException {
    return reply(datastores.read(get.source()), false, get.filter(), get.defaults(), session);
  }

  private Reply reply(
      ContainerNode tree,
      boolean withState,
      Optional<SubtreeFilter> filter,
      DefaultsMode mode,
      SessionContext session)
      throws RpcException {
    return switch (mode) {
      case EXPLICIT -> new Reply.Data(readable(session, tree), filter, Set.of());
      case TRIM -> new Reply.Data(readable(session, defaults.trim(tree)), filter, Set.of());
      case REPORT_ALL ->
          new Reply.Data(readable(session, completed(tree, withState).tree()), filter, Set.of());
      case REPORT_ALL_TAGGED -> {
        DefaultsInUse.Completed completed = completed(tree, withState);
        yield new Reply.Data(readable(session, completed.tree()), filter, completed.defaults());
      }
    };
  }

  private DefaultsInUse.Completed completed(ContainerNode tree, boolean withState)
      throws RpcException {
    try {
      return defaults.complete(tree, withState);
    } catch (XPathCostException e) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.RESOURCE_DENIED,
              "There is too much data to find its defaults: ask with with-defaults explicit.")
          .asException();
    }
  }

  private ContainerNode readable(SessionContext session, ContainerNode tree) {
    return datastores.access().readable(session, tree);
  }
}
