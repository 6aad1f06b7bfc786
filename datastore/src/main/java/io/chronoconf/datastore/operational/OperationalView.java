package io.chronoconf.datastore.operational;

import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// What get shows: running with the modules' state laid over it. Any thread.
public final class OperationalView {
  private final NodeSchema root;
  private final List<ManagedModule> modules;

  public OperationalView(NodeSchema root, List<ManagedModule> modules) {
    this.root = root;
    this.modules = List.copyOf(modules);
  }

  /// The tree now.
  ///
  /// @param running a snapshot of the running configuration
  /// @param wanted the top-level nodes to show; modules that have none of them are not asked
  public ContainerNode read(ContainerNode running, Set<QName> wanted) {
    ContainerNode.Builder builder = ImmutableNodes.newContainerBuilder();
    builder.withNodeIdentifier(root.id());
    for (QName name : wanted) {
      Optional<DataContainerChild> config =
          Optional.ofNullable(running.childByArg(NodeIdentifier.create(name)));
      merged(name, config).ifPresent(builder::withChild);
    }
    return builder.build();
  }

  private Optional<DataContainerChild> merged(QName name, Optional<DataContainerChild> config) {
    Optional<DataContainerChild> node = config;
    for (ManagedModule module : modules) {
      if (module.stateRoots().contains(name)) {
        for (DataContainerChild state : module.state(name)) {
          node = Optional.of(node.map(under -> StateMerge.over(under, state)).orElse(state));
        }
      }
    }
    return node;
  }
}
