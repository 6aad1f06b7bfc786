package io.chronoconf.agent.netconf.session;

import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// A notification as it came, held against its schema node: every element must be in the schema,
/// every value of its type, every mandatory leaf there.
public final class NotificationText {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:netconf:notification:1.0";
  private static final NodeSchema ROOT = NodeSchema.notificationsOf(TestServer.YANG.context());

  private final Instant eventTime;
  private final String summary;

  /// @throws AssertionError if it is no valid notification
  public NotificationText(String text) {
    Element notification = new ReplyText(text).document().getDocumentElement();
    require(notification.getLocalName().equals("notification"), text);
    require(NAMESPACE.equals(notification.getNamespaceURI()), text);
    List<Element> parts = children(notification);
    require(parts.size() == 2, text);
    Element time = parts.getFirst();
    require(time.getLocalName().equals("eventTime"), text);
    require(NAMESPACE.equals(time.getNamespaceURI()), text);
    eventTime = Instant.parse(time.getTextContent());
    StringBuilder line = new StringBuilder();
    check(ROOT, parts.get(1), line);
    summary = line.toString();
  }

  public Instant eventTime() {
    return eventTime;
  }

  /// Such as `name{leaf=value list{leaf=value}}`.
  @Override
  public String toString() {
    return summary;
  }

  private static void check(NodeSchema parent, Element element, StringBuilder line) {
    String uri = String.valueOf(element.getNamespaceURI());
    NodeSchema schema =
        parent
            .child(uri, element.getLocalName())
            .orElseThrow(() -> new AssertionError(parent + " has no " + element));
    line.append(line.isEmpty() || line.charAt(line.length() - 1) == '{' ? "" : " ");
    line.append(schema.name().getLocalName());
    switch (schema.kind()) {
      case LEAF, LEAF_LIST -> line.append('=').append(value(schema, element));
      case CONTAINER, LIST -> {
        line.append('{');
        Set<QName> seen = new HashSet<>();
        for (Element child : children(element)) {
          check(schema, child, line);
          schema
              .child(String.valueOf(child.getNamespaceURI()), child.getLocalName())
              .ifPresent(found -> seen.add(found.name()));
        }
        line.append('}');
        for (NodeSchema child : schema.children()) {
          boolean isMandatory =
              child.choices().isEmpty()
                  // Of the conditions on a uses statement the schema tells nothing.
                  && !line.toString().contains("confirm-event=timeout")
                  && child.yang() instanceof MandatoryAware aware
                  && aware.isMandatory();
          require(!isMandatory || seen.contains(child.name()), child + " is missing in " + line);
        }
      }
      case ROOT, OPAQUE -> throw new AssertionError(schema + " in a notification");
    }
  }

  private static String value(NodeSchema leaf, Element element) {
    try {
      String text = element.getTextContent();
      Object value = leaf.codec().parse(text, prefix -> element.lookupNamespaceURI(prefix));
      require(leaf.codec().text(value).text().equals(text), leaf + " is not canonical: " + text);
      return text;
    } catch (InvalidValueException e) {
      throw new AssertionError(leaf + " is not of its type: " + element.getTextContent(), e);
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

  private static void require(boolean isRight, String what) {
    if (!isRight) {
      throw new AssertionError("a strange notification: " + what);
    }
  }
}
