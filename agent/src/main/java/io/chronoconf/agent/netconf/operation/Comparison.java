package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Difference;
import io.chronoconf.agent.netconf.message.NmdaDatastore;
import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.change.NodeAt;
import io.chronoconf.datastore.change.TreeChange;
import io.chronoconf.datastore.change.TreeChanges;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.operational.NodeFilter;
import io.chronoconf.datastore.operational.Origins;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.TreeDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Compares two datastores (RFC 9144), each as the user may read it. If one of them is operational,
/// which holds the defaults in use, they count in the other too: that a default is in use is no
/// difference. Any thread.
final class Comparison {
  private final NodeSchema root;
  private final NmdaOperations nmda;

  Comparison(NodeSchema root, NmdaOperations nmda) {
    this.root = root;
    this.nmda = nmda;
  }

  Reply compare(Operation.Compare wanted, SessionContext session) throws RpcException {
    boolean isOperational =
        wanted.source() == NmdaDatastore.OPERATIONAL
            || wanted.target() == NmdaDatastore.OPERATIONAL;
    Optional<DefaultsMode> mode =
        Optional.of(isOperational ? DefaultsMode.REPORT_ALL : DefaultsMode.EXPLICIT);
    NmdaOperations.View source = nmda.view(wanted.source(), mode, session);
    NmdaOperations.View target = nmda.view(wanted.target(), mode, session);
    boolean isWithoutState = !wanted.all() && wanted.source() != wanted.target();
    ContainerNode before = part(wanted, source.tree(), isWithoutState);
    ContainerNode after = part(wanted, target.tree(), isWithoutState);
    List<Difference> differences = new ArrayList<>();
    for (TreeChange change : TreeChanges.between(root, before, after)) {
      differences.add(new Difference(change, before(change, before)));
    }
    return new Reply.Differences(
        "from " + wanted.source().wire() + " to " + wanted.target().wire(),
        differences,
        wanted.reportOrigin() ? source.origins() : Origins.NONE,
        wanted.reportOrigin() ? target.origins() : Origins.NONE);
  }

  private ContainerNode part(Operation.Compare wanted, ContainerNode tree, boolean isWithoutState)
      throws RpcException {
    ContainerNode part = nmda.selected(wanted.filter(), tree, TreeDepth.UNBOUNDED);
    return NodeFilter.apply(
        root,
        part,
        Origins.NONE,
        (schema, _) -> !isImplied(schema) && (schema.isConfig() || !isWithoutState));
  }

  // An empty container without presence is as good as none.
  private static boolean isImplied(NodeSchema schema) {
    return schema.kind() == NodeSchema.Kind.CONTAINER && !schema.isPresence();
  }

  private static Optional<NormalizedNode> before(TreeChange change, ContainerNode source) {
    return switch (change.operation()) {
      case DELETE, MOVE, REPLACE -> NodeAt.find(source, change.target());
      case CREATE, INSERT -> Optional.empty();
    };
  }
}
