package io.chronoconf.datastore.tree;

import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.codehaus.stax2.XMLStreamWriter2;
import org.jspecify.annotations.Nullable;

/// What an anydata or anyxml node holds (RFC 7950 sections 7.10 and 7.11): nobody here knows what
/// it means. In trees it is the value of a leaf.
///
/// @param xml the elements, each with all the namespaces that it needs declared on it
public record OpaqueContent(String xml) {
  private static final XMLOutputFactory OUTPUT = output();
  private static final String WRAPPER = "x";
  private static final String NOBODYS = "urn:chronoconf:nobody";

  private static XMLOutputFactory output() {
    WstxOutputFactory factory = new WstxOutputFactory();
    factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
    return factory;
  }

  /// Writes it into the element that is open.
  public void writeTo(XMLStreamWriter writer) throws XMLStreamException {
    if (!xml.isEmpty()) {
      ((XMLStreamWriter2) writer).writeRaw(xml);
    }
  }

  /// Copies what a reader passes over. Used by one thread.
  public static final class Copy {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;
    private int length;

    public Copy() throws XMLStreamException {
      this.writer = OUTPUT.createXMLStreamWriter(text);
      // Its namespace is nobody's, so that what is in none has to say so.
      writer.writeStartElement("", WRAPPER, NOBODYS);
    }

    /// Takes the event at which the reader stands; comments and instructions are left out.
    public void take(XMLStreamReader reader) throws XMLStreamException {
      switch (reader.getEventType()) {
        case XMLStreamConstants.START_ELEMENT -> start(reader);
        case XMLStreamConstants.END_ELEMENT -> writer.writeEndElement();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          length += reader.getTextLength();
          writer.writeCharacters(reader.getText());
        }
        default -> {}
      }
    }

    private void start(XMLStreamReader reader) throws XMLStreamException {
      String namespace = text(reader.getNamespaceURI());
      length += reader.getLocalName().length();
      writer.writeStartElement(text(reader.getPrefix()), reader.getLocalName(), namespace);
      for (int i = 0; i < reader.getNamespaceCount(); i++) {
        String prefix = text(reader.getNamespacePrefix(i));
        if (!prefix.isEmpty()) {
          writer.writeNamespace(prefix, reader.getNamespaceURI(i));
        }
      }
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        writer.writeAttribute(
            text(reader.getAttributePrefix(i)),
            text(reader.getAttributeNamespace(i)),
            reader.getAttributeLocalName(i),
            reader.getAttributeValue(i));
      }
    }

    private static String text(@Nullable String name) {
      return name == null ? "" : name;
    }

    /// How many characters of text and names were taken so far.
    public int length() {
      return length;
    }

    /// What was copied.
    public OpaqueContent content() throws XMLStreamException {
      writer.writeEndElement();
      writer.close();
      String whole = text.toString();
      int from = whole.indexOf('>') + 1;
      int to = whole.lastIndexOf("</" + WRAPPER + ">");
      return new OpaqueContent(to < from ? "" : whole.substring(from, to).strip());
    }
  }
}
