package io.chronoconf.agent.netconf.session;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/// A reply, and what it says in one line.
///
/// @param text as it came
public record ReplyText(String text) {
  /// The parsed reply: that it parses is the first thing it has to do.
  public Document document() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + text, e);
    }
  }

  /// `ok`, `data`, or for each error `type tag [app-tag] [name=value...] [path]`.
  public String summary() {
    List<String> parts = new ArrayList<>();
    for (Element child : children(document().getDocumentElement())) {
      parts.add(child.getLocalName().equals("rpc-error") ? error(child) : child.getLocalName());
    }
    return String.join("; ", parts);
  }

  /// What stands inside data.
  public String data() {
    int from = text.indexOf("<data>");
    return from < 0
        ? text.contains("<data/>") ? "" : text
        : text.substring(from + 6, text.lastIndexOf("</data>"));
  }

  private static String error(Element error) {
    StringBuilder line = new StringBuilder();
    for (Element child : children(error)) {
      switch (child.getLocalName()) {
        case "error-type" -> line.append(child.getTextContent());
        case "error-tag" -> line.append(' ').append(child.getTextContent());
        case "error-app-tag" -> line.append(" [").append(child.getTextContent()).append(']');
        case "error-path" -> line.append(" at ").append(child.getTextContent());
        case "error-severity" -> require(child.getTextContent().equals("error"), error);
        case "error-message" -> {
          require(child.getAttribute("xml:lang").equals("en"), error);
          require(!child.getTextContent().isBlank(), error);
        }
        case "error-info" ->
            children(child)
                .forEach(
                    info ->
                        line.append(' ')
                            .append(info.getLocalName())
                            .append('=')
                            .append(info.getTextContent()));
        default -> require(false, error);
      }
    }
    return line.toString();
  }

  private static void require(boolean isRight, Element error) {
    if (!isRight) {
      throw new AssertionError("a strange rpc-error: " + error.getTextContent());
    }
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
