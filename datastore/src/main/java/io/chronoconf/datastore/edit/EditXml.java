package io.chronoconf.datastore.edit;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import io.chronoconf.datastore.edit.EditNode.Insert;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.OpaqueContent;
import io.chronoconf.datastore.tree.Prefixes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Edits as XML documents: a `config` element, as edit-config has it. Any thread.
public final class EditXml {
  private static final XMLInputFactory INPUT = input();
  private static final WstxOutputFactory OUTPUT = new WstxOutputFactory();

  // No module calls its prefix so: these never hide one that a value needs.
  private static final String BASE_PREFIX = "edit-config";
  private static final String YANG_PREFIX = "edit-yang";

  private EditXml() {}

  private static XMLInputFactory input() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// Reads a document as a client would send it.
  public static EditTree read(NodeSchema root, InputStream document) throws RpcException {
    return read(document, reader -> EditReader.read(root, reader));
  }

  /// Reads a document that was accepted once, leaving out what the schema no longer accepts.
  ///
  /// @param refusals is told of everything left out
  public static EditTree readLeniently(
      NodeSchema root, String document, Consumer<RpcError> refusals) throws RpcException {
    return read(
        new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
        reader -> EditReader.readLeniently(root, reader, refusals));
  }

  private interface Body {
    EditTree read(XMLStreamReader reader) throws RpcException;
  }

  private static EditTree read(InputStream document, Body body) throws RpcException {
    try {
      XMLStreamReader reader = INPUT.createXMLStreamReader(document);
      try {
        reader.nextTag();
        return body.read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw EditErrors.malformed("The XML is not well-formed: " + e.getMessage()).asException();
    }
  }

  /// Writes a document that reads back as the same edit.
  public static String write(EditTree edit) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter writer = OUTPUT.createXMLStreamWriter(text);
      writer.writeStartElement("", "config", EditAttributes.BASE);
      writer.writeDefaultNamespace(EditAttributes.BASE);
      writer.writeNamespace(BASE_PREFIX, EditAttributes.BASE);
      writer.writeNamespace(YANG_PREFIX, EditAttributes.YANG);
      new Writing(writer).nodes(edit.roots(), EditAttributes.BASE);
      writer.writeEndElement();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing into memory cannot fail", e);
    }
    return text.toString();
  }

  /// One document being written.
  private record Writing(XMLStreamWriter writer) {
    void nodes(List<EditNode> nodes, String around) throws XMLStreamException {
      for (EditNode node : nodes) {
        String own = node.schema().name().getNamespace().toString();
        start(node.schema().name(), around);
        if (node.operation().isPresent()) {
          String operation = node.operation().get().wire();
          writer.writeAttribute(BASE_PREFIX, EditAttributes.BASE, "operation", operation);
        }
        switch (node) {
          case EditNode.Container container -> nodes(container.children(), own);
          case EditNode.Entry entry -> {
            insert(entry.schema(), entry.insert(), new Prefixes(entry.schema().context()), "");
            for (Map.Entry<QName, Object> key : entry.id().entrySet()) {
              start(key.getKey(), own);
              value(entry.schema().child(key.getKey()).orElseThrow(), key.getValue());
              writer.writeEndElement();
            }
            nodes(entry.children(), own);
          }
          case EditNode.Leaf leaf -> {
            if (leaf.value().isPresent()) {
              value(leaf.schema(), leaf.value().get());
            }
          }
          case EditNode.Item item -> {
            Prefixes prefixes = new Prefixes(item.schema().context());
            String text = item.schema().codec().text(item.id().getValue(), prefixes);
            insert(item.schema(), item.insert(), prefixes, text);
          }
        }
        writer.writeEndElement();
      }
    }

    private void start(QName name, String around) throws XMLStreamException {
      String namespace = name.getNamespace().toString();
      writer.writeStartElement("", name.getLocalName(), namespace);
      if (!namespace.equals(around)) {
        writer.writeDefaultNamespace(namespace);
      }
    }

    private void value(NodeSchema leaf, Object value) throws XMLStreamException {
      if (value instanceof OpaqueContent opaque) {
        opaque.writeTo(writer);
        return;
      }
      Prefixes prefixes = new Prefixes(leaf.context());
      String text = leaf.codec().text(value, prefixes);
      declare(prefixes);
      writer.writeCharacters(text);
    }

    // The attributes of an insertion, then the element's own text: both share its prefixes.
    private void insert(NodeSchema schema, Optional<Insert> insert, Prefixes prefixes, String text)
        throws XMLStreamException {
      if (insert.isPresent()) {
        switch (insert.get()) {
          case Insert.First _ -> insert(schema, "first", null, prefixes);
          case Insert.Last _ -> insert(schema, "last", null, prefixes);
          case Insert.Before before -> insert(schema, "before", before.target(), prefixes);
          case Insert.After after -> insert(schema, "after", after.target(), prefixes);
        }
      }
      declare(prefixes);
      writer.writeCharacters(text);
    }

    private void insert(
        NodeSchema schema, String where, @Nullable PathArgument target, Prefixes prefixes)
        throws XMLStreamException {
      writer.writeAttribute(YANG_PREFIX, EditAttributes.YANG, "insert", where);
      if (target instanceof NodeIdentifierWithPredicates keys) {
        String text = DataPath.keys(schema, keys, prefixes);
        writer.writeAttribute(YANG_PREFIX, EditAttributes.YANG, "key", text);
      } else if (target instanceof NodeWithValue<?> value) {
        String text = schema.codec().text(value.getValue(), prefixes);
        writer.writeAttribute(YANG_PREFIX, EditAttributes.YANG, "value", text);
      }
    }

    private void declare(Prefixes prefixes) throws XMLStreamException {
      for (Map.Entry<String, String> binding : prefixes.used().entrySet()) {
        writer.writeNamespace(binding.getKey(), binding.getValue());
      }
    }
  }
}
