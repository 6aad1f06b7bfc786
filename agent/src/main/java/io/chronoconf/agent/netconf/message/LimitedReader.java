package io.chronoconf.agent.netconf.message;

import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/// A reader that refuses what no sane message holds: document types, entities, deep nesting, very
/// long names, crowds of attributes. Every refusal is an [XMLStreamException].
final class LimitedReader extends StreamReaderDelegate {
  static final int MAX_ATTRIBUTE_CHARS = 65_536;
  static final int MAX_NAME_CHARS = 1_024;

  private final XmlLimits limits;
  private int depth;

  LimitedReader(XMLStreamReader reader, XmlLimits limits) {
    super(reader);
    this.limits = limits;
  }

  /// How many characters a configured value may have.
  int maxTextChars() {
    return limits.textChars();
  }

  /// Elements that are open where the reader stands; on a start or end, the element itself counts
  /// at its start only.
  int depth() {
    return depth;
  }

  @Override
  public int next() throws XMLStreamException {
    int event = super.next();
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        depth++;
        checkElement();
      }
      case XMLStreamConstants.END_ELEMENT -> depth--;
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw refused("document types and entities are not allowed");
      default -> {}
    }
    return event;
  }

  private void checkElement() throws XMLStreamException {
    if (depth > limits.depth()) {
      throw refused("elements nest deeper than " + limits.depth());
    }
    if (getLocalName().length() > MAX_NAME_CHARS) {
      throw refused("a name is longer than " + MAX_NAME_CHARS + " characters");
    }
    int attributes = getAttributeCount() + getNamespaceCount();
    if (attributes > limits.attributes()) {
      throw refused("an element has more than " + limits.attributes() + " attributes");
    }
    for (int i = 0; i < getAttributeCount(); i++) {
      if (getAttributeLocalName(i).length() > MAX_NAME_CHARS) {
        throw refused("a name is longer than " + MAX_NAME_CHARS + " characters");
      }
    }
  }

  private XMLStreamException refused(String reason) {
    Location location = getLocation();
    return new XMLStreamException(reason, location);
  }

  @Override
  public int nextTag() throws XMLStreamException {
    while (true) {
      int event = next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT,
            XMLStreamConstants.END_ELEMENT,
            XMLStreamConstants.END_DOCUMENT -> {
          return event;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!isWhiteSpace()) {
            throw refused("text stands where only elements may");
          }
        }
        default -> {}
      }
    }
  }

  @Override
  public String getElementText() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(getText());
        case XMLStreamConstants.START_ELEMENT ->
            throw refused("element " + getLocalName() + " stands where only text may");
        default -> {}
      }
    }
    return text.toString();
  }

  /// Reads on until the element at that depth has ended.
  void skipTo(int outerDepth) throws XMLStreamException {
    while (depth > outerDepth) {
      next();
    }
  }

  /// Reads the rest of the document, which holds no element more.
  void finish() throws XMLStreamException {
    while (hasNext()) {
      next();
    }
  }

  /// Woodstox's messages carry the location on lines of their own: one line is enough.
  static String reason(XMLStreamException e) {
    String message = e.getMessage() == null ? "unreadable" : e.getMessage();
    return message.replace("\n", " ").strip();
  }
}
