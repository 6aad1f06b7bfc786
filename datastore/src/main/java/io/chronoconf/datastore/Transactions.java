package io.chronoconf.datastore;

import io.chronoconf.datastore.commit.CommitPipeline;
import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.commit.ConfirmEvent;
import io.chronoconf.datastore.commit.PendingCommit;
import io.chronoconf.datastore.commit.Revisions;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditScope;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.LockStatus;
import io.chronoconf.datastore.lock.LockTable;
import io.chronoconf.datastore.lock.PartialLock;
import io.chronoconf.datastore.lock.PartialLocks;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The changes of the datastores, each from its preconditions to its end. Used by the writer thread
/// alone.
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private final NodeSchema root;
  private final Contents contents;
  private final LockTable locks;
  private final PartialLocks partialLocks;
  private final CommitPipeline pipeline;
  private final PendingCommit pending;
  private final Revisions revisions;
  private final DatastoreOptions options;
  private final LongConsumer onTimeout;

  /// @param onTimeout told by an alarm that a confirmed commit timed out
  Transactions(
      NodeSchema root,
      Contents contents,
      LockTable locks,
      PartialLocks partialLocks,
      CommitPipeline pipeline,
      Revisions revisions,
      DatastoreOptions options,
      LongConsumer onTimeout) {
    this.root = root;
    this.contents = contents;
    this.locks = locks;
    this.partialLocks = partialLocks;
    this.pipeline = pipeline;
    this.pending = new PendingCommit(options.alarms());
    this.revisions = revisions;
    this.options = options;
    this.onTimeout = onTimeout;
  }

  /// The tree after an edit that has to succeed as a whole.
  ContainerNode edited(EditRequest request, ContainerNode tree) throws RpcException {
    EditApplier.Result result = EditApplier.apply(root, tree, request);
    refuse(result.errors());
    return result.tree();
  }

  ContainerNode empty() {
    return ImmutableNodes.newContainerBuilder().withNodeIdentifier(root.id()).build();
  }

  /// A source as it is now.
  ContainerNode content(ConfigSource source) throws RpcException {
    return switch (source) {
      case ConfigSource.Named named -> contents.get(named.datastore());
      case ConfigSource.Inline inline ->
          edited(
              new EditRequest(
                  inline.config(),
                  EditOperation.MERGE,
                  TestOption.SET,
                  ErrorOption.ROLLBACK_ON_ERROR),
              empty());
    };
  }

  private static void refuse(List<RpcError> errors) throws RpcException {
    if (!errors.isEmpty()) {
      throw new RpcException(errors);
    }
  }

  /// A precondition of managers that share the device.
  ///
  /// @param wanted the revision of running that the client has seen
  /// @throws RpcException operation-failed if running has changed since
  void requireRevision(Optional<String> wanted) throws RpcException {
    String current = revisions.current().id();
    if (wanted.isPresent() && !wanted.get().equals(current)) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.OPERATION_FAILED,
              "Running has changed: it is at revision %s and not at %s. Read it again and repeat what is still wanted."
                  .formatted(current, wanted.get()))
          .withAppTag("revision-mismatch")
          .asException();
    }
  }

  void editCandidate(SessionContext session, EditRequest request) throws RpcException {
    locks.checkWritable(session, DatastoreName.CANDIDATE);
    ContainerNode before = contents.candidate();
    EditApplier.Result result = EditApplier.apply(root, before, request);
    // A test looks at the result as a whole, so it takes an edit that went through as a whole.
    if (request.testOption() != TestOption.SET) {
      refuse(result.errors());
      pipeline.rehearse(contents.running(), result.tree());
    }
    requireWrite(session, before, result.tree(), scope(request));
    if (request.testOption() != TestOption.TEST_ONLY) {
      contents.edited(result.tree(), request);
    }
    refuse(result.errors());
  }

  /// Running is never kept unless it is valid as a whole, whatever the test-option says.
  void editRunning(SessionContext session, EditRequest request) throws RpcException {
    requireRunningFor(session, Optional.empty());
    EditApplier.Result result = EditApplier.apply(root, contents.running(), request);
    if (request.testOption() == TestOption.TEST_ONLY) {
      refuse(result.errors());
      pipeline.rehearse(contents.running(), result.tree());
      requireWrite(session, contents.running(), result.tree(), scope(request));
      return;
    }
    run(session, result.tree(), scope(request), !pending.isWaiting(), contents::replaceRunning);
    refuse(result.errors());
  }

  private static EditScope scope(EditRequest request) {
    EditScope scope = new EditScope();
    scope.add(request);
    return scope;
  }

  private void requireWrite(
      SessionContext session, ContainerNode before, ContainerNode after, EditScope where)
      throws RpcException {
    options.access().requireWrite(session, before, EditDiff.between(root, before, after, where));
  }

  private void requireRunningFor(SessionContext session, Optional<String> persistId)
      throws RpcException {
    locks.checkWritable(session, DatastoreName.RUNNING);
    pending.requireFollowUp(session, persistId);
  }

  private void run(
      SessionContext session,
      ContainerNode config,
      EditScope where,
      boolean isFinal,
      Consumer<ContainerNode> swap)
      throws RpcException {
    pipeline.commit(
        session,
        contents.running(),
        config,
        where,
        (after, change) -> {
          checkPartialLocks(session, change);
          revisions.advance(session.user(), after, change, isFinal);
        },
        swap);
  }

  private void checkPartialLocks(SessionContext session, EditTree change) throws RpcException {
    if (partialLocks.ofOthers(session).isPresent()) {
      for (EditSummary.Change one : EditSummary.of(root, contents.running(), change)) {
        partialLocks.checkWritable(session, one.target());
      }
    }
  }

  /// Locks parts of running (RFC 5717 section 2.4).
  ///
  /// @param select what was asked for, as expressions are kept
  /// @param find finds the nodes in running
  PartialLock lock(
      SessionContext session, List<String> select, Function<ContainerNode, List<DataPath>> find)
      throws RpcException {
    Optional<LockStatus> global = locks.find(DatastoreName.RUNNING);
    if (global.isPresent() && global.get().sessionId() != session.sessionId()) {
      throw LockTable.denied(
          global.get().sessionId(),
          "Session %d has locked running: wait until it unlocks."
              .formatted(global.get().sessionId()));
    }
    refuseWhileOthersWait(session, Optional.of("outstanding-confirmed-commit"));
    List<DataPath> nodes = find.apply(contents.running());
    if (nodes.isEmpty()) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.OPERATION_FAILED,
              "Nothing in running is selected: there is nothing to lock.")
          .withAppTag("no-matches")
          .asException();
    }
    return partialLocks.lock(new PartialLock(0, session, select, nodes, options.clock().instant()));
  }

  private void refuseWhileOthersWait(SessionContext session, Optional<String> appTag)
      throws RpcException {
    Optional<Long> owner = pending.owner().filter(id -> id != session.sessionId());
    if (owner.isPresent()) {
      RpcException denied =
          LockTable.denied(
              owner.get(),
              "A confirmed commit of another session waits for its confirmation: lock running once"
                  + " it is confirmed, cancelled or timed out.");
      RpcError error = denied.errors().getFirst();
      throw appTag.map(error::withAppTag).orElse(error).asException();
    }
  }

  void copy(SessionContext session, ConfigSource source, DatastoreName target) throws RpcException {
    ContainerNode copy = content(source);
    switch (target) {
      case CANDIDATE -> {
        locks.checkWritable(session, target);
        requireWrite(session, contents.candidate(), copy, EditScope.everything());
        contents.replaceCandidate(copy);
      }
      case RUNNING -> {
        requireRunningFor(session, Optional.empty());
        run(session, copy, EditScope.everything(), !pending.isWaiting(), contents::replaceRunning);
      }
      case STARTUP -> {
        locks.checkWritable(session, target);
        // RFC 8341 section 3.2.6: to save running takes the right to copy, and no other.
        if (!source.equals(new ConfigSource.Named(DatastoreName.RUNNING))) {
          requireWrite(session, contents.startup(), copy, EditScope.everything());
        }
        save(session, pipeline.validate(contents.startup(), copy));
      }
    }
  }

  void deleteStartup(SessionContext session) throws RpcException {
    locks.checkWritable(session, DatastoreName.STARTUP);
    requireWrite(session, contents.startup(), empty(), EditScope.everything());
    save(session, empty());
  }

  private void save(SessionContext session, ContainerNode startup) throws RpcException {
    ContainerNode before = contents.startup();
    revisions.save(session.user(), startup);
    contents.replaceStartup(startup);
    pipeline.tellSaved(session, before, startup);
  }

  void commit(SessionContext session, CommitRequest request) throws RpcException {
    locks.checkWritable(session, DatastoreName.CANDIDATE);
    requireRunningFor(session, request.persistId());
    boolean isFinal = request.confirmation().isEmpty();
    if (contents.isTouched() || (isFinal && pending.isWaiting())) {
      run(
          session,
          contents.candidate(),
          contents.scope(),
          isFinal,
          config -> {
            settle(session, request);
            contents.commit(config);
          });
    } else {
      settle(session, request);
    }
  }

  // From here on nothing fails any more.
  private void settle(SessionContext session, CommitRequest request) {
    Optional<Duration> timeout = request.confirmation();
    if (timeout.isPresent()) {
      ConfirmEvent event = pending.begin(session, request.persist(), timeout.get(), onTimeout);
      pipeline.tell(listener -> listener.confirmation(session, event, timeout));
    } else if (pending.end()) {
      pipeline.tell(
          listener -> listener.confirmation(session, ConfirmEvent.COMPLETE, Optional.empty()));
    }
  }

  void cancelCommit(SessionContext session, Optional<String> persistId) throws RpcException {
    locks.checkWritable(session, DatastoreName.RUNNING);
    pending.requireCancellable(session, persistId);
    revert(session, ConfirmEvent.CANCEL);
  }

  /// An alarm says that a round timed out.
  void timeOut(long round) {
    if (pending.isWaitingFor(round)) {
      LOG.warn("No confirming commit came in time: running goes back to what it was before.");
      revert(SessionContext.AGENT, ConfirmEvent.TIMEOUT);
    }
  }

  private void revert(SessionContext by, ConfirmEvent event) {
    pending.end();
    pipeline.tell(listener -> listener.confirmation(by, event, Optional.empty()));
    revisions.revert();
    pipeline.revert(by, contents.running(), revisions.confirmedConfig(), contents::replaceRunning);
  }

  /// Makes running what it was after a change of the past.
  ///
  /// @param number the change's
  void rollBack(SessionContext session, long number) throws RpcException {
    requireRunningFor(session, Optional.empty());
    requireNothingPending(session);
    ContainerNode past =
        revisions
            .configAt(number)
            .orElseThrow(
                () ->
                    RpcError.of(
                            ErrorType.APPLICATION,
                            ErrorTag.INVALID_VALUE,
                            "The history holds no commit " + number + ": choose one that it lists.")
                        .asException());
    run(session, past, EditScope.everything(), true, contents::replaceRunning);
  }

  private void requireNothingPending(SessionContext session) throws RpcException {
    if (pending.isWaiting()) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.IN_USE,
              "A confirmed commit waits for its confirmation: confirm or cancel it first.")
          .withInfo(Info.sessionId(session.sessionId()))
          .asException();
    }
  }

  /// Makes all datastores hold a configuration, whatever the user may write.
  void reset(SessionContext session, ContainerNode config) throws RpcException {
    requireRunningFor(session, Optional.empty());
    requireNothingPending(session);
    locks.checkWritable(session, DatastoreName.CANDIDATE);
    if (options.hasStartup()) {
      locks.checkWritable(session, DatastoreName.STARTUP);
      save(session, config);
    }
    pipeline.commit(
        SessionContext.AGENT,
        contents.running(),
        config,
        EditScope.everything(),
        (after, change) -> {
          checkPartialLocks(session, change);
          revisions.advance(session.user(), after, change, true);
        },
        contents::replaceRunning);
    contents.discard();
  }

  void lock(SessionContext session, DatastoreName target) throws RpcException {
    if (target == DatastoreName.RUNNING) {
      refuseWhileOthersWait(session, Optional.empty());
      Optional<PartialLock> part = partialLocks.ofOthers(session);
      if (part.isPresent()) {
        throw LockTable.denied(
            part.get().session().sessionId(),
            "Session %d has locked a part of running: wait until it unlocks."
                .formatted(part.get().session().sessionId()));
      }
    }
    boolean isModified = target == DatastoreName.CANDIDATE && contents.isModified();
    locks.lock(session, target, isModified, options.clock().instant());
  }

  void unlock(SessionContext session, DatastoreName target) throws RpcException {
    locks.unlock(session, target);
    if (target == DatastoreName.CANDIDATE) {
      contents.discard();
    }
  }

  void endSession(SessionContext session) {
    if (pending.isLostWith(session)) {
      LOG.warn(
          "Session {} of {} ended before its commit was confirmed: running goes back to what it"
              + " was before.",
          session.sessionId(),
          session.user());
      revert(session, ConfirmEvent.CANCEL);
    }
    partialLocks.release(session);
    if (locks.release(session)) {
      contents.discard();
    }
  }

  void discard(SessionContext session) throws RpcException {
    locks.checkWritable(session, DatastoreName.CANDIDATE);
    contents.discard();
  }
}
