package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.NmdaDatastore;
import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.OriginFilter;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.filter.Marks;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.operational.NodeFilter;
import io.chronoconf.datastore.operational.Origin;
import io.chronoconf.datastore.operational.Origins;
import io.chronoconf.datastore.tree.TreeDepth;
import io.chronoconf.datastore.validate.DefaultsInUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Reads datastores as NMDA wants it (RFC 8526 section 3.1.1). Operational holds all that is in
/// use, defaults among it, unless with-defaults asks for less (RFC 8342 section 5.3). What the user
/// may not read goes first, so that no filter tells of it. Any thread.
final class NmdaOperations {
  private final Datastores datastores;
  private final Reads reads;

  NmdaOperations(Datastores datastores, Reads reads) {
    this.datastores = datastores;
    this.reads = reads;
  }

  /// A datastore as a user sees it.
  ///
  /// @param defaults the leaves that are there by default
  /// @param origins where configuration comes from; none but in operational
  record View(ContainerNode tree, Set<List<PathArgument>> defaults, Origins origins) {}

  Reply getData(Operation.GetData get, SessionContext session) throws RpcException {
    View view = view(get.datastore(), get.defaults(), session);
    ContainerNode selected = selected(get.filter(), view.tree(), get.depth());
    ContainerNode left = filtered(get, selected, view.origins());
    boolean isTagged = get.defaults().equals(Optional.of(DefaultsMode.REPORT_ALL_TAGGED));
    return new Reply.NmdaData(
        left,
        new Marks(
            isTagged ? view.defaults() : Set.of(),
            get.withOrigin() ? view.origins() : Origins.NONE,
            get.depth() != TreeDepth.UNBOUNDED));
  }

  /// What a user may read of a datastore.
  ///
  /// @param mode which defaults are shown; empty for those that the datastore holds by itself
  View view(NmdaDatastore datastore, Optional<DefaultsMode> mode, SessionContext session)
      throws RpcException {
    if (datastore == NmdaDatastore.OPERATIONAL) {
      return operational(mode.orElse(DefaultsMode.REPORT_ALL), session);
    }
    ContainerNode tree =
        datastore == NmdaDatastore.FACTORY_DEFAULT
            ? datastores.factoryDefault()
            : datastores.read(datastore.conventional().orElse(DatastoreName.RUNNING));
    return switch (mode.orElse(DefaultsMode.EXPLICIT)) {
      case EXPLICIT -> new View(reads.readable(session, tree), Set.of(), Origins.NONE);
      case TRIM -> new View(reads.readable(session, reads.trimmed(tree)), Set.of(), Origins.NONE);
      case REPORT_ALL, REPORT_ALL_TAGGED -> {
        DefaultsInUse.Completed completed = reads.completed(tree, false);
        yield new View(
            reads.readable(session, completed.tree()), completed.defaults(), Origins.NONE);
      }
    };
  }

  private View operational(DefaultsMode mode, SessionContext session) throws RpcException {
    ContainerNode intended = datastores.read(DatastoreName.RUNNING);
    ContainerNode bare = datastores.operational();
    Set<List<PathArgument>> defaults = Set.of();
    ContainerNode tree =
        switch (mode) {
          case EXPLICIT -> bare;
          case TRIM -> reads.trimmed(bare);
          case REPORT_ALL, REPORT_ALL_TAGGED -> {
            DefaultsInUse.Completed completed = reads.completed(bare, true);
            defaults = completed.defaults();
            yield completed.tree();
          }
        };
    return new View(
        reads.readable(session, tree),
        defaults,
        Origins.of(datastores.root(), tree, intended, defaults));
  }

  /// What a filter wants of a tree.
  ///
  /// @param levels of each selected node, 1 for the node alone
  ContainerNode selected(Optional<DataFilter> filter, ContainerNode tree, int levels)
      throws RpcException {
    return switch (filter.orElse(null)) {
      case null -> TreeDepth.cutBelow(datastores.root(), tree, levels);
      case SubtreeFilter subtree -> subtree.select(datastores.root(), tree, levels);
      case XPathFilter xpath -> reads.selected(xpath, tree, levels);
    };
  }

  private ContainerNode filtered(Operation.GetData get, ContainerNode tree, Origins origins) {
    Optional<Boolean> isConfig = get.isConfig();
    OriginFilter wanted = get.origins();
    if (isConfig.isEmpty() && wanted.isEmpty()) {
      return tree;
    }
    Set<Origin> admitted = wanted.admitted(datastores.schema());
    return NodeFilter.apply(
        datastores.root(),
        tree,
        origins,
        (schema, origin) ->
            (isConfig.isEmpty() || isConfig.get() == schema.isConfig())
                && (origin == null || admitted.contains(origin)));
  }

  /// What edit-data comes to for a datastore that clients of old know (RFC 8526 section 3.1.2).
  ///
  /// @throws RpcException invalid-value if the datastore cannot be written
  DatastoreName editable(NmdaDatastore datastore) throws RpcException {
    Optional<DatastoreName> name = datastore.conventional().filter(datastores::isEditable);
    if (name.isEmpty()) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.INVALID_VALUE,
              "The datastore "
                  + datastore.wire()
                  + " cannot be edited: edit the candidate, then commit.")
          .withInfo(RpcError.Info.badElement("datastore"))
          .asException();
    }
    return name.get();
  }
}
