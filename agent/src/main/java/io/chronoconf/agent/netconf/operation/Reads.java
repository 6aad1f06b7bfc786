package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.TreeDepth;
import io.chronoconf.datastore.validate.DefaultsInUse;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Answers what is read. First defaults come in or go, then goes what the user may not read, and
/// last the filter looks at the rest: so it tells nothing about the other two. Any thread.
final class Reads {
  private final Datastores datastores;
  private final DefaultsInUse defaults;
  private final long maxXPathSteps;

  /// @param maxXPathSteps what the evaluation of one XPath filter may cost
  Reads(Datastores datastores, long maxXPathSteps) {
    this.datastores = datastores;
    this.maxXPathSteps = maxXPathSteps;
    this.defaults = new DefaultsInUse(datastores.root());
  }

  Reply get(Operation.Get get, SessionContext session) throws RpcException {
    // Conditions, those of defaults and those of expressions, may look at anything.
    Optional<Set<QName>> roots =
        get.defaults() == DefaultsMode.EXPLICIT
                && get.filter().orElse(null) instanceof SubtreeFilter subtree
            ? Optional.of(subtree.roots())
            : Optional.empty();
    ContainerNode tree =
        roots.isPresent() ? datastores.operational(roots.get()) : datastores.operational();
    return reply(tree, true, get.filter(), get.defaults(), session);
  }

  Reply getConfig(Operation.GetConfig get, SessionContext session) throws RpcException {
    return reply(datastores.read(get.source()), false, get.filter(), get.defaults(), session);
  }

  private Reply reply(
      ContainerNode tree,
      boolean withState,
      Optional<DataFilter> filter,
      DefaultsMode mode,
      SessionContext session)
      throws RpcException {
    return switch (mode) {
      case EXPLICIT -> filtered(readable(session, tree), filter, Set.of());
      case TRIM -> filtered(readable(session, defaults.trim(tree)), filter, Set.of());
      case REPORT_ALL ->
          filtered(readable(session, completed(tree, withState).tree()), filter, Set.of());
      case REPORT_ALL_TAGGED -> {
        DefaultsInUse.Completed completed = completed(tree, withState);
        yield filtered(readable(session, completed.tree()), filter, completed.defaults());
      }
    };
  }

  private Reply filtered(
      ContainerNode tree, Optional<DataFilter> filter, Set<List<PathArgument>> tagged)
      throws RpcException {
    return switch (filter.orElse(null)) {
      case null -> new Reply.Data(tree, Optional.empty(), tagged);
      case SubtreeFilter subtree -> new Reply.Data(tree, Optional.of(subtree), tagged);
      case XPathFilter xpath ->
          new Reply.Data(selected(xpath, tree, TreeDepth.UNBOUNDED), Optional.empty(), tagged);
    };
  }

  /// What an expression selects.
  ///
  /// @param levels of each selected node that are shown
  ContainerNode selected(XPathFilter filter, ContainerNode tree, int levels) throws RpcException {
    try {
      return filter.select(tree, maxXPathSteps, levels);
    } catch (XPathCostException e) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.RESOURCE_DENIED,
              "The filter's expression costs too much: "
                  + e.getMessage()
                  + ", or start the agent with a larger --max-xpath-steps.")
          .asException();
    } catch (XPathException e) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.INVALID_VALUE,
              "The filter's expression cannot be evaluated: " + e.getMessage() + ".")
          .asException();
    }
  }

  /// The tree without what equals its default.
  ContainerNode trimmed(ContainerNode tree) {
    return defaults.trim(tree);
  }

  /// The tree with its defaults.
  DefaultsInUse.Completed completed(ContainerNode tree, boolean withState) throws RpcException {
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

  /// What the session's user may read of the tree.
  ContainerNode readable(SessionContext session, ContainerNode tree) {
    return datastores.access().readable(session, tree);
  }
}
