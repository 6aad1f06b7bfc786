package io.chronoconf.datastore;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.commit.CommitListener;
import io.chronoconf.datastore.commit.CommitPipeline;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.LockStatus;
import io.chronoconf.datastore.lock.LockTable;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.operational.OperationalView;
import io.chronoconf.datastore.store.ConfigStore;
import io.chronoconf.datastore.store.StoreException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.ConfigValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Running and candidate of one device. Any thread may call; changes happen one after the other on
/// one writer thread, reads see whole changes only and wait for nothing.
public final class Datastores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Datastores.class);

  /// What readers see: published as a whole.
  ///
  /// @param isModified whether the candidate may differ from running
  private record Content(ContainerNode running, ContainerNode candidate, boolean isModified) {}

  private final NodeSchema root;
  private final ConfigStore store;
  private final List<ManagedModule> modules;
  private final CommitPipeline pipeline;
  private final OperationalView view;
  private final AccessControl access;
  private final InstantSource clock;
  private final WriterThread writer = new WriterThread();
  // Both belong to the writer thread.
  private final LockTable lockTable = new LockTable();
  private EditScope scope = new EditScope();

  private volatile List<LockStatus> locks = List.of();
  private volatile Content content;

  private Datastores(
      NodeSchema root,
      ConfigStore store,
      List<ManagedModule> modules,
      AccessControl access,
      InstantSource clock) {
    this.root = root;
    this.store = store;
    this.modules = List.copyOf(modules);
    this.access = access;
    this.clock = clock;
    ConfigValidator validator = new ConfigValidator(root.context());
    this.pipeline = new CommitPipeline(root, validator, modules, access, store, clock);
    this.view = new OperationalView(root, modules);
    this.content = new Content(store.config(), store.config(), false);
  }

  /// Gives the configuration of a device that has none yet.
  @FunctionalInterface
  public interface FirstConfig {
    /// The configuration.
    ///
    /// @param root of the schema that it is to fit
    EditTree read(NodeSchema root) throws RpcException;
  }

  /// Recovers what was committed, or commits the first configuration, and puts it into effect.
  ///
  /// @param stateFolder created if missing; used by one process at a time
  /// @param first asked only if the folder holds no configuration
  /// @param modules are called on the writer thread from now on
  /// @throws StoreException if the folder cannot be used; its message names file and remedy
  /// @throws RpcException if the first configuration is refused
  public static Datastores open(
      EffectiveModelContext schema,
      Path stateFolder,
      FirstConfig first,
      List<ManagedModule> modules,
      InstantSource clock)
      throws StoreException, RpcException {
    NodeSchema root = NodeSchema.rootOf(schema);
    return open(root, stateFolder, first, modules, new AccessControl(root, Set.of()), clock);
  }

  /// The same with access control.
  ///
  /// @param root the schema's root
  /// @param access is asked before each change; reads are pruned by who answers them
  public static Datastores open(
      NodeSchema root,
      Path stateFolder,
      FirstConfig first,
      List<ManagedModule> modules,
      AccessControl access,
      InstantSource clock)
      throws StoreException, RpcException {
    ConfigStore store = ConfigStore.open(stateFolder, root);
    Datastores datastores = new Datastores(root, store, modules, access, clock);
    try {
      datastores.writer.call(() -> datastores.start(first));
    } catch (RpcException | RuntimeException e) {
      datastores.close();
      throw e;
    }
    return datastores;
  }

  private void start(FirstConfig first) throws RpcException {
    if (store.isEmpty()) {
      ContainerNode config = edited(EditRequest.of(first.read(root)), empty()).tree();
      swap(pipeline.keepFirst(SessionContext.AGENT.user(), empty(), config));
    } else {
      pipeline.inspect(content.running());
    }
    pipeline.start(empty(), content.running());
  }

  private ContainerNode empty() {
    return ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
  }

  public EffectiveModelContext schema() {
    return root.context();
  }

  /// The schema's root, from which edits are read.
  public NodeSchema root() {
    return root;
  }

  /// Who may do what.
  public AccessControl access() {
    return access;
  }

  /// Edits the candidate (RFC 6241 section 7.2). Running is written by commits only.
  public void editConfig(SessionContext session, DatastoreName target, EditRequest request)
      throws RpcException {
    refuseRunning(target, "edit-config");
    access.requireRequest(session, request.edit());
    EditRequest kept = received(request);
    writer.call(() -> edit(session, kept));
  }

  private EditRequest received(EditRequest request) {
    EditTree edit = request.edit();
    for (ManagedModule module : modules) {
      edit = module.received(edit);
    }
    return new EditRequest(
        edit, request.defaultOperation(), request.testOption(), request.errorOption());
  }

  private void edit(SessionContext session, EditRequest request) throws RpcException {
    lockTable.checkWritable(session, DatastoreName.CANDIDATE);
    Content now = content;
    EditApplier.Result result = EditApplier.apply(root, now.candidate(), request);
    // A test looks at the result as a whole, so it takes an edit that went through as a whole.
    if (request.testOption() != TestOption.SET) {
      refuse(result.errors());
      pipeline.validate(now.running(), result.tree());
    }
    EditScope where = new EditScope();
    where.add(request);
    requireWrite(session, now.candidate(), result.tree(), where);
    if (request.testOption() != TestOption.TEST_ONLY) {
      keep(now, result.tree(), request);
    }
    refuse(result.errors());
  }

  private void requireWrite(
      SessionContext session, ContainerNode before, ContainerNode after, EditScope where)
      throws RpcException {
    access.requireWrite(session, before, EditDiff.between(root, before, after, where));
  }

  @SuppressWarnings("ReferenceEquality")
  private void keep(Content now, ContainerNode candidate, EditRequest request) {
    if (candidate != now.candidate()) {
      scope.add(request);
      content = new Content(now.running(), candidate, true);
    }
  }

  private static void refuse(List<RpcError> errors) throws RpcException {
    if (!errors.isEmpty()) {
      throw new RpcException(errors);
    }
  }

  private EditApplier.Result edited(EditRequest request, ContainerNode tree) throws RpcException {
    EditApplier.Result result = EditApplier.apply(root, tree, received(request));
    refuse(result.errors());
    return result;
  }

  /// Replaces the whole candidate (RFC 6241 section 7.3).
  public void copyConfig(SessionContext session, ConfigSource source, DatastoreName target)
      throws RpcException {
    refuseRunning(target, "copy-config");
    if (source.equals(new ConfigSource.Named(target))) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.INVALID_VALUE,
              "Source and target of copy-config are the same: name two.")
          .asException();
    }
    writer.call(
        () -> {
          lockTable.checkWritable(session, DatastoreName.CANDIDATE);
          ContainerNode copy = content(source);
          requireWrite(session, content.candidate(), copy, EditScope.everything());
          scope = EditScope.everything();
          content = new Content(content.running(), copy, true);
        });
  }

  private ContainerNode content(ConfigSource source) throws RpcException {
    return switch (source) {
      case ConfigSource.Named named -> read(named.datastore());
      case ConfigSource.Inline inline ->
          edited(
                  new EditRequest(
                      inline.config(),
                      EditOperation.MERGE,
                      TestOption.SET,
                      ErrorOption.ROLLBACK_ON_ERROR),
                  empty())
              .tree();
    };
  }

  /// Refuses: neither running nor candidate can be deleted (RFC 6241 section 7.4).
  @SuppressWarnings("DoNotCallSuggester") // A client may well ask; this is the answer.
  public void deleteConfig(SessionContext session, DatastoreName target) throws RpcException {
    throw RpcError.of(
            ErrorType.PROTOCOL,
            ErrorTag.OPERATION_NOT_SUPPORTED,
            "The "
                + target.wire()
                + " cannot be deleted: use discard-changes, or copy-config to replace it.")
        .asException();
  }

  private static void refuseRunning(DatastoreName target, String operation) throws RpcException {
    if (target == DatastoreName.RUNNING) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.OPERATION_NOT_SUPPORTED,
              "This device has no :writable-running: direct "
                  + operation
                  + " at the candidate, then commit.")
          .asException();
    }
  }

  /// Makes the candidate the running configuration (RFC 6241 section 8.3.4.1). When this returns,
  /// the commit survives a power cut.
  public void commit(SessionContext session) throws RpcException {
    writer.call(
        () -> {
          lockTable.checkWritable(session, DatastoreName.RUNNING);
          lockTable.checkWritable(session, DatastoreName.CANDIDATE);
          Content now = content;
          if (now.isModified()) {
            pipeline.commit(session, now.running(), now.candidate(), scope, this::swap);
          }
        });
    writer.later(() -> store.shorten(content.running()));
  }

  /// Tells somebody of all commits from now on.
  public void listen(CommitListener listener) {
    pipeline.listen(listener);
  }

  private void swap(ContainerNode running) {
    scope = new EditScope();
    content = new Content(running, running, false);
  }

  /// Makes the candidate equal to running again (RFC 6241 section 8.3.4.2).
  public void discardChanges(SessionContext session) throws RpcException {
    writer.call(
        () -> {
          lockTable.checkWritable(session, DatastoreName.CANDIDATE);
          swap(content.running());
        });
  }

  /// Checks a whole configuration as a commit would (RFC 6241 section 8.6.4.1).
  public void validate(SessionContext session, ConfigSource source) throws RpcException {
    pipeline.validate(content.running(), content(source));
  }

  /// Locks a datastore (RFC 6241 section 7.5).
  public void lock(SessionContext session, DatastoreName target) throws RpcException {
    writer.call(
        () -> {
          boolean isModified = target == DatastoreName.CANDIDATE && isCandidateModified();
          lockTable.lock(session, target, isModified, clock.instant());
          locks = lockTable.held();
        });
  }

  // Edits that undo each other leave the candidate as it was.
  private boolean isCandidateModified() {
    Content now = content;
    return now.isModified()
        && !EditDiff.between(root, now.running(), now.candidate(), scope).isEmpty();
  }

  /// Unlocks a datastore (RFC 6241 section 7.6). The candidate loses its changes.
  public void unlock(SessionContext session, DatastoreName target) throws RpcException {
    writer.call(
        () -> {
          lockTable.unlock(session, target);
          if (target == DatastoreName.CANDIDATE) {
            swap(content.running());
          }
          locks = lockTable.held();
        });
  }

  /// Releases the session's locks; a candidate that it had locked loses its changes (RFC 6241
  /// section 8.3.5.2).
  public void endSession(SessionContext session) {
    if (writer.isClosed()) {
      return; // Sessions may outlive the datastores while the agent stops.
    }
    try {
      writer.call(
          () -> {
            if (lockTable.release(session)) {
              swap(content.running());
            }
            locks = lockTable.held();
          });
    } catch (RpcException e) {
      throw new IllegalStateException("releasing locks is never refused", e);
    }
  }

  /// The locks held now.
  public List<LockStatus> locks() {
    return locks;
  }

  /// The datastore's content now. The root is the context's own name.
  public ContainerNode read(DatastoreName name) {
    Content now = content;
    return switch (name) {
      case RUNNING -> now.running();
      case CANDIDATE -> now.candidate();
    };
  }

  /// Running and the modules' state in one tree, for get.
  ///
  /// @param roots the top-level nodes wanted
  public ContainerNode operational(Set<QName> roots) {
    return view.read(content.running(), roots);
  }

  /// Running and the modules' state in one tree, with every top-level node.
  public ContainerNode operational() {
    return operational(
        root.children().stream().map(NodeSchema::name).collect(Collectors.toUnmodifiableSet()));
  }

  /// Stops the writer and frees the state folder.
  @Override
  public void close() {
    writer.close();
    try {
      store.close();
    } catch (IOException e) {
      LOG.warn("The state folder could not be closed: {}", e.toString());
    }
  }
}
