package io.chronoconf.agent.netconf.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamReader;

/// The rpc element itself: all that its reply echoes unmodified (RFC 6241 section 4.1).
///
/// @param prefix of the rpc element; empty for the default namespace
/// @param namespaces declared on it
/// @param attributes written on it, message-id among them
public record RpcEnvelope(
    String prefix, List<NamespaceDeclaration> namespaces, List<Attribute> attributes) {
  public RpcEnvelope {
    namespaces = List.copyOf(namespaces);
    attributes = List.copyOf(attributes);
  }

  /// A namespace bound to a prefix, which is empty for the default namespace.
  public record NamespaceDeclaration(String prefix, String namespace) {}

  /// An attribute; prefix and namespace are empty for one in no namespace.
  public record Attribute(String prefix, String namespace, String name, String value) {}

  /// What the element says on which the reader stands.
  static RpcEnvelope at(XMLStreamReader reader) {
    List<NamespaceDeclaration> namespaces = new ArrayList<>();
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      namespaces.add(
          new NamespaceDeclaration(
              orEmpty(reader.getNamespacePrefix(i)), orEmpty(reader.getNamespaceURI(i))));
    }
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.add(
          new Attribute(
              orEmpty(reader.getAttributePrefix(i)),
              orEmpty(reader.getAttributeNamespace(i)),
              reader.getAttributeLocalName(i),
              reader.getAttributeValue(i)));
    }
    return new RpcEnvelope(orEmpty(reader.getPrefix()), namespaces, attributes);
  }

  private static String orEmpty(String text) {
    return Optional.ofNullable(text).orElse("");
  }

  public Optional<String> messageId() {
    return attributes.stream()
        .filter(a -> a.name().equals("message-id") && a.namespace().isEmpty())
        .map(Attribute::value)
        .findFirst();
  }
}
