package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Asks access control whether a session may call an operation at all (RFC 8341 section 3.4.4).
final class OperationGuard {
  private static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

  private static final String SUBSCRIPTIONS =
      "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";

  private static final String PARTIAL_LOCK = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";

  private static final String PUSH = "urn:ietf:params:xml:ns:yang:ietf-yang-push";

  private static final String COMPARE = "urn:ietf:params:xml:ns:yang:ietf-nmda-compare";

  private static final String NMDA = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";

  private static final String NOTIFICATION = "urn:ietf:params:xml:ns:netconf:notification:1.0";

  private final AccessControl access;
  private final EffectiveModelContext schema;

  OperationGuard(AccessControl access, EffectiveModelContext schema) {
    this.access = access;
    this.schema = schema;
  }

  /// @throws RpcException access-denied
  void require(Operation operation, SessionContext session) throws RpcException {
    switch (operation) {
      case Operation.Get _ -> access.requireOperation(session, "get");
      case Operation.GetConfig _ -> access.requireOperation(session, "get-config");
      case Operation.EditConfig _ -> access.requireOperation(session, "edit-config");
      case Operation.CopyConfig _ -> access.requireOperation(session, "copy-config");
      case Operation.DeleteConfig _ -> access.requireOperation(session, "delete-config");
      case Operation.Lock _ -> access.requireOperation(session, "lock");
      case Operation.Unlock _ -> access.requireOperation(session, "unlock");
      case Operation.Commit _ -> access.requireOperation(session, "commit");
      case Operation.CancelCommit _ -> access.requireOperation(session, "cancel-commit");
      case Operation.DiscardChanges _ -> access.requireOperation(session, "discard-changes");
      case Operation.Validate _ -> access.requireOperation(session, "validate");
      case Operation.CloseSession _ -> access.requireOperation(session, "close-session");
      case Operation.KillSession _ -> access.requireOperation(session, "kill-session");
      case Operation.GetSchema _ -> requireRpc(session, MONITORING, "get-schema");
      case Operation.CreateSubscription _ ->
          requireRpc(session, NOTIFICATION, "create-subscription");
      case Operation.PartialLock _ -> requireRpc(session, PARTIAL_LOCK, "partial-lock");
      case Operation.PartialUnlock _ -> requireRpc(session, PARTIAL_LOCK, "partial-unlock");
      case Operation.EstablishSubscription _ ->
          requireRpc(session, SUBSCRIPTIONS, "establish-subscription");
      case Operation.ModifySubscription _ ->
          requireRpc(session, SUBSCRIPTIONS, "modify-subscription");
      case Operation.DeleteSubscription _ ->
          requireRpc(session, SUBSCRIPTIONS, "delete-subscription");
      case Operation.KillSubscription _ -> requireRpc(session, SUBSCRIPTIONS, "kill-subscription");
      case Operation.ResyncSubscription _ -> requireRpc(session, PUSH, "resync-subscription");
      case Operation.GetData _ -> requireRpc(session, NMDA, "get-data");
      case Operation.EditData _ -> requireRpc(session, NMDA, "edit-data");
      case Operation.Compare _ -> requireRpc(session, COMPARE, "compare");
      case Operation.ModelRpc rpc -> requireRpc(session, rpc.name());
    }
  }

  private void requireRpc(SessionContext session, QName name) throws RpcException {
    requireRpc(session, name.getNamespace().toString(), name.getLocalName());
  }

  private void requireRpc(SessionContext session, String namespace, String name)
      throws RpcException {
    for (RpcDefinition rpc : schema.getOperations()) {
      if (rpc.getQName().getLocalName().equals(name)
          && rpc.getQName().getNamespace().toString().equals(namespace)) {
        access.requireRpc(session, rpc);
      }
    }
  }
}
