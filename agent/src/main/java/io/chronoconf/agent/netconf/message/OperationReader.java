package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Reads the operation inside an rpc element; which one, its qualified name decides.
final class OperationReader {
  private final NodeSchema root;
  private final Set<String> features;
  private final LimitedReader reader;

  /// @param features of ietf-netconf that are supported
  /// @param reader stands on the operation's start
  OperationReader(NodeSchema root, Set<String> features, LimitedReader reader) {
    this.root = root;
    this.features = features;
    this.reader = reader;
  }

  /// Reads up to the operation's end.
  Operation read() throws XMLStreamException, RpcException {
    String namespace = String.valueOf(reader.getNamespaceURI());
    String name = reader.getLocalName();
    if (namespace.equals(ProtocolXml.BASE)) {
      return readBase(name);
    }
    if (namespace.equals(ProtocolXml.MONITORING) && name.equals("get-schema")) {
      Parameters given = parameters("identifier", "version", "format");
      return new Operation.GetSchema(given.identifier(), given.version(), given.format());
    }
    if (namespace.equals(ProtocolXml.NOTIFICATION) && name.equals("create-subscription")) {
      NodeSchema notifications = NodeSchema.notificationsOf(root.context());
      return new Parameters(
              notifications,
              features,
              reader,
              Set.of("stream", "filter", "startTime", "stopTime"),
              false)
          .read()
          .subscription();
    }
    if (namespace.equals(PartialLockReader.NAMESPACE)) {
      PartialLockReader locks = new PartialLockReader(root, reader);
      return switch (name) {
        case "partial-lock" -> locks.readLock();
        case "partial-unlock" -> locks.readUnlock();
        default -> throw unknown(namespace, name);
      };
    }
    if (namespace.equals(SubscriptionReader.NOTIFICATIONS)) {
      Optional<Operation> operation = new SubscriptionReader(root, reader).read(name);
      if (operation.isPresent()) {
        return operation.get();
      }
    }
    if (namespace.equals(SubscriptionReader.PUSH) && name.equals("resync-subscription")) {
      return new SubscriptionReader(root, reader).readResync();
    }
    if (namespace.equals(ProtocolXml.NMDA) && name.equals("get-data")) {
      return new NmdaReader(root, features, reader).getData();
    }
    if (namespace.equals(ProtocolXml.NMDA) && name.equals("edit-data")) {
      return new NmdaReader(root, features, reader).editData();
    }
    if (namespace.equals(ProtocolXml.COMPARE) && name.equals("compare")) {
      return new CompareReader(root, features, reader).read();
    }
    return readModelRpc(namespace, name);
  }

  private Operation readBase(String name) throws XMLStreamException, RpcException {
    return switch (name) {
      case "get" -> {
        Parameters given = parameters("filter", "with-defaults");
        yield new Operation.Get(given.filter(), given.defaults());
      }
      case "get-config" -> {
        Parameters given = parameters("source", "filter", "with-defaults");
        yield new Operation.GetConfig(given.namedSource(), given.filter(), given.defaults());
      }
      case "edit-config" -> readEditConfig();
      case "copy-config" -> {
        Parameters given = parametersWithConfig("target", "source", "with-defaults", "if-revision");
        given.requireExplicit();
        yield new Operation.CopyConfig(given.source(), given.anyTarget(), given.ifRevision());
      }
      case "delete-config" ->
          new Operation.DeleteConfig(parametersWithConfig("target").anyTarget());
      case "lock" -> new Operation.Lock(parameters("target").target());
      case "unlock" -> new Operation.Unlock(parameters("target").target());
      case "validate" -> new Operation.Validate(parametersWithConfig("source").source());
      case "commit" -> {
        Parameters given =
            parameters("confirmed", "confirm-timeout", "persist", "persist-id", "if-revision");
        yield new Operation.Commit(given.commitRequest(), given.ifRevision());
      }
      case "cancel-commit" -> new Operation.CancelCommit(parameters("persist-id").persistId());
      case "discard-changes" -> {
        parameters();
        yield new Operation.DiscardChanges();
      }
      case "close-session" -> {
        parameters();
        yield new Operation.CloseSession();
      }
      case "kill-session" -> new Operation.KillSession(parameters("session-id").sessionId());
      default -> throw unknown(ProtocolXml.BASE, name);
    };
  }

  private Operation readEditConfig() throws XMLStreamException, RpcException {
    Parameters given =
        parameters(
            "target",
            "default-operation",
            "test-option",
            "error-option",
            "config",
            "url",
            "if-revision");
    Optional<String> url = given.url();
    return new Operation.EditConfig(
        given.target(),
        new EditRequest(
            url.isPresent() ? EditTree.EMPTY : given.config(),
            given.defaultOperation(),
            given.testOption(TestOption.SET),
            given.errorOption()),
        url,
        given.ifRevision());
  }

  private Parameters parameters(String... names) throws XMLStreamException, RpcException {
    return new Parameters(root, features, reader, Set.of(names), false).read();
  }

  private Parameters parametersWithConfig(String... names) throws XMLStreamException, RpcException {
    return new Parameters(root, features, reader, Set.of(names), true).read();
  }

  private Operation readModelRpc(String namespace, String name) throws RpcException {
    EffectiveModelContext context = root.context();
    Optional<? extends RpcDefinition> rpc =
        context.getOperations().stream()
            .filter(r -> r.getQName().getLocalName().equals(name))
            .filter(r -> r.getQName().getNamespace().toString().equals(namespace))
            .findFirst();
    if (rpc.isEmpty()) {
      throw unknown(namespace, name);
    }
    NodeSchema input = NodeSchema.inputOf(context, rpc.get());
    return new Operation.ModelRpc(
        rpc.get().getQName(), EditReader.read(input, reader, reader.maxTextChars()));
  }

  private static RpcException unknown(String namespace, String name) {
    return Refusals.unsupported(
        namespace.isEmpty()
            ? "The operation %s has no namespace: write <%s xmlns=\"%s\">, or its module's."
                .formatted(name, name, ProtocolXml.BASE)
            : "There is no operation " + name + " of namespace " + namespace + " here.");
  }
}
