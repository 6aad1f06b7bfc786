package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.filter.DataWriter;
import io.chronoconf.datastore.operational.Origin;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Writes replies (RFC 6241 section 4.2) straight into the frames. Immutable; any thread.
public final class ReplyWriter {
  /// Longest error-message that is sent, in characters.
  static final int MAX_MESSAGE_CHARS = 4_096;

  private static final RpcEnvelope NO_ENVELOPE =
      new RpcEnvelope(
          "", List.of(new RpcEnvelope.NamespaceDeclaration("", ProtocolXml.BASE)), List.of());

  private final NodeSchema root;

  /// @param root the schema's root
  public ReplyWriter(NodeSchema root) {
    this.root = root;
  }

  /// Writes one reply.
  ///
  /// @param envelope what to echo; empty for an answer to what was no rpc
  public void write(OutputStream out, Optional<RpcEnvelope> envelope, Reply reply)
      throws XMLStreamException {
    XMLStreamWriter writer = ProtocolXml.writer(out);
    new Writing(root, writer, envelope.orElse(NO_ENVELOPE)).reply(reply);
    writer.close();
  }

  /// One reply being written.
  private record Writing(NodeSchema root, XMLStreamWriter writer, RpcEnvelope envelope) {
    void reply(Reply reply) throws XMLStreamException {
      start("rpc-reply");
      for (RpcEnvelope.NamespaceDeclaration declared : envelope.namespaces()) {
        if (declared.prefix().isEmpty()) {
          writer.writeDefaultNamespace(declared.namespace());
        } else {
          writer.writeNamespace(declared.prefix(), declared.namespace());
        }
      }
      for (RpcEnvelope.Attribute a : envelope.attributes()) {
        if (a.namespace().isEmpty()) {
          writer.writeAttribute(a.name(), a.value());
        } else {
          writer.writeAttribute(a.prefix(), a.namespace(), a.name(), a.value());
        }
      }
      switch (reply) {
        case Reply.Ok _ -> {
          start("ok");
          writer.writeEndElement();
        }
        case Reply.Refused refused -> {
          for (RpcError error : refused.errors()) {
            error(error);
          }
        }
        case Reply.Data data -> {
          start("data");
          DataWriter.write(writer, root, data.tree(), data.filter(), data.tagged());
          writer.writeEndElement();
        }
        case Reply.NmdaData data -> {
          writer.writeStartElement("", "data", ProtocolXml.NMDA);
          writer.writeDefaultNamespace(ProtocolXml.NMDA);
          if (!data.marks().origins().isEmpty()) {
            writer.writeNamespace(DataWriter.ORIGIN_PREFIX, Origin.NAMESPACE);
          }
          DataWriter.write(writer, root, data.tree(), data.marks());
          writer.writeEndElement();
        }
        case Reply.Differences differences -> new DifferenceWriter(writer).write(differences);
        case Reply.Schema schema -> {
          writer.writeStartElement("", "data", ProtocolXml.MONITORING);
          writer.writeDefaultNamespace(ProtocolXml.MONITORING);
          writer.writeCharacters(ProtocolXml.clean(schema.text()));
          writer.writeEndElement();
        }
        case Reply.SchemaXml schema -> {
          writer.writeStartElement("", "data", ProtocolXml.MONITORING);
          writer.writeDefaultNamespace(ProtocolXml.MONITORING);
          ProtocolXml.writeElement(writer, schema.element());
          writer.writeEndElement();
        }
        case Reply.Output output -> output(output);
      }
      writer.writeEndElement();
    }

    // RFC 7950 section 7.14.4: without output parameters the answer is ok.
    private void output(Reply.Output output) throws XMLStreamException {
      if (output.output().isEmpty()) {
        start("ok");
        writer.writeEndElement();
        return;
      }
      RpcDefinition rpc =
          root.context().getOperations().stream()
              .filter(r -> r.getQName().equals(output.rpc()))
              .findFirst()
              .orElseThrow();
      DataWriter.write(
          writer, NodeSchema.outputOf(root.context(), rpc), output.output(), Optional.empty());
    }

    private void error(RpcError error) throws XMLStreamException {
      start("rpc-error");
      text("error-type", error.type().wire());
      text("error-tag", error.tag().wire());
      text("error-severity", "error");
      if (error.appTag().isPresent()) {
        text("error-app-tag", error.appTag().get());
      }
      if (error.path().isPresent()) {
        RpcError.ErrorPath path = error.path().get();
        start("error-path");
        for (Map.Entry<String, String> binding : path.namespaces().entrySet()) {
          writer.writeNamespace(binding.getKey(), binding.getValue());
        }
        writer.writeCharacters(ProtocolXml.clean(path.xpath()));
        writer.writeEndElement();
      }
      start("error-message");
      writer.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", "en");
      writer.writeCharacters(shortened(ProtocolXml.clean(error.message())));
      writer.writeEndElement();
      info(error);
      writer.writeEndElement();
    }

    private void info(RpcError error) throws XMLStreamException {
      if (error.info().isEmpty()) {
        return;
      }
      start("error-info");
      for (RpcError.Info info : error.info()) {
        if (info.namespace().equals(ProtocolXml.BASE)) {
          text(info.name(), info.value());
        } else {
          foreign(info);
        }
      }
      writer.writeEndElement();
    }

    private void foreign(RpcError.Info info) throws XMLStreamException {
      writer.writeStartElement("", info.name(), info.namespace());
      writer.writeDefaultNamespace(info.namespace());
      writer.writeCharacters(ProtocolXml.clean(info.value()));
      for (RpcError.Info child : info.children()) {
        foreign(child);
      }
      writer.writeEndElement();
    }

    private void text(String name, String text) throws XMLStreamException {
      start(name);
      writer.writeCharacters(ProtocolXml.clean(text));
      writer.writeEndElement();
    }

    // The request's prefix for the base namespace is bound in the reply too, being echoed.
    private void start(String name) throws XMLStreamException {
      writer.writeStartElement(envelope.prefix(), name, ProtocolXml.BASE);
    }

    private static String shortened(String message) {
      return message.length() <= MAX_MESSAGE_CHARS
          ? message
          : message.substring(0, MAX_MESSAGE_CHARS - 3) + "...";
    }
  }
}
