package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.DataWriter;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Writes notification messages (RFC 5277 section 4). Any thread.
public final class NotificationWriter {
  private static final long MAX_XPATH_STEPS = 1_000_000;

  private NotificationWriter() {}

  /// The tree that holds one notification.
  ///
  /// @param root the node above all notifications
  public static ContainerNode tree(NodeSchema root, ContainerNode notification) {
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(root.id())
        .withChild(notification)
        .build();
  }

  /// The whole message in UTF-8, without framing.
  ///
  /// @param root the node above all notifications
  /// @param tree under that node
  public static byte[] write(NodeSchema root, Instant eventTime, ContainerNode tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer = ProtocolXml.writer(out);
      writer.writeStartElement("", "notification", ProtocolXml.NOTIFICATION);
      writer.writeDefaultNamespace(ProtocolXml.NOTIFICATION);
      writer.writeStartElement("", "eventTime", ProtocolXml.NOTIFICATION);
      writer.writeCharacters(eventTime.toString());
      writer.writeEndElement();
      DataWriter.write(writer, root, tree, Optional.empty());
      writer.writeEndElement();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return out.toByteArray();
  }

  /// Whether a filter leaves anything of the tree. What it selects of it does not matter: events
  /// are sent whole or not at all.
  public static boolean selects(DataFilter filter, NodeSchema root, ContainerNode tree) {
    return switch (filter) {
      case SubtreeFilter subtree -> selects(subtree, root, tree);
      case XPathFilter xpath -> selects(xpath, tree);
    };
  }

  // An event too many is better than one lost because it is too large to be looked at.
  private static boolean selects(XPathFilter filter, ContainerNode tree) {
    try {
      return !filter.select(tree, MAX_XPATH_STEPS).isEmpty();
    } catch (XPathException e) {
      return true;
    }
  }

  private static boolean selects(SubtreeFilter filter, NodeSchema root, ContainerNode tree) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer = ProtocolXml.writer(out);
      DataWriter.write(writer, root, tree, Optional.of(filter));
      writer.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return out.size() > 0;
  }
}
