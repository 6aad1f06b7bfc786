package io.chronoconf.agent.model.nacm;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.access.AccessPolicy;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Puts `/nacm` into force. No external groups are known: who logs in is in the groups configured
/// here and in no others.
public final class NacmModule implements ManagedModule {
  private static final ModuleNames NAMES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-netconf-acm", "2018-02-14");
  private static final QName NACM = NAMES.name("nacm");

  private final NodeSchema root;
  private final AccessControl control;

  /// @param root the schema's root
  public NacmModule(NodeSchema root, AccessControl control) {
    this.root = root;
    this.control = control;
  }

  @Override
  public String name() {
    return "access control";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(NACM);
  }

  @Override
  public Prepared prepare(ConfigChange change) throws RpcException {
    AccessPolicy policy = AccessPolicy.of(ConfigCursor.of(root, change.after()));
    return new Prepared() {
      @Override
      public void apply() {
        control.use(policy);
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(NACM);
  }

  @Override
  public List<DataContainerChild> state(QName name) {
    AccessControl.Counters counters = control.counters();
    return List.of(
        StateBuilder.container(
            root,
            NACM,
            nacm ->
                nacm.leaf(NAMES.name("denied-operations"), count(counters.deniedOperations()))
                    .leaf(NAMES.name("denied-data-writes"), count(counters.deniedDataWrites()))
                    .leaf(
                        NAMES.name("denied-notifications"),
                        count(counters.deniedNotifications()))));
  }

  // A zero-based-counter32 goes on from 0 after its last value.
  private static Uint32 count(long events) {
    return Uint32.fromIntBits((int) events);
  }
}
