package io.chronoconf.datastore.change;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Finds nodes by their paths.
public final class NodeAt {
  private NodeAt() {}

  /// The node at the path, if the tree holds it.
  public static Optional<NormalizedNode> find(ContainerNode tree, DataPath path) {
    Optional<NormalizedNode> at = Optional.of(tree);
    for (DataPath step : path.fromTop()) {
      at = at.flatMap(parent -> child(parent, step));
    }
    return at;
  }

  private static Optional<NormalizedNode> child(NormalizedNode parent, DataPath step) {
    if (!(parent instanceof DataContainerNode container)) {
      return Optional.empty();
    }
    @Nullable NormalizedNode found = DataChildren.get(container, step.schema()).orElse(null);
    if (step.id() instanceof NodeIdentifierWithPredicates keys) {
      found = found instanceof MapNode list ? list.childByArg(keys) : null;
    } else if (step.id() instanceof NodeWithValue<?> item) {
      found = found instanceof LeafSetNode<?> items ? items.childByArg(item) : null;
    }
    return Optional.ofNullable(found);
  }
}
