package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathExpressions;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Reads the parameter `filter`, whose attributes say of which kind it is (RFC 6241 sections 6 and
/// 8.9.5.1).
final class FilterReader {
  private static final String FILTER = "filter";
  private static final String SELECT = "select";

  private final NodeSchema root;
  private final LimitedReader reader;
  private boolean isXPath;
  private @Nullable String select;

  /// @param root above what is filtered
  /// @param reader stands on the filter's start
  FilterReader(NodeSchema root, LimitedReader reader) {
    this.root = root;
    this.reader = reader;
  }

  /// Reads up to the filter's end.
  DataFilter read() throws XMLStreamException, RpcException {
    readAttributes();
    if (!isXPath) {
      if (select != null) {
        throw Refusals.badAttribute(
            SELECT, FILTER, "Only filters of type xpath have a select: add type=\"xpath\".");
      }
      return SubtreeFilter.read(root, reader);
    }
    String expression = select;
    if (expression == null) {
      throw Refusals.missingAttribute(
          SELECT, FILTER, "A filter of type xpath needs its expression in select: add it.");
    }
    XPathFilter filter = xpath(expression);
    if (!XmlShape.text(reader).isEmpty()) {
      throw Refusals.badElement(FILTER, "A filter of type xpath is empty: take out its content.");
    }
    return filter;
  }

  private void readAttributes() throws RpcException {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String uri = reader.getAttributeNamespace(i);
      String name = reader.getAttributeLocalName(i);
      boolean isOwn = uri == null || uri.isEmpty() || uri.equals(ProtocolXml.BASE);
      if (isOwn && name.equals(SELECT)) {
        select = reader.getAttributeValue(i);
      } else if (isOwn && name.equals("type")) {
        isXPath =
            switch (reader.getAttributeValue(i).strip()) {
              case "subtree" -> false;
              case "xpath" -> true;
              default ->
                  throw Refusals.badAttribute(
                      "type", FILTER, "A filter is of type subtree or xpath, no other.");
            };
      } else {
        throw Refusals.unknownAttribute(name, FILTER);
      }
    }
  }

  private XPathFilter xpath(String expression) throws RpcException {
    return parsed(root, reader, expression, new AttributeRefusals());
  }

  /// Reads an element that holds an expression (RFC 8526 section 3.1.1), up to its end.
  static XPathFilter xpathElement(NodeSchema root, LimitedReader reader)
      throws XMLStreamException, RpcException {
    String name = reader.getLocalName();
    // At the element's end its prefixes are still in scope.
    return parsed(root, reader, XmlShape.text(reader), why -> Refusals.invalidElement(name, why));
  }

  // The element's own namespaces count; the default one does not (XPath 1.0 section 2.3).
  private static XPathFilter parsed(
      NodeSchema root, LimitedReader reader, String expression, ExpressionRefusals refusals)
      throws RpcException {
    Map<String, String> prefixes = XPathExpressions.prefixes(expression, reader::getNamespaceURI);
    XPathFilter filter;
    boolean givesNodes;
    try {
      filter = XPathFilter.parse(root, expression, prefixes);
      givesNodes = filter.givesNodes();
    } catch (XPathException e) {
      throw refusals.unreadable("The filter's expression: " + e.getMessage() + ".");
    }
    if (!givesNodes) {
      throw refusals.invalid(
          "The filter's expression gives no nodes but a value: write one that selects nodes.");
    }
    return filter;
  }

  /// How an expression is refused.
  @FunctionalInterface
  private interface ExpressionRefusals {
    RpcException invalid(String why);

    default RpcException unreadable(String why) {
      return invalid(why);
    }
  }

  private static final class AttributeRefusals implements ExpressionRefusals {
    @Override
    public RpcException invalid(String why) {
      return Refusals.invalidAttribute(SELECT, FILTER, why);
    }

    @Override
    public RpcException unreadable(String why) {
      return Refusals.badAttribute(SELECT, FILTER, why);
    }
  }
}
