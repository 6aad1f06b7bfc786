package io.chronoconf.agent.model.transactions;

import io.chronoconf.agent.model.ModuleNames;
import io.chronoconf.agent.model.PathTable;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.store.History;
import io.chronoconf.datastore.store.Revision;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// Shows where running is and how it came there. Has no configuration. Any thread.
public final class TransactionsModule implements ManagedModule {
  static final ModuleNames NAMES = ModuleNames.of("urn:chronoconf:yang:transactions", "2026-11-23");
  private static final QName ROOT = NAMES.name("transactions");

  public static final PathTable PATHS =
      PathTable.of(
          "transactions",
          """
          state
          /cct:transactions/cct:revision
          /cct:transactions/cct:commit/cct:number
          /cct:transactions/cct:commit/cct:revision
          /cct:transactions/cct:commit/cct:time
          /cct:transactions/cct:commit/cct:username
          /cct:transactions/cct:commit/cct:change-count
          /cct:transactions/cct:commit/cct:change/cct:index
          /cct:transactions/cct:commit/cct:change/cct:target
          /cct:transactions/cct:commit/cct:change/cct:operation
          rpc
          /cct:rollback
          """);

  /// What is shown.
  ///
  /// @param revision of running now
  /// @param history the last commits, oldest first
  public record State(String revision, List<History.Entry> history) {}

  private final NodeSchema schema;
  private final Supplier<State> state;

  /// @param schema the schema's root
  /// @param state asked whenever the state is
  public TransactionsModule(NodeSchema schema, Supplier<State> state) {
    this.schema = schema;
    this.state = state;
  }

  @Override
  public String name() {
    return "transactions";
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
    return Set.of(ROOT);
  }

  @Override
  public List<DataContainerChild> state(QName root) {
    State now = state.get();
    return List.of(
        StateBuilder.container(
            schema,
            ROOT,
            into -> {
              into.leaf(NAMES.name("revision"), now.revision());
              now.history()
                  .forEach(
                      entry -> into.entry(NAMES.name("commit"), commit -> commit(commit, entry)));
            }));
  }

  private static void commit(StateBuilder commit, History.Entry entry) {
    Revision revision = entry.revision();
    commit
        .leaf(NAMES.name("number"), revision.number())
        .leaf(NAMES.name("revision"), revision.id())
        .leaf(NAMES.name("time"), revision.time())
        .leaf(NAMES.name("username"), revision.user())
        .leaf(NAMES.name("change-count"), entry.changeCount());
    int index = 1;
    for (EditSummary.Change change : entry.changes()) {
      int number = index++;
      commit.entry(
          NAMES.name("change"),
          into ->
              into.leaf(NAMES.name("index"), number)
                  .leaf(NAMES.name("target"), change.target().identifier())
                  .leaf(NAMES.name("operation"), change.operation().wire()));
    }
  }
}
