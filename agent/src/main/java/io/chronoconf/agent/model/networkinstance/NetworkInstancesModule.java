package io.chronoconf.agent.model.networkinstance;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Checks network instances. What uses them reads them with [NetworkInstanceReader]; one that the
/// host does not have is no error, but has no interfaces. The model has no state of them.
public final class NetworkInstancesModule implements ManagedModule {
  private final NodeSchema root;

  /// @param root the schema's root
  public NetworkInstancesModule(NodeSchema root) {
    this.root = root;
  }

  @Override
  public String name() {
    return "network-instances";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(NetworkInstanceReader.ROOT);
  }

  /// @throws RpcException if two enabled instances are the same one of the host: each has sockets
  ///   of its own, and those of two would hinder each other
  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    Map<String, String> names = new HashMap<>();
    for (NetworkInstance instance : NetworkInstanceReader.read(root, change.after())) {
      if (instance.isEnabled()) {
        String other = names.putIfAbsent(instance.osName(), instance.name());
        if (other != null) {
          throw sameInstance(other, instance);
        }
      }
    }
    return Prepared.NOTHING;
  }

  private RpcException sameInstance(String other, NetworkInstance instance) {
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.INVALID_VALUE,
            ("The network instances %s and %s are both %s of the host; give one of them another"
                    + " os-name, or delete it.")
                .formatted(other, instance.name(), instance.osName()))
        .withAppTag("same-instance")
        .withPath(
            DataPath.root(root)
                .child(NetworkInstanceReader.ROOT)
                .entry(NetworkInstanceReader.ENTRY, instance.name())
                .errorPath())
        .asException();
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of();
  }

  @Override
  public List<DataContainerChild> state(QName name) {
    return List.of();
  }
}
