package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.agent.netconf.subscription.Notices;
import io.chronoconf.agent.netconf.subscription.Subscriptions;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// Performs the operations on subscriptions. Any thread.
final class SubscriptionRpcs {
  private static final QName ESTABLISH = Notices.name("establish-subscription");

  private final EffectiveModelContext schema;
  private final Subscriptions subscriptions;

  SubscriptionRpcs(EffectiveModelContext schema, Subscriptions subscriptions) {
    this.schema = schema;
    this.subscriptions = subscriptions;
  }

  Reply establish(Operation.EstablishSubscription wanted, SessionContext session)
      throws RpcException {
    Subscriptions.Established made = subscriptions.establish(session, wanted.request());
    NodeSchema output = NodeSchema.outputOf(schema, ESTABLISH);
    return new Reply.Output(
        ESTABLISH,
        StateBuilder.root(
            output,
            into ->
                into.leaf(Notices.name("id"), made.id())
                    .leaf(Notices.name("replay-start-time-revision"), made.replayStart())));
  }

  Reply modify(Operation.ModifySubscription wanted, SessionContext session) throws RpcException {
    subscriptions.modify(session, wanted.id(), wanted.request());
    return new Reply.Ok();
  }

  Reply delete(Operation.DeleteSubscription wanted, SessionContext session) throws RpcException {
    subscriptions.delete(session, wanted.id());
    return new Reply.Ok();
  }

  Reply kill(Operation.KillSubscription wanted) throws RpcException {
    subscriptions.kill(wanted.id());
    return new Reply.Ok();
  }

  Reply resync(Operation.ResyncSubscription wanted, SessionContext session) throws RpcException {
    subscriptions.resync(session, wanted.id());
    return new Reply.Ok();
  }
}
