package io.chronoconf.agent.netconf.message;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/// Reads a client's hello. Foreign elements, attributes such as a stray message-id, and unknown
/// capabilities are tolerated; a wrong namespace and a session-id are not.
public final class HelloReader {
  /// How many capabilities one client may announce.
  public static final int MAX_CAPABILITIES = 1_000;

  private HelloReader() {}

  public static ClientHello read(byte[] message) throws BadHelloException {
    try {
      LimitedReader reader = ProtocolXml.reader(message, XmlLimits.DEFAULT);
      reader.nextTag();
      if (!is(reader, "hello")) {
        throw new BadHelloException(
            "expected hello of " + ProtocolXml.BASE + ", found " + reader.getName());
      }
      ClientHello hello = new ClientHello(capabilities(reader));
      reader.finish();
      return hello;
    } catch (XMLStreamException e) {
      throw new BadHelloException("not well-formed: " + LimitedReader.reason(e));
    }
  }

  private static Set<String> capabilities(LimitedReader reader)
      throws XMLStreamException, BadHelloException {
    Set<String> capabilities = new HashSet<>();
    int hello = reader.depth();
    while (reader.next() != XMLStreamConstants.END_ELEMENT || reader.depth() >= hello) {
      if (!reader.isStartElement()) {
        continue;
      }
      if (is(reader, "session-id")) {
        throw new BadHelloException("a client does not send a session-id");
      }
      if (is(reader, "capability")) {
        if (capabilities.size() == MAX_CAPABILITIES) {
          throw new BadHelloException("more than " + MAX_CAPABILITIES + " capabilities");
        }
        capabilities.add(reader.getElementText().strip());
      }
    }
    return capabilities;
  }

  private static boolean is(LimitedReader reader, String name) {
    return reader.getLocalName().equals(name) && ProtocolXml.BASE.equals(reader.getNamespaceURI());
  }
}
