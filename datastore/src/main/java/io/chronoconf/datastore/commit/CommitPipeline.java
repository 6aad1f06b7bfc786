package io.chronoconf.datastore.commit;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditNode;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.module.ConfigChange;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.store.ConfigStore;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.ConfigValidator;
import io.chronoconf.datastore.validate.ValidatedConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final ConfigStore store;
  private final InstantSource clock;
  private volatile CommitListener listener = (_, _) -> {};

  public CommitPipeline(
      NodeSchema root,
      ConfigValidator validator,
      List<ManagedModule> modules,
      AccessControl access,
      ConfigStore store,
      InstantSource clock) {
    this.root = root;
    this.validator = validator;
    this.modules = List.copyOf(modules);
    this.access = access;
    this.store = store;
    this.clock = clock;
  }

  /// Checks a whole configuration that is to follow another.
  ///
  /// @param before what runs now: what it already has and `when` conditions now exclude just goes,
  ///   what is new and excluded is a violation
  /// @return the configuration without what its `when` conditions exclude
  /// @throws RpcException with every violation found
  public ContainerNode validate(ContainerNode before, ContainerNode config) throws RpcException {
    ValidatedConfig validated = validator.validate(before, config);
    if (!validated.errors().isEmpty()) {
      throw new RpcException(validated.errors());
    }
    return validated.config();
  }

  /// Commits a candidate.
  ///
  /// @param session who commits: it needs the right to make just the changes that there are (RFC
  ///   8341 section 3.2.8)
  /// @param scope what may differ between running and candidate
  /// @param swap told the new running configuration once it is safe on disk, before it takes effect
  @SuppressWarnings("ReferenceEquality")
  public void commit(
      SessionContext session,
      ContainerNode running,
      ContainerNode candidate,
      EditScope scope,
      Consumer<ContainerNode> swap)
      throws RpcException {
    ContainerNode after = validate(running, candidate);
    // What validation took out need not lie where the edits were.
    EditScope where = after == candidate ? scope : EditScope.everything();
    EditTree change = EditDiff.between(root, running, after, where);
    if (change.isEmpty()) {
      swap.accept(running);
      return;
    }
    access.requireWrite(session, running, change);
    List<ManagedModule.Prepared> prepared =
        prepare(new ConfigChange(running, after), changedRoots(change));
    try {
      keep(session.user(), change);
    } catch (RpcException e) {
      prepared.reversed().forEach(ManagedModule.Prepared::abort);
      throw e;
    }
    swap.accept(after);
    prepared.forEach(ManagedModule.Prepared::apply);
    listener.committed(session, EditSummary.of(root, running, change));
  }

  /// Tells somebody of all commits from now on.
  public void listen(CommitListener listener) {
    this.listener = listener;
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

  /// Keeps the first configuration of a device as its first commit, even if it is empty.
  ///
  /// @return the configuration as it may run
  /// @throws RpcException if it is not valid, or cannot be kept
  public ContainerNode keepFirst(String user, ContainerNode before, ContainerNode first)
      throws RpcException {
    ContainerNode after = validate(before, first);
    keep(user, EditDiff.between(root, before, after, EditScope.everything()));
    return after;
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
    ConfigChange change = new ConfigChange(before, running);
    for (ManagedModule module : modules) {
      try {
        module.prepare(change).apply();
      } catch (RpcException e) {
        LOG.error(
            "The stored configuration has no effect on {}: {}", module.name(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("The stored configuration has no effect on {}", module.name(), e);
      }
    }
  }

  private void keep(String user, EditTree change) throws RpcException {
    try {
      store.append(clock.instant(), user, change);
    } catch (IOException e) {
      LOG.error("A commit by {} could not be written", user, e);
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.OPERATION_FAILED,
              "The commit could not be written to the state folder ("
                  + e.getMessage()
                  + "): nothing changed. Free space on the device's disk and try again.")
          .asException();
    }
  }
}
