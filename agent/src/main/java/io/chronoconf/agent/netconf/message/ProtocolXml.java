package io.chronoconf.agent.netconf.message;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLOutputFactory2;
import org.codehaus.stax2.XMLStreamWriter2;

/// Opens readers and writers for messages. The factories are shared by all threads.
final class ProtocolXml {
  static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
  static final String WITH_DEFAULTS = "urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults";
  static final String NOTIFICATION = "urn:ietf:params:xml:ns:netconf:notification:1.0";
  static final String TRANSACTIONS = "urn:chronoconf:yang:transactions";
  static final String COMPARE = "urn:ietf:params:xml:ns:yang:ietf-nmda-compare";
  static final String NMDA = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";
  static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

  private static final WstxInputFactory INPUT = input();
  private static final WstxOutputFactory OUTPUT = output();

  private ProtocolXml() {}

  private static WstxInputFactory input() {
    WstxInputFactory factory = new WstxInputFactory();
    // RFC 6241 section 3: no DTD. Woodstox then still reports one, and LimitedReader refuses it.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, XmlLimits.MAX_ATTRIBUTES);
    factory.setProperty(
        WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, LimitedReader.MAX_ATTRIBUTE_CHARS);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, XmlLimits.MAX_DEPTH);
    return factory;
  }

  private static WstxOutputFactory output() {
    WstxOutputFactory factory = new WstxOutputFactory();
    factory.setProperty(XMLOutputFactory2.P_AUTOMATIC_EMPTY_ELEMENTS, true);
    return factory;
  }

  // XML allows no white space before its declaration, but scripts put a newline behind each
  // end-of-message marker.
  private static int begin(byte[] message) {
    int start = 0;
    while (start < message.length && " \t\r\n".indexOf(message[start]) >= 0) {
      start++;
    }
    return start;
  }

  /// A reader that stands before the first element's start.
  ///
  /// @throws XMLStreamException also if the message is not in UTF-8
  static LimitedReader reader(byte[] message, XmlLimits limits) throws XMLStreamException {
    int start = begin(message);
    XMLStreamReader reader =
        INPUT.createXMLStreamReader(
            new ByteArrayInputStream(message, start, message.length - start));
    String declared = reader.getCharacterEncodingScheme();
    boolean isUtf8 =
        "UTF-8".equalsIgnoreCase(reader.getEncoding())
            && (declared == null || declared.equalsIgnoreCase("UTF-8"));
    if (!isUtf8) {
      throw new XMLStreamException("the encoding is not UTF-8, as RFC 6241 section 3 wants it");
    }
    return new LimitedReader(reader, limits);
  }

  static XMLStreamWriter writer(OutputStream out) throws XMLStreamException {
    return OUTPUT.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
  }

  /// Writes an element that is XML already.
  ///
  /// @param writer one of [#writer]
  static void writeElement(XMLStreamWriter writer, String element) throws XMLStreamException {
    ((XMLStreamWriter2) writer).writeRaw(element);
  }

  /// The text with every character that XML 1.0 cannot carry replaced.
  static String clean(String text) {
    return text.codePoints()
        .map(c -> isXml(c) ? c : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0x10FFFF);
  }
}
