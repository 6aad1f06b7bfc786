package io.chronoconf.agent.model.stored;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Interfaces and access control lists: pre-provisioned names that other configuration refers to.
/// The agent configures neither the host's interfaces nor its packet filter.
public final class StoredModule implements ManagedModule {
  private static final QName INTERFACES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-interfaces", "2018-02-20")
          .name("interfaces");
  private static final QName ACLS =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-access-control-list", "2019-03-04")
          .name("acls");

  @Override
  public String name() {
    return "stored";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of(INTERFACES, ACLS);
  }

  @Override
  public Prepared prepare(ConfigChange change) {
    return Prepared.NOTHING;
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of();
  }

  @Override
  public List<DataContainerChild> state(QName root) {
    return List.of();
  }
}
