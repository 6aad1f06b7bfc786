package io.chronoconf.agent.model.yanglibrary;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.ModuleEntry.Conformance;
import io.chronoconf.yang.YangSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Shows the modules, as `yang-library` and, for clients of RFC 7895, as `modules-state`. One
/// schema serves all datastores. What is shown never changes while the agent runs. Any thread.
public final class YangLibraryModule implements ManagedModule {
  private static final ModuleNames NAMES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-yang-library", "2019-01-04");
  private static final ModuleNames DATASTORES =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-datastores", "2018-02-14");
  private static final QName FACTORY_DEFAULT =
      ModuleNames.of("urn:ietf:params:xml:ns:yang:ietf-factory-default", "2020-08-31")
          .name("factory-default");
  private static final QName LIBRARY = NAMES.name("yang-library");
  private static final QName MODULES_STATE = NAMES.name("modules-state");
  private static final String ALL = "all";

  /// What is handled here.
  public static final PathTable PATHS =
      PathTable.of(
          "yang-library",
          """
          state
          /yanglib:yang-library/yanglib:module-set/yanglib:name
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:name
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:revision
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:namespace
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:feature
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:deviation
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:name
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:revision
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:namespace
          /yanglib:yang-library/yanglib:schema/yanglib:name
          /yanglib:yang-library/yanglib:schema/yanglib:module-set
          /yanglib:yang-library/yanglib:datastore/yanglib:name
          /yanglib:yang-library/yanglib:datastore/yanglib:schema
          /yanglib:yang-library/yanglib:content-id
          /yanglib:modules-state/yanglib:module-set-id
          /yanglib:modules-state/yanglib:module/yanglib:name
          /yanglib:modules-state/yanglib:module/yanglib:revision
          /yanglib:modules-state/yanglib:module/yanglib:namespace
          /yanglib:modules-state/yanglib:module/yanglib:feature
          /yanglib:modules-state/yanglib:module/yanglib:deviation/yanglib:name
          /yanglib:modules-state/yanglib:module/yanglib:deviation/yanglib:revision
          /yanglib:modules-state/yanglib:module/yanglib:conformance-type
          never
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:location
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:submodule/yanglib:name
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:submodule/yanglib:revision
          /yanglib:yang-library/yanglib:module-set/yanglib:module/yanglib:submodule/yanglib:location
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:location
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:submodule/yanglib:name
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:submodule/yanglib:revision
          /yanglib:yang-library/yanglib:module-set/yanglib:import-only-module/yanglib:submodule/yanglib:location
          /yanglib:modules-state/yanglib:module/yanglib:schema
          /yanglib:modules-state/yanglib:module/yanglib:submodule/yanglib:name
          /yanglib:modules-state/yanglib:module/yanglib:submodule/yanglib:revision
          /yanglib:modules-state/yanglib:module/yanglib:submodule/yanglib:schema
          """);

  private final NodeSchema schema;
  private final YangSchema yang;

  /// A module that shows those modules.
  ///
  /// @param schema the schema's root
  public YangLibraryModule(NodeSchema schema, YangSchema yang) {
    this.schema = schema;
    this.yang = yang;
  }

  @Override
  public String name() {
    return "yang-library";
  }

  @Override
  public Set<QName> configRoots() {
    return Set.of();
  }

  @Override
  public Prepared prepare(ConfigChange change) {
    return Prepared.NOTHING;
  }

  @Override
  public Set<QName> stateRoots() {
    return Set.of(LIBRARY, MODULES_STATE);
  }

  @Override
  public List<DataContainerChild> state(QName root) {
    return List.of(
        root.equals(LIBRARY)
            ? StateBuilder.container(schema, LIBRARY, this::library)
            : StateBuilder.container(schema, MODULES_STATE, this::modulesState));
  }

  private void library(StateBuilder library) {
    library
        .entry(name("module-set"), this::moduleSet)
        .entry(
            name("schema"),
            entry -> entry.leaf(name("name"), ALL).leafList(name("module-set"), List.of(ALL)));
    for (String datastore : datastores()) {
      library.entry(
          name("datastore"),
          entry -> entry.leaf(name("name"), DATASTORES.name(datastore)).leaf(name("schema"), ALL));
    }
    library.entry(
        name("datastore"),
        entry -> entry.leaf(name("name"), FACTORY_DEFAULT).leaf(name("schema"), ALL));
    library.leaf(name("content-id"), yang.contentId());
  }

  private List<String> datastores() {
    boolean hasStartup =
        yang.modules("ietf-netconf").stream().anyMatch(m -> m.features().contains("startup"));
    List<String> names = new ArrayList<>(List.of("running", "candidate"));
    if (hasStartup) {
      names.add("startup");
    }
    names.addAll(List.of("intended", "operational"));
    return names;
  }

  private void moduleSet(StateBuilder set) {
    set.leaf(name("name"), ALL);
    for (ModuleEntry module : yang.modules()) {
      switch (module.conformance()) {
        case IMPLEMENT ->
            set.entry(
                name("module"),
                entry ->
                    entry
                        .leaf(name("name"), module.name())
                        .leaf(name("revision"), revision(module))
                        .leaf(name("namespace"), module.namespace())
                        .leafList(name("feature"), module.features())
                        .leafList(name("deviation"), module.deviations()));
        case IMPORT ->
            set.entry(
                name("import-only-module"),
                entry ->
                    entry
                        .leaf(name("name"), module.name())
                        .leaf(name("revision"), module.revision())
                        .leaf(name("namespace"), module.namespace()));
      }
    }
  }

  private static Optional<String> revision(ModuleEntry module) {
    return Optional.of(module.revision()).filter(revision -> !revision.isEmpty());
  }

  private void modulesState(StateBuilder state) {
    state.leaf(name("module-set-id"), yang.contentId());
    for (ModuleEntry module : yang.modules()) {
      state.entry(name("module"), entry -> oldModule(entry, module));
    }
  }

  private void oldModule(StateBuilder entry, ModuleEntry module) {
    entry
        .leaf(name("name"), module.name())
        .leaf(name("revision"), module.revision())
        .leaf(name("namespace"), module.namespace())
        .leafList(name("feature"), module.features())
        .leaf(name("conformance-type"), conformance(module.conformance()));
    for (String deviation : module.deviations()) {
      String revision =
          yang.modules(deviation).stream().findFirst().map(ModuleEntry::revision).orElse("");
      entry.entry(
          name("deviation"),
          item -> item.leaf(name("name"), deviation).leaf(name("revision"), revision));
    }
  }

  private static String conformance(Conformance conformance) {
    return conformance.name().toLowerCase(Locale.ROOT);
  }

  private static QName name(String local) {
    return NAMES.name(local);
  }
}
