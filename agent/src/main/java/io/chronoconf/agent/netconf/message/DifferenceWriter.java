package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.change.ResourcePath;
import io.chronoconf.datastore.change.TreeChange;
import io.chronoconf.datastore.change.TreeChange.Operation;
import io.chronoconf.datastore.filter.DataWriter;
import io.chronoconf.datastore.filter.Marks;
import io.chronoconf.datastore.operational.Origin;
import io.chronoconf.datastore.operational.Origins;
import io.chronoconf.datastore.tree.DataPath;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Writes what distinguishes two datastores as a YANG patch (RFC 9144 section 4).
final class DifferenceWriter {
  private final XMLStreamWriter writer;

  DifferenceWriter(XMLStreamWriter writer) {
    this.writer = writer;
  }

  void write(Reply.Differences differences) throws XMLStreamException {
    if (differences.edits().isEmpty()) {
      writer.writeStartElement("", "no-matches", ProtocolXml.COMPARE);
      writer.writeDefaultNamespace(ProtocolXml.COMPARE);
      writer.writeEndElement();
      return;
    }
    writer.writeStartElement("", "differences", ProtocolXml.COMPARE);
    writer.writeDefaultNamespace(ProtocolXml.COMPARE);
    if (!differences.sourceOrigins().isEmpty() || !differences.targetOrigins().isEmpty()) {
      writer.writeNamespace(DataWriter.ORIGIN_PREFIX, Origin.NAMESPACE);
    }
    start("yang-patch");
    text("patch-id", "differences");
    text("comment", differences.comment());
    int number = 0;
    for (Difference difference : differences.edits()) {
      number++;
      start("edit");
      text("edit-id", Integer.toString(number));
      edit(difference, differences);
      writer.writeEndElement();
    }
    writer.writeEndElement();
    writer.writeEndElement();
  }

  private void edit(Difference difference, Reply.Differences all) throws XMLStreamException {
    TreeChange change = difference.change();
    text("operation", change.operation().wire());
    text("target", ResourcePath.of(change.target()));
    if (change.operation() == Operation.INSERT || change.operation() == Operation.MOVE) {
      if (change.after().isPresent()) {
        text("point", ResourcePath.of(change.after().get()));
        text("where", "after");
      } else {
        text("where", "first");
      }
    }
    value("value", change.value(), change.target(), all.targetOrigins());
    value("source-value", difference.before(), change.target(), all.sourceOrigins());
  }

  private void value(String name, Optional<NormalizedNode> node, DataPath path, Origins origins)
      throws XMLStreamException {
    if (node.isPresent()) {
      start(name);
      DataWriter.writeNode(writer, path, node.get(), new Marks(Set.of(), origins, true));
      writer.writeEndElement();
    }
  }

  private void start(String name) throws XMLStreamException {
    writer.writeStartElement("", name, ProtocolXml.COMPARE);
  }

  private void text(String name, String text) throws XMLStreamException {
    start(name);
    writer.writeCharacters(ProtocolXml.clean(text));
    writer.writeEndElement();
  }
}
