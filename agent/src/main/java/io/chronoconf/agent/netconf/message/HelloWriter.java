package io.chronoconf.agent.netconf.message;

import java.io.OutputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes the server's hello (RFC 6241 section 8.1). It carries no message-id, which strict clients
/// refuse.
public final class HelloWriter {
  private HelloWriter() {}

  /// Writes one hello.
  ///
  /// @param sessionId from 1
  public static void write(OutputStream out, List<String> capabilities, long sessionId)
      throws XMLStreamException {
    XMLStreamWriter writer = ProtocolXml.writer(out);
    writer.writeStartElement("", "hello", ProtocolXml.BASE);
    writer.writeDefaultNamespace(ProtocolXml.BASE);
    writer.writeStartElement("", "capabilities", ProtocolXml.BASE);
    for (String capability : capabilities) {
      writer.writeStartElement("", "capability", ProtocolXml.BASE);
      writer.writeCharacters(capability);
      writer.writeEndElement();
    }
    writer.writeEndElement();
    writer.writeStartElement("", "session-id", ProtocolXml.BASE);
    writer.writeCharacters(Long.toString(sessionId));
    writer.writeEndElement();
    writer.writeEndElement();
    writer.close();
  }
}
