package io.chronoconf.agent.netconf.message;

import io.chronoconf.agent.netconf.frame.Framing;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/// Reads one message that should be an rpc. A message is read to its end before anything of it is
/// performed, so what is not well-formed never has an effect. Immutable; any thread.
public final class RpcReader {
  private final NodeSchema root;
  private final Set<String> features;
  private final XmlLimits limits;

  /// @param root the schema's root
  /// @param features of ietf-netconf that are supported
  public RpcReader(NodeSchema root, Set<String> features, XmlLimits limits) {
    this.root = root;
    this.features = Set.copyOf(features);
    this.limits = limits;
  }

  /// Reads a message.
  ///
  /// @param framing of the session: base:1.0 knows no malformed-message (RFC 6241 appendix A)
  public RpcMessage read(byte[] message, Framing framing) {
    try {
      LimitedReader reader = ProtocolXml.reader(message, limits);
      reader.nextTag();
      if (!isRpc(reader)) {
        return malformed(
            "Expected rpc of namespace " + ProtocolXml.BASE + ", found " + reader.getName() + ".",
            framing);
      }
      return read(reader, RpcEnvelope.at(reader), framing);
    } catch (XMLStreamException e) {
      return malformed("The message is not well-formed: " + LimitedReader.reason(e) + ".", framing);
    }
  }

  private RpcMessage read(LimitedReader reader, RpcEnvelope envelope, Framing framing)
      throws XMLStreamException {
    try {
      Operation operation = readOperation(reader);
      reader.finish();
      requireMessageId(envelope);
      return new RpcMessage.Accepted(new Rpc(envelope, operation));
    } catch (RpcException e) {
      if (e.errors().getFirst().tag() == ErrorTag.MALFORMED_MESSAGE) {
        return malformed(e.errors().getFirst().message(), framing);
      }
      // Being well-formed comes first: whatever is wrong inside, the rest must be XML.
      reader.finish();
      return new RpcMessage.Refused(Optional.of(envelope), e.errors());
    }
  }

  private Operation readOperation(LimitedReader reader) throws XMLStreamException, RpcException {
    int rpcDepth = reader.depth();
    reader.nextTag();
    if (reader.depth() < rpcDepth) {
      throw RpcError.of(
              ErrorType.RPC,
              ErrorTag.MALFORMED_MESSAGE,
              "The rpc is empty: it must hold one operation.")
          .asException();
    }
    Operation operation = new OperationReader(root, features, reader).read();
    reader.nextTag();
    if (reader.depth() >= rpcDepth) {
      throw Refusals.unknownElement(
          reader.getLocalName(), "An rpc holds one operation: send another rpc for the second.");
    }
    return operation;
  }

  private static boolean isRpc(LimitedReader reader) {
    return reader.getLocalName().equals("rpc") && ProtocolXml.BASE.equals(reader.getNamespaceURI());
  }

  private static void requireMessageId(RpcEnvelope envelope) throws RpcException {
    if (envelope.messageId().isEmpty()) {
      throw RpcError.of(
              ErrorType.RPC,
              ErrorTag.MISSING_ATTRIBUTE,
              "The rpc has no message-id: add the attribute.")
          .withInfo(RpcError.Info.badAttribute("message-id"), RpcError.Info.badElement("rpc"))
          .asException();
    }
    for (RpcEnvelope.Attribute attribute : envelope.attributes()) {
      // The reply must repeat it, and in base:1.0 that would end the reply's frame early.
      if (attribute.value().contains("]]>]]>")) {
        throw RpcError.of(
                ErrorType.RPC,
                ErrorTag.BAD_ATTRIBUTE,
                "An attribute of rpc must not hold the end-of-message mark.")
            .withInfo(RpcError.Info.badAttribute(attribute.name()), RpcError.Info.badElement("rpc"))
            .asException();
      }
    }
  }

  private static RpcMessage malformed(String why, Framing framing) {
    ErrorTag tag =
        switch (framing) {
          case CHUNKED -> ErrorTag.MALFORMED_MESSAGE;
          case END_OF_MESSAGE -> ErrorTag.OPERATION_FAILED;
        };
    return new RpcMessage.Refused(Optional.empty(), List.of(RpcError.of(ErrorType.RPC, tag, why)));
  }
}
