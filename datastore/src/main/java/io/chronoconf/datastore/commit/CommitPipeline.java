package io.chronoconf.datastore.commit;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.ConfigValidator;
import io.chronoconf.datastore.validate.ValidatedConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The walk of a commit: validate, prepare every module, write the journal, make it the running
/// configuration, apply. Everything that can fail comes before the journal, or is the journal.
/// Called on the writer thread.
public final class CommitPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(CommitPipeline.class);

  private final NodeSchema root;
  private final ConfigValidator validator;
  private final List<ManagedModule> modules;
  private final AccessControl access;
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

  public CommitPipeline(
      NodeSchema root,
      ConfigValidator validator,
      List<ManagedModule> modules,
      AccessControl access) {
    this.root = root;
    this.validator = validator;
    this.modules = List.copyOf(modules);
    this.access = access;
  }

  /// Checks a whole configuration that is to follow another.
  ///
  /// @param before what runs now: what it already has and `when` conditions now exclude just goes,
  ///   what is new and excluded is a violation
  /// @return the configuration without what its `when` conditions exclude
  /// @throws RpcException with every violation found, or what modules will not let go
  public ContainerNode validate(ContainerNode before, ContainerNode config) throws RpcException {
    ValidatedConfig validated = validator.validate(before, config);
    if (!validated.errors().isEmpty()) {
      throw new RpcException(validated.errors());
    }
    List<RpcError> objections =
        validated.lost().stream()
            .flatMap(lost -> modules.stream().flatMap(module -> module.objection(lost).stream()))
            .toList();
    if (!objections.isEmpty()) {
      throw new RpcException(objections);
    }
    return validated.config();
  }

  /// Checks all that a commit would, the word of the modules included, and changes nothing.
  ///
  /// @param running what runs now
  /// @param config a whole configuration that might follow it
  public void rehearse(ContainerNode running, ContainerNode config) throws RpcException {
    ContainerNode after = validate(running, config);
    EditTree change = EditDiff.between(root, running, after, EditScope.everything());
    prepare(new ConfigChange(running, after), changedRoots(change))
        .reversed()
        .forEach(ManagedModule.Prepared::abort);
  }

  /// Makes a change survive: the last step that can fail.
  @FunctionalInterface
  public interface Keeper {
    /// Keeps it, or does nothing if it is not to survive.
    ///
    /// @param after running as it will be
    /// @param change what leads to it; may be empty
    /// @throws RpcException if it cannot be kept; nothing changes then
    void keep(ContainerNode after, EditTree change) throws RpcException;
  }

  /// Commits a candidate.
  ///
  /// @param session who commits: it needs the right to make just the changes that there are (RFC
  ///   8341 section 3.2.8)
  /// @param scope what may differ between running and candidate
  /// @param keeper asked once everybody has agreed
  /// @param swap told the new running configuration once it is safe on disk, before it takes effect
  @SuppressWarnings("ReferenceEquality")
  public void commit(
      SessionContext session,
      ContainerNode running,
      ContainerNode candidate,
      EditScope scope,
      Keeper keeper,
      Consumer<ContainerNode> swap)
      throws RpcException {
    ContainerNode after = validate(running, candidate);
    // What validation took out need not lie where the edits were.
    EditScope where = after == candidate ? scope : EditScope.everything();
    EditTree change = EditDiff.between(root, running, after, where);
    if (change.isEmpty()) {
      keeper.keep(running, change);
      swap.accept(running);
      return;
    }
    access.requireWrite(session, running, change);
    List<ManagedModule.Prepared> prepared =
        prepare(new ConfigChange(running, after), changedRoots(change));
    try {
      keeper.keep(after, change);
    } catch (RpcException e) {
      prepared.reversed().forEach(ManagedModule.Prepared::abort);
      throw e;
    }
    swap.accept(after);
    prepared.forEach(ManagedModule.Prepared::apply);
    tell(told -> told.committed(session, EditSummary.of(root, running, change)));
  }

  /// Goes back to a configuration that ran before and was never kept after. Nobody can refuse: what
  /// a module cannot take back is logged.
  ///
  /// @param swap told before it takes effect
  public void revert(
      SessionContext session,
      ContainerNode running,
      ContainerNode before,
      Consumer<ContainerNode> swap) {
    EditTree change = EditDiff.between(root, running, before, EditScope.everything());
    swap.accept(before);
    if (!change.isEmpty()) {
      Set<QName> roots = changedRoots(change);
      takeEffect(
          new ConfigChange(running, before),
          modules.stream()
              .filter(module -> module.configRoots().stream().anyMatch(roots::contains))
              .toList(),
          "The configuration before the confirmed commit");
      tell(told -> told.committed(session, EditSummary.of(root, running, change)));
    }
  }

  /// Tells of what becomes of a confirmed commit.
  public void tell(Consumer<CommitListener> what) {
    listeners.forEach(what);
  }

  /// Tells what became different in startup, if anything did.
  public void tellSaved(SessionContext session, ContainerNode before, ContainerNode after) {
    EditTree change = EditDiff.between(root, before, after, EditScope.everything());
    if (!change.isEmpty()) {
      tell(told -> told.saved(session, EditSummary.of(root, before, change)));
    }
  }

  /// Tells somebody of all commits from now on.
  public void listen(CommitListener listener) {
    listeners.add(listener);
  }

  private static Set<QName> changedRoots(EditTree change) {
    Set<QName> roots = new HashSet<>();
    for (EditNode node : change.roots()) {
      roots.add(node.schema().name());
    }
    return roots;
  }

  private List<ManagedModule.Prepared> prepare(ConfigChange change, Set<QName> changed)
      throws RpcException {
    List<ManagedModule.Prepared> prepared = new ArrayList<>();
    for (ManagedModule module : modules) {
      if (module.configRoots().stream().anyMatch(changed::contains)) {
        try {
          prepared.add(module.prepare(change));
        } catch (RpcException | RuntimeException e) {
          prepared.reversed().forEach(ManagedModule.Prepared::abort);
          throw e;
        }
      }
    }
    return prepared;
  }

  /// Says in the log what is wrong with a recovered configuration. It runs all the same: a device
  /// that does not start helps nobody.
  public void inspect(ContainerNode running) {
    for (RpcError error : validator.validate(running).errors()) {
      LOG.error("The stored configuration is not valid: {}", error.message());
    }
  }

  /// Puts the configuration into effect when the agent starts. What a module refuses is logged and
  /// has no effect on it.
  public void start(ContainerNode before, ContainerNode running) {
    takeEffect(new ConfigChange(before, running), modules, "The stored configuration");
  }

  private static void takeEffect(ConfigChange change, List<ManagedModule> modules, String what) {
    for (ManagedModule module : modules) {
      try {
        module.prepare(change).apply();
      } catch (RpcException e) {
        LOG.error("{} has no effect on {}: {}", what, module.name(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("{} has no effect on {}", what, module.name(), e);
      }
    }
  }
}
