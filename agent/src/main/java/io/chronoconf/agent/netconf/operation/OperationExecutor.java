package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.subscription.Subscriptions;
import io.chronoconf.agent.netconf.url.ConfigUrls;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs what clients ask for. Any thread; blocks while the datastores work.
public final class OperationExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(OperationExecutor.class);

  private final Datastores datastores;
  private final SchemaLookup schemas;
  private final SessionControl sessions;
  private final NotificationHub notifications;
  private final OperationGuard operationGuard;
  private final Reads reads;
  private final ConfigWrites writes;
  private final SubscriptionRpcs subscriptions;
  private final PartialLockRpcs partialLocks;
  private final NmdaOperations nmda;
  private final Comparison comparison;
  private final ModelRpcs modelRpcs;

  /// @param handlers one for each rpc that modules define
  /// @param maxXPathSteps what the evaluation of one XPath filter may cost
  public OperationExecutor(
      Datastores datastores,
      YangSchema schema,
      SessionControl sessions,
      NotificationHub notifications,
      Subscriptions subscriptions,
      ConfigUrls urls,
      List<RpcHandler> handlers,
      long maxXPathSteps) {
    this.datastores = datastores;
    this.schemas = new SchemaLookup(schema);
    this.sessions = sessions;
    this.notifications = notifications;
    this.operationGuard = new OperationGuard(datastores.access(), datastores.schema());
    this.reads = new Reads(datastores, maxXPathSteps);
    this.writes = new ConfigWrites(datastores, urls);
    this.partialLocks = new PartialLockRpcs(datastores, maxXPathSteps);
    this.subscriptions = new SubscriptionRpcs(datastores.schema(), subscriptions);
    this.nmda = new NmdaOperations(datastores, reads);
    this.comparison = new Comparison(datastores.root(), nmda);
    this.modelRpcs = new ModelRpcs(datastores, handlers);
  }

  /// Performs one operation for a session. Everything that goes wrong becomes a reply.
  public Reply perform(Operation operation, SessionContext session) {
    try {
      return dispatch(operation, session);
    } catch (RpcException e) {
      return new Reply.Refused(e.errors());
    } catch (RuntimeException e) {
      LOG.error("Session {}: {} failed", session.sessionId(), operation.getClass(), e);
      return new Reply.Refused(
          List.of(
              RpcError.of(
                  ErrorType.APPLICATION,
                  ErrorTag.OPERATION_FAILED,
                  "The operation failed inside the agent: see its log.")));
    }
  }

  private Reply dispatch(Operation operation, SessionContext session) throws RpcException {
    operationGuard.require(operation, session);
    return switch (operation) {
      case Operation.Get get -> reads.get(get, session);
      case Operation.GetConfig get -> reads.getConfig(get, session);
      case Operation.EditConfig edit -> {
        writes.edit(edit, session);
        yield new Reply.Ok();
      }
      case Operation.CopyConfig copy -> {
        writes.copy(copy, session);
        yield new Reply.Ok();
      }
      case Operation.DeleteConfig delete -> {
        writes.delete(delete, session);
        yield new Reply.Ok();
      }
      case Operation.Lock lock -> {
        datastores.lock(session, lock.target());
        yield new Reply.Ok();
      }
      case Operation.Unlock unlock -> {
        datastores.unlock(session, unlock.target());
        yield new Reply.Ok();
      }
      case Operation.Commit commit -> {
        datastores.commit(session, commit.request(), commit.ifRevision());
        yield new Reply.Ok();
      }
      case Operation.CancelCommit cancel -> {
        datastores.cancelCommit(session, cancel.persistId());
        yield new Reply.Ok();
      }
      case Operation.DiscardChanges _ -> {
        datastores.discardChanges(session);
        yield new Reply.Ok();
      }
      case Operation.Validate validate -> {
        writes.validate(validate, session);
        yield new Reply.Ok();
      }
      // The session itself ends after the reply.
      case Operation.CloseSession _ -> new Reply.Ok();
      case Operation.KillSession kill -> kill(kill.sessionId(), session);
      case Operation.GetSchema wanted -> schemas.find(wanted);
      // The session sends what comes after the reply.
      case Operation.CreateSubscription wanted -> {
        notifications.subscribe(session, wanted);
        yield new Reply.Ok();
      }
      case Operation.PartialLock wanted -> partialLocks.lock(wanted, session);
      case Operation.PartialUnlock wanted -> partialLocks.unlock(wanted, session);
      // The session sends what comes of these after the reply.
      case Operation.EstablishSubscription wanted -> subscriptions.establish(wanted, session);
      case Operation.ModifySubscription wanted -> subscriptions.modify(wanted, session);
      case Operation.DeleteSubscription wanted -> subscriptions.delete(wanted, session);
      case Operation.KillSubscription wanted -> subscriptions.kill(wanted);
      case Operation.ResyncSubscription wanted -> subscriptions.resync(wanted, session);
      case Operation.GetData get -> nmda.getData(get, session);
      case Operation.EditData edit -> {
        writes.edit(edit, nmda.editable(edit.datastore()), session);
        yield new Reply.Ok();
      }
      case Operation.Compare wanted -> comparison.compare(wanted, session);
      case Operation.ModelRpc rpc -> modelRpcs.call(rpc, session);
    };
  }

  // RFC 6241 section 7.9: a session does not kill itself.
  private Reply kill(long sessionId, SessionContext session) throws RpcException {
    if (sessionId == session.sessionId()) {
      throw invalidSession("This is session " + sessionId + " itself: use close-session.");
    }
    if (!sessions.kill(sessionId, session.sessionId())) {
      throw invalidSession("There is no session " + sessionId + ".");
    }
    return new Reply.Ok();
  }

  private static RpcException invalidSession(String why) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE, why).asException();
  }
}
