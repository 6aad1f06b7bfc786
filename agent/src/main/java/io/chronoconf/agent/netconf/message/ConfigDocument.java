package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.edit.EditDiff;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A configuration as a document of its own, whose root is the element `config` of NETCONF (RFC
/// 6241 section 8.8). What comes from outside has the limits of a message. Any thread.
public final class ConfigDocument {
  private ConfigDocument() {}

  /// Reads a document.
  ///
  /// @param root the schema's root
  /// @throws RpcException operation-failed if it is not a configuration, else as edit-config would
  ///   refuse it
  public static EditTree read(NodeSchema root, byte[] document) throws RpcException {
    try {
      LimitedReader reader = ProtocolXml.reader(document, XmlLimits.DEFAULT);
      reader.nextTag();
      if (!reader.getLocalName().equals("config")
          || !ProtocolXml.BASE.equals(reader.getNamespaceURI())) {
        throw unreadable(
            "its root is " + reader.getName() + " and not config of " + ProtocolXml.BASE);
      }
      EditTree edit = EditReader.read(root, reader);
      reader.finish();
      return edit;
    } catch (XMLStreamException e) {
      throw unreadable(LimitedReader.reason(e));
    } catch (RpcException e) {
      RpcError first = e.errors().getFirst();
      throw first.tag() == ErrorTag.MALFORMED_MESSAGE ? unreadable(first.message()) : e;
    }
  }

  private static RpcException unreadable(String why) {
    return RpcError.of(
            ErrorType.APPLICATION,
            ErrorTag.OPERATION_FAILED,
            "What lies at the URL is no configuration: " + why + ".")
        .asException();
  }

  /// Writes a document.
  ///
  /// @param root the schema's root
  public static byte[] write(NodeSchema root, ContainerNode config) {
    return EditXml.write(EditDiff.of(root, config)).getBytes(StandardCharsets.UTF_8);
  }
}
