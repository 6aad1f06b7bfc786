package io.chronoconf.datastore.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;

/// Reads instance-identifier values (RFC 7950 section 9.13) and key predicates out of text.
public final class InstancePathReader {
  private final String text;
  private final NodeSchema root;
  private final PrefixResolver scope;
  private int at;

  /// @param text the path or the predicates
  /// @param root where the path starts; for predicates, the list or leaf-list
  /// @param scope the prefixes in scope
  public InstancePathReader(String text, NodeSchema root, PrefixResolver scope) {
    this.text = text;
    this.root = root;
    this.scope = scope;
  }

  YangInstanceIdentifier read() throws InvalidValueException {
    DataPath path = DataPath.root(root);
    if (text.isEmpty()) {
      throw refused("a path starts with /");
    }
    while (at < text.length()) {
      expect('/');
      NodeSchema node = step(path.schema());
      path =
          switch (node.kind()) {
            case LIST -> peek('[') ? path.entry(node, keys(node)) : path.child(node);
            case LEAF_LIST -> peek('[') ? path.item(node, item(node)) : path.child(node);
            case ROOT, CONTAINER, LEAF, OPAQUE -> path.child(node);
          };
    }
    return path.identifier();
  }

  /// Reads the whole text as the key predicates of one entry of the list.
  public NodeIdentifierWithPredicates readKeys() throws InvalidValueException {
    NodeIdentifierWithPredicates keys = keys(root);
    if (at < text.length()) {
      throw refused("nothing may follow the keys");
    }
    return keys;
  }

  private NodeSchema step(NodeSchema parent) throws InvalidValueException {
    return name(parent, parent);
  }

  private NodeSchema name(NodeSchema parent, NodeSchema owner) throws InvalidValueException {
    int start = at;
    while (at < text.length() && "/[]='\" \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(start, at);
    int colon = name.indexOf(':');
    String namespace =
        colon < 0
            ? owner.name().getNamespace().toString()
            : scope.namespace(name.substring(0, colon));
    if (namespace == null || namespace.isEmpty()) {
      throw refused("the prefix of " + name + " is not bound to a namespace");
    }
    return parent
        .child(namespace, name.substring(colon + 1))
        .orElseThrow(() -> refused("there is no node " + name + " here"));
  }

  private NodeIdentifierWithPredicates keys(NodeSchema list) throws InvalidValueException {
    Map<QName, Object> given = new LinkedHashMap<>();
    while (peek('[')) {
      expect('[');
      skipSpace();
      NodeSchema key = name(list, list);
      if (!list.keys().contains(key.name())) {
        throw refused(key + " is not a key of " + list);
      }
      if (given.put(key.name(), key.codec().parse(literal(), scope)) != null) {
        throw refused("key " + key + " is given twice");
      }
    }
    Map<QName, Object> ordered = new LinkedHashMap<>();
    for (QName key : list.keys()) {
      Object value = given.get(key);
      if (value == null) {
        throw refused("key " + key.getLocalName() + " is missing");
      }
      ordered.put(key, value);
    }
    return NodeIdentifierWithPredicates.of(list.name(), ordered);
  }

  private NodeWithValue<?> item(NodeSchema leafList) throws InvalidValueException {
    expect('[');
    skipSpace();
    expect('.');
    return new NodeWithValue<>(leafList.name(), leafList.codec().parse(literal(), scope));
  }

  // From behind the name to behind the closing bracket.
  private String literal() throws InvalidValueException {
    skipSpace();
    expect('=');
    skipSpace();
    if (at >= text.length() || (text.charAt(at) != '\'' && text.charAt(at) != '"')) {
      throw refused("a value stands in quotes");
    }
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (true) {
      int end = text.indexOf(quote, at);
      if (end < 0) {
        throw refused("a quote is not closed");
      }
      value.append(text, at, end);
      at = end + 1;
      if (!peek(quote)) {
        break;
      }
      value.append(quote);
      at++;
    }
    skipSpace();
    expect(']');
    return value.toString();
  }

  private boolean peek(char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }

  private void expect(char wanted) throws InvalidValueException {
    if (!peek(wanted)) {
      throw refused("expected " + wanted);
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private InvalidValueException refused(String why) {
    return new InvalidValueException(why + ", at character " + (at + 1) + " of " + text);
  }
}
