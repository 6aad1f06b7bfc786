package io.chronoconf.agent.model.stored;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;

/// Access control lists, which are names that other configuration refers to, and what the
/// operator's own modules hold. The agent does not configure the host's packet filter.
public final class StoredModule implements ManagedModule {
  private static final QName ACLS =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-access-control-list", "2019-03-04")
          .name("acls");

  private final Set<QName> roots;

  /// @param schema its modules from folders are kept too
  public StoredModule(YangSchema schema) {
    Set<String> foreign =
        schema.foreignModules().stream().map(ModuleEntry::namespace).collect(Collectors.toSet());
    this.roots =
        Stream.concat(
                Stream.of(ACLS),
                schema.context().getChildNodes().stream()
                    .map(DataSchemaNode::getQName)
                    .filter(name -> foreign.contains(name.getNamespace().toString())))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String name() {
    return "stored";
  }

  @Override
  public Set<QName> configRoots() {
    return roots;
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
