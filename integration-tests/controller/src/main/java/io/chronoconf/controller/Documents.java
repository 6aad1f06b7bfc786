package io.chronoconf.controller;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.netconf.databind.DatabindContext;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.stream.NormalizedNodeWriter;
import org.opendaylight.yangtools.yang.data.codec.xml.XMLStreamNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.impl.schema.NormalizationResultHolder;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// XML files to OpenDaylight's data and its data to one line of XML, with the schemas that the
/// device gave.
record Documents(DatabindContext databind) {
  /// The top-level nodes in a document whose root element only holds them.
  ContainerNode read(Path file) throws IOException, XMLStreamException {
    NormalizationResultHolder holder = new NormalizationResultHolder();
    try (var text = Files.newInputStream(file);
        XmlParserStream parser =
            XmlParserStream.create(
                ImmutableNormalizedNodeStreamWriter.from(holder),
                databind.xmlCodecs(),
                SchemaInferenceStack.of(databind.modelContext()).toInference(),
                true)) {
      parser.parse(XMLInputFactory.newFactory().createXMLStreamReader(text));
    }
    return (ContainerNode) holder.getResult().data();
  }

  /// A top-level data node.
  String write(NormalizedNode node) {
    return write(node, SchemaInferenceStack.of(databind.modelContext()));
  }

  /// The body of a notification.
  String write(NormalizedNode body, SchemaNodeIdentifier.Absolute type) {
    return write(body, SchemaInferenceStack.of(databind.modelContext(), type));
  }

  private static String write(NormalizedNode node, SchemaInferenceStack place) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      try (NormalizedNodeWriter writer =
          NormalizedNodeWriter.forStreamWriter(
              XMLStreamNormalizedNodeStreamWriter.create(xml, place.toInference()))) {
        writer.write(node);
      }
    } catch (XMLStreamException e) {
      throw new IllegalStateException("data of a compiled schema was not written", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().replace('\n', ' ');
  }
}
