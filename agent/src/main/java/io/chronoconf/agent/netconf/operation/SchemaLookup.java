package io.chronoconf.agent.netconf.operation;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.message.Reply;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.YangSchema;
import java.util.List;
import java.util.Optional;

/// Finds the text that get-schema asks for (RFC 6022 section 3.1).
final class SchemaLookup {
  private final YangSchema schema;

  SchemaLookup(YangSchema schema) {
    this.schema = schema;
  }

  Reply find(Operation.GetSchema wanted) throws RpcException {
    List<ModuleEntry> found = schema.modules(wanted.identifier());
    Optional<String> version = wanted.version();
    if (version.isPresent()) {
      found = found.stream().filter(m -> m.revision().equals(version.get())).toList();
    }
    if (found.isEmpty()) {
      throw invalid(
          "There is no module "
              + wanted.identifier()
              + version.map(v -> " of revision " + v).orElse("")
              + " here: see netconf-state/schemas.");
    }
    boolean isYin = wanted.format().equals("yin");
    if (!isYin && !wanted.format().equals("yang")) {
      throw invalid("Schemas are given in the formats yang and yin, not " + wanted.format() + ".");
    }
    if (found.size() > 1) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.OPERATION_FAILED,
              "There are several revisions of " + wanted.identifier() + ": add its version.")
          .withAppTag("data-not-unique")
          .asException();
    }
    return isYin
        ? new Reply.SchemaXml(schema.yin(found.getFirst()))
        : new Reply.Schema(schema.source(found.getFirst()));
  }

  private static RpcException invalid(String why) {
    return RpcError.of(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE, why).asException();
  }
}
