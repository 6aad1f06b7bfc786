package io.chronoconf.datastore;

import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.commit.Alarms;
import io.chronoconf.datastore.commit.CommitListener;
import io.chronoconf.datastore.commit.CommitPipeline;
import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.commit.Revisions;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.LockStatus;
import io.chronoconf.datastore.lock.LockTable;
import io.chronoconf.datastore.lock.PartialLock;
import io.chronoconf.datastore.lock.PartialLocks;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.module.ManagedModule;
import io.chronoconf.datastore.operational.OperationalView;
import io.chronoconf.datastore.store.ConfigStore;
import io.chronoconf.datastore.store.History;
import io.chronoconf.datastore.store.StoreException;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.ConfigValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Running, candidate and startup of one device. Any thread may call; changes happen one after the
/// other on one writer thread, reads see whole changes only and wait for nothing.
public final class Datastores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Datastores.class);

  private final NodeSchema root;
  private final ConfigStore store;
  private final List<ManagedModule> modules;
  private final CommitPipeline pipeline;
  private final OperationalView view;
  private final DatastoreOptions options;
  private final WriterThread writer = new WriterThread();
  private final LockTable lockTable = new LockTable();
  private final PartialLocks partialLockTable = new PartialLocks();
  private final Contents contents;
  private final Revisions revisions;
  private final Transactions transactions;

  private volatile List<LockStatus> locks = List.of();
  private volatile List<PartialLock> partialLocks = List.of();
  private volatile Optional<ContainerNode> factory;

  private Datastores(
      NodeSchema root, ConfigStore store, List<ManagedModule> modules, DatastoreOptions options) {
    this.root = root;
    this.store = store;
    this.modules = List.copyOf(modules);
    this.options = options;
    ConfigValidator validator = new ConfigValidator(root.context());
    this.pipeline = new CommitPipeline(root, validator, modules, options.access());
    this.view = new OperationalView(root, modules);
    this.factory = store.factory();
    this.contents = new Contents(root, store.config());
    this.revisions = new Revisions(root, store, options.clock(), options.hasStartup());
    this.transactions =
        new Transactions(
            root,
            contents,
            lockTable,
            partialLockTable,
            pipeline,
            revisions,
            options,
            this::confirmationTimedOut);
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
    AccessControl access = new AccessControl(root, Set.of());
    Alarms never = (_, _) -> () -> {};
    return open(root, stateFolder, first, modules, DatastoreOptions.of(access, clock, never));
  }

  /// The same with options.
  ///
  /// @param root the schema's root
  public static Datastores open(
      NodeSchema root,
      Path stateFolder,
      FirstConfig first,
      List<ManagedModule> modules,
      DatastoreOptions options)
      throws StoreException, RpcException {
    ConfigStore store = ConfigStore.open(stateFolder, root);
    Datastores datastores = new Datastores(root, store, modules, options);
    try {
      datastores.writer.call(() -> datastores.start(first));
    } catch (RpcException | RuntimeException e) {
      datastores.close();
      throw e;
    }
    return datastores;
  }

  private void start(FirstConfig first) throws RpcException {
    ContainerNode empty = transactions.empty();
    // Who deletes the startup gets a device as new with the next start.
    boolean isDeleted = options.hasStartup() && store.config().isEmpty();
    if (store.isEmpty() || isDeleted) {
      EditTree edit = received(first.read(root));
      ContainerNode config =
          pipeline.validate(empty, transactions.edited(EditRequest.of(edit), empty));
      revisions.first(
          SessionContext.AGENT.user(),
          config,
          EditDiff.between(root, empty, config, EditScope.everything()));
      contents.replaceAll(config);
      keepFactory(config);
    } else {
      pipeline.inspect(contents.running());
    }
    pipeline.start(empty, contents.running());
  }

  private void keepFactory(ContainerNode config) throws RpcException {
    try {
      store.keepFactory(config);
    } catch (IOException e) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.OPERATION_FAILED,
              "The factory default cannot be stored: " + e + ". Make room on the disk.")
          .asException();
    }
    factory = Optional.of(config);
  }

  /// The configuration that the first start made (RFC 8808), its administrator with it.
  ///
  /// @throws RpcException operation-failed if an agent made the state folder that did not keep it
  public ContainerNode factoryDefault() throws RpcException {
    return factory.orElseThrow(
        () ->
            RpcError.of(
                    ErrorType.APPLICATION,
                    ErrorTag.OPERATION_FAILED,
                    "This device has no factory default, because an older agent made its state"
                        + " folder: start with a new folder to have one.")
                .asException());
  }

  /// Makes running, candidate and startup hold the factory default (RFC 8808 section 2). Who may
  /// ask for it needs no right to the data.
  public void factoryReset(SessionContext session) throws RpcException {
    ContainerNode config = factoryDefault();
    writer.call(() -> transactions.reset(session, config));
    writer.later(store::shorten);
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
    return options.access();
  }

  /// Whether there is a datastore of that name.
  public boolean has(DatastoreName name) {
    return name != DatastoreName.STARTUP || options.hasStartup();
  }

  /// Whether clients may edit the datastore directly.
  public boolean isEditable(DatastoreName name) {
    return switch (name) {
      case CANDIDATE -> true;
      case RUNNING -> options.isRunningWritable();
      case STARTUP -> false;
    };
  }

  /// Edits the candidate, or running if that is writable (RFC 6241 section 7.2).
  public void editConfig(SessionContext session, DatastoreName target, EditRequest request)
      throws RpcException {
    editConfig(session, target, request, Optional.empty());
  }

  /// The same on condition that running is at some revision.
  public void editConfig(
      SessionContext session,
      DatastoreName target,
      EditRequest request,
      Optional<String> ifRevision)
      throws RpcException {
    requireEditable(target, "edit-config");
    if (target == DatastoreName.STARTUP) {
      throw unsupported(
          "The startup cannot be edited: edit another datastore and copy it to the startup.");
    }
    access().requireRequest(session, request.edit());
    EditRequest kept =
        new EditRequest(
            received(request.edit()),
            request.defaultOperation(),
            request.testOption(),
            request.errorOption());
    writer.call(
        () -> {
          transactions.requireRevision(ifRevision);
          if (target == DatastoreName.RUNNING) {
            transactions.editRunning(session, kept);
          } else {
            transactions.editCandidate(session, kept);
          }
        });
    writer.later(store::shorten);
  }

  private EditTree received(EditTree sent) {
    EditTree edit = sent;
    for (ManagedModule module : modules) {
      edit = module.received(edit);
    }
    return edit;
  }

  private ConfigSource received(ConfigSource source) {
    return source instanceof ConfigSource.Inline inline
        ? new ConfigSource.Inline(received(inline.config()))
        : source;
  }

  /// Replaces a whole datastore (RFC 6241 section 7.3).
  public void copyConfig(SessionContext session, ConfigSource source, DatastoreName target)
      throws RpcException {
    copyConfig(session, source, target, Optional.empty());
  }

  /// The same on condition that running is at some revision.
  public void copyConfig(
      SessionContext session,
      ConfigSource source,
      DatastoreName target,
      Optional<String> ifRevision)
      throws RpcException {
    requireEditable(target, "copy-config");
    if (source.equals(new ConfigSource.Named(target))) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.INVALID_VALUE,
              "Source and target of copy-config are the same: name two.")
          .asException();
    }
    ConfigSource kept = received(source);
    writer.call(
        () -> {
          transactions.requireRevision(ifRevision);
          transactions.copy(session, kept, target);
        });
    writer.later(store::shorten);
  }

  /// Deletes the startup; running and candidate cannot be deleted (RFC 6241 section 7.4).
  @SuppressWarnings("DoNotCallSuggester") // A client may well ask; this is the answer.
  public void deleteConfig(SessionContext session, DatastoreName target) throws RpcException {
    if (target != DatastoreName.STARTUP) {
      throw unsupported(
          "The "
              + target.wire()
              + " cannot be deleted: use discard-changes, or copy-config to replace it.");
    }
    requireEditable(target, "delete-config");
    writer.call(() -> transactions.deleteStartup(session));
  }

  private void requireEditable(DatastoreName target, String operation) throws RpcException {
    if (target == DatastoreName.RUNNING && !options.isRunningWritable()) {
      throw unsupported(
          "This device has no :writable-running: direct "
              + operation
              + " at the candidate, then commit.");
    }
    if (!has(target)) {
      throw unsupported("This device has no :startup: running survives a restart by itself.");
    }
  }

  private static RpcException unsupported(String why) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.OPERATION_NOT_SUPPORTED, why).asException();
  }

  /// Makes the candidate the running configuration (RFC 6241 section 8.3.4.1). When this returns,
  /// the commit survives a power cut.
  public void commit(SessionContext session) throws RpcException {
    commit(session, CommitRequest.PLAIN, Optional.empty());
  }

  /// The same, to be confirmed or as a confirmation (RFC 6241 section 8.4). What is still to be
  /// confirmed does not survive a restart.
  ///
  /// @param ifRevision at which running has to be
  public void commit(SessionContext session, CommitRequest request, Optional<String> ifRevision)
      throws RpcException {
    writer.call(
        () -> {
          transactions.requireRevision(ifRevision);
          transactions.commit(session, request);
        });
    writer.later(store::shorten);
  }

  /// Takes a confirmed commit back (RFC 6241 section 8.4.4.1).
  public void cancelCommit(SessionContext session, Optional<String> persistId) throws RpcException {
    writer.call(() -> transactions.cancelCommit(session, persistId));
  }

  private void confirmationTimedOut(long round) {
    writer.later(() -> transactions.timeOut(round));
  }

  /// Makes running what it was after a commit of the past, by one more commit.
  ///
  /// @param number the commit's number in the [#history]
  /// @param ifRevision at which running has to be
  public void rollBack(SessionContext session, long number, Optional<String> ifRevision)
      throws RpcException {
    writer.call(
        () -> {
          transactions.requireRevision(ifRevision);
          transactions.rollBack(session, number);
        });
    writer.later(store::shorten);
  }

  /// The revision at which running is: another one after each change.
  public String revision() {
    return revisions.current().id();
  }

  /// The last commits that were not taken back, oldest first.
  public List<History.Entry> history() {
    return revisions.history();
  }

  /// Tells somebody of all commits from now on.
  public void listen(CommitListener listener) {
    pipeline.listen(listener);
  }

  /// Makes the candidate equal to running again (RFC 6241 section 8.3.4.2).
  public void discardChanges(SessionContext session) throws RpcException {
    writer.call(() -> transactions.discard(session));
  }

  /// Checks a whole configuration as a commit would (RFC 6241 section 8.6.4.1).
  public void validate(SessionContext session, ConfigSource source) throws RpcException {
    ContainerNode config = transactions.content(received(source));
    writer.call(() -> pipeline.rehearse(contents.running(), config));
  }

  /// Locks a datastore (RFC 6241 section 7.5).
  public void lock(SessionContext session, DatastoreName target) throws RpcException {
    writer.call(
        () -> {
          transactions.lock(session, target);
          locks = lockTable.held();
        });
  }

  /// Unlocks a datastore (RFC 6241 section 7.6). The candidate loses its changes.
  public void unlock(SessionContext session, DatastoreName target) throws RpcException {
    writer.call(
        () -> {
          transactions.unlock(session, target);
          locks = lockTable.held();
        });
  }

  /// Releases the session's locks; a candidate that it had locked loses its changes (RFC 6241
  /// section 8.3.5.2), and its commit that nobody confirmed is taken back.
  public void endSession(SessionContext session) {
    if (writer.isClosed()) {
      return; // Sessions may outlive the datastores while the agent stops.
    }
    try {
      writer.call(
          () -> {
            transactions.endSession(session);
            locks = lockTable.held();
            partialLocks = partialLockTable.held();
          });
    } catch (RpcException e) {
      throw new IllegalStateException("releasing locks is never refused", e);
    }
  }

  /// Locks parts of running (RFC 5717 section 2.4).
  ///
  /// @param select what was asked for, as expressions are kept
  /// @param find finds the nodes in running; called on the writer thread
  public PartialLock lockParts(
      SessionContext session, List<String> select, Function<ContainerNode, List<DataPath>> find)
      throws RpcException {
    AtomicReference<@Nullable PartialLock> granted = new AtomicReference<>();
    writer.call(
        () -> {
          granted.set(transactions.lock(session, select, find));
          partialLocks = partialLockTable.held();
        });
    return Objects.requireNonNull(granted.get());
  }

  /// Unlocks parts of running (RFC 5717 section 2.4.2).
  public void unlockParts(SessionContext session, long id) throws RpcException {
    writer.call(
        () -> {
          partialLockTable.unlock(session, id);
          partialLocks = partialLockTable.held();
        });
  }

  /// The locks on parts of running held now.
  public List<PartialLock> partialLocks() {
    return partialLocks;
  }

  /// The locks held now.
  public List<LockStatus> locks() {
    return locks;
  }

  /// The datastore's content now. The root is the context's own name.
  public ContainerNode read(DatastoreName name) {
    return contents.get(name);
  }

  /// Running and the modules' state in one tree, for get.
  ///
  /// @param roots the top-level nodes wanted
  public ContainerNode operational(Set<QName> roots) {
    return view.read(contents.running(), roots);
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
