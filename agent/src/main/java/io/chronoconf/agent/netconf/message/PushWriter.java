package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.change.ResourcePath;
import io.chronoconf.datastore.change.TreeChange;
import io.chronoconf.datastore.filter.DataWriter;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Writes the notifications that carry the content of datastores (RFC 8641 section 3.7). Any
/// thread.
public final class PushWriter {
  private PushWriter() {}

  private interface Body {
    void write(XMLStreamWriter writer) throws XMLStreamException;
  }

  /// A push-update: everything that is selected.
  ///
  /// @param root the schema's root
  /// @return the message in UTF-8, without framing
  public static byte[] update(NodeSchema root, Instant eventTime, long id, ContainerNode content) {
    return message(
        eventTime,
        writer -> {
          start(writer, "push-update");
          text(writer, "id", Long.toString(id));
          writer.writeStartElement("", "datastore-contents", SubscriptionReader.PUSH);
          DataWriter.write(writer, root, content, Optional.empty());
          writer.writeEndElement();
          writer.writeEndElement();
        });
  }

  /// A push-change-update.
  ///
  /// @param patchId counts the updates of the subscription
  /// @return the message in UTF-8, without framing
  public static byte[] changes(Instant eventTime, long id, long patchId, List<TreeChange> changes) {
    return message(
        eventTime,
        writer -> {
          start(writer, "push-change-update");
          text(writer, "id", Long.toString(id));
          writer.writeStartElement("", "datastore-changes", SubscriptionReader.PUSH);
          writer.writeStartElement("", "yang-patch", SubscriptionReader.PUSH);
          text(writer, "patch-id", Long.toString(patchId));
          int number = 1;
          for (TreeChange change : changes) {
            edit(writer, "edit" + number, change);
            number++;
          }
          writer.writeEndElement();
          writer.writeEndElement();
          writer.writeEndElement();
        });
  }

  private static void edit(XMLStreamWriter writer, String id, TreeChange change)
      throws XMLStreamException {
    writer.writeStartElement("", "edit", SubscriptionReader.PUSH);
    text(writer, "edit-id", id);
    text(writer, "operation", change.operation().wire());
    text(writer, "target", ResourcePath.of(change.target()));
    boolean isOrdered =
        change.operation() == TreeChange.Operation.INSERT
            || change.operation() == TreeChange.Operation.MOVE;
    if (isOrdered) {
      Optional<DataPath> after = change.after();
      if (after.isPresent()) {
        text(writer, "point", ResourcePath.of(after.get()));
      }
      text(writer, "where", after.isPresent() ? "after" : "first");
    }
    if (change.value().isPresent()) {
      writer.writeStartElement("", "value", SubscriptionReader.PUSH);
      DataWriter.writeNode(writer, change.target().schema(), change.value().get());
      writer.writeEndElement();
    }
    writer.writeEndElement();
  }

  private static byte[] message(Instant eventTime, Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer = ProtocolXml.writer(out);
      writer.writeStartElement("", "notification", ProtocolXml.NOTIFICATION);
      writer.writeDefaultNamespace(ProtocolXml.NOTIFICATION);
      writer.writeStartElement("", "eventTime", ProtocolXml.NOTIFICATION);
      writer.writeCharacters(eventTime.toString());
      writer.writeEndElement();
      body.write(writer);
      writer.writeEndElement();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return out.toByteArray();
  }

  private static void start(XMLStreamWriter writer, String name) throws XMLStreamException {
    writer.writeStartElement("", name, SubscriptionReader.PUSH);
    writer.writeDefaultNamespace(SubscriptionReader.PUSH);
  }

  private static void text(XMLStreamWriter writer, String name, String text)
      throws XMLStreamException {
    writer.writeStartElement("", name, SubscriptionReader.PUSH);
    writer.writeCharacters(ProtocolXml.clean(text));
    writer.writeEndElement();
  }
}
