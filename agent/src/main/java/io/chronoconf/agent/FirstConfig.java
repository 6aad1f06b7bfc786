package io.chronoconf.agent;

import com.ctc.wstx.stax.WstxInputFactory;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.StringReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Configuration that the agent writes itself.
final class FirstConfig {
  private FirstConfig() {}

  /// What a fresh agent starts with: its administrator, and the service on a port that needs no
  /// privilege.
  static EditTree of(NodeSchema root, Administrator administrator, int ntpPort)
      throws RpcException {
    return read(
        root,
        user(administrator)
            + "<ntp xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\"><port>%d</port></ntp>"
                .formatted(ntpPort));
  }

  /// The administrator alone, in place of whatever he was.
  static EditTree ofAdministrator(NodeSchema root, Administrator administrator)
      throws RpcException {
    return read(root, user(administrator));
  }

  private static String user(Administrator administrator) {
    return ("<system xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><authentication>"
            + "<user>%s</user></authentication></system>")
        .formatted(administrator.entry());
  }

  private static EditTree read(NodeSchema root, String content) throws RpcException {
    try {
      XMLStreamReader reader =
          new WstxInputFactory()
              .createXMLStreamReader(new StringReader("<config>" + content + "</config>"));
      reader.nextTag();
      return EditReader.read(root, reader);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the agent's own XML is well-formed", e);
    }
  }
}
