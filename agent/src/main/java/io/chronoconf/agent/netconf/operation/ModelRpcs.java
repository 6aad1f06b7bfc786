package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.InputValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Calls the rpcs that modules define (RFC 7950 section 7.14). Any thread.
final class ModelRpcs {
  private record Callable(RpcHandler handler, NodeSchema input, InputValidator validator) {}

  private final Datastores datastores;
  private final Map<QName, Callable> callables = new HashMap<>();

  ModelRpcs(Datastores datastores, List<RpcHandler> handlers) {
    this.datastores = datastores;
    EffectiveModelContext context = datastores.schema();
    for (RpcHandler handler : handlers) {
      RpcDefinition rpc =
          context.getOperations().stream()
              .filter(one -> one.getQName().equals(handler.rpc()))
              .findFirst()
              .orElseThrow();
      callables.put(
          handler.rpc(),
          new Callable(
              handler,
              NodeSchema.inputOf(context, rpc),
              new InputValidator(datastores.root(), rpc)));
    }
  }

  Reply call(Operation.ModelRpc rpc, SessionContext session) throws RpcException {
    Callable callable = callables.get(rpc.name());
    if (callable == null) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.OPERATION_NOT_SUPPORTED,
              "The operation " + rpc.name().getLocalName() + " is not supported here.")
          .asException();
    }
    NodeSchema schema = callable.input();
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(schema.id()).build();
    EditApplier.Result input = EditApplier.apply(schema, empty, EditRequest.of(rpc.input()));
    if (!input.errors().isEmpty()) {
      throw new RpcException(input.errors());
    }
    callable.validator().validate(input.tree(), datastores::operational);
    Optional<ContainerNode> output =
        callable.handler().perform(ConfigCursor.of(schema, input.tree()), session);
    return output.isPresent() ? new Reply.Output(rpc.name(), output.get()) : new Reply.Ok();
  }
}
