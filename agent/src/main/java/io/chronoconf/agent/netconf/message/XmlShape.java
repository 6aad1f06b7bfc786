package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.RpcException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/// Steps through elements, refusing what does not have the expected shape.
final class XmlShape {
  private XmlShape() {}

  static void requireNoAttributes(LimitedReader reader) throws RpcException {
    if (reader.getAttributeCount() > 0) {
      throw Refusals.unknownAttribute(reader.getAttributeLocalName(0), reader.getLocalName());
    }
  }

  /// Goes to the next child element of the element at the depth, or to that element's end.
  static boolean nextChild(LimitedReader reader, int depth, String parent)
      throws XMLStreamException, RpcException {
    while (true) {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (reader.depth() < depth) {
            return false;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!reader.isWhiteSpace()) {
            throw Refusals.badElement(
                parent, "There is text between the elements of " + parent + ": take it out.");
          }
        }
        default -> {}
      }
    }
  }

  /// The trimmed text of an element without children; afterwards the reader stands on its end.
  static String text(LimitedReader reader) throws XMLStreamException, RpcException {
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    int depth = reader.depth();
    while (true) {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.START_ELEMENT ->
            throw Refusals.unknownElement(
                reader.getLocalName(), name + " holds a value, not elements.");
        case XMLStreamConstants.END_ELEMENT -> {
          if (reader.depth() < depth) {
            return text.toString().strip();
          }
        }
        default -> {}
      }
    }
  }
}
