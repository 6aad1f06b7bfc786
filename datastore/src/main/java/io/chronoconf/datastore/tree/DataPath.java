package io.chronoconf.datastore.tree;

import io.chronoconf.datastore.error.RpcError.ErrorPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Where a data node is: the nodes from the root to it, with the keys of list entries. Choices do
/// not show.
public final class DataPath {
  private final @Nullable DataPath parent;
  private final NodeSchema schema;
  private final PathArgument step;

  private DataPath(@Nullable DataPath parent, NodeSchema schema, PathArgument step) {
    this.parent = parent;
    this.schema = schema;
    this.step = step;
  }

  /// The path of the root itself.
  public static DataPath root(NodeSchema root) {
    return new DataPath(null, root, root.id());
  }

  /// The path that a yangtools identifier describes, choices left out.
  ///
  /// @throws IllegalArgumentException if the schema has no such node
  public static DataPath of(NodeSchema root, YangInstanceIdentifier identifier) {
    DataPath path = root(root);
    for (PathArgument step : identifier.getPathArguments()) {
      QName name = step.getNodeType();
      if (!(step instanceof NodeIdentifier) && path.schema.name().equals(name)) {
        path = new DataPath(path.parent, path.schema, step);
      } else {
        Optional<NodeSchema> child = path.schema.child(name);
        if (child.isPresent()) {
          path = path.child(child.get());
        } else if (path.schema.children().stream().noneMatch(c -> passes(c, name))) {
          throw new IllegalArgumentException("no node " + name + " in " + path);
        }
      }
    }
    return path;
  }

  private static boolean passes(NodeSchema node, QName choice) {
    return node.choices().stream().anyMatch(s -> s.choice().getQName().equals(choice));
  }

  /// The path of a child that needs no key, or of a list or leaf-list as a whole.
  public DataPath child(NodeSchema child) {
    return new DataPath(this, child, child.id());
  }

  /// The same, by its name.
  ///
  /// @throws IllegalArgumentException if there is no such child
  public DataPath child(QName name) {
    return child(named(name));
  }

  /// The path of the entry of a child list whose only key has this value.
  ///
  /// @throws IllegalArgumentException if there is no such list, or it has not one key
  public DataPath entry(QName name, Object key) {
    NodeSchema list = named(name);
    if (list.keys().size() != 1) {
      throw new IllegalArgumentException(list + " does not have one key");
    }
    return entry(list, NodeIdentifierWithPredicates.of(name, list.keys().getFirst(), key));
  }

  private NodeSchema named(QName name) {
    return schema
        .child(name)
        .orElseThrow(() -> new IllegalArgumentException(schema + " has no " + name));
  }

  /// The path of one entry of a child list.
  public DataPath entry(NodeSchema list, NodeIdentifierWithPredicates keys) {
    return new DataPath(this, list, keys);
  }

  /// The path of one value of a child leaf-list.
  public DataPath item(NodeSchema leafList, NodeWithValue<?> value) {
    return new DataPath(this, leafList, value);
  }

  public NodeSchema schema() {
    return schema;
  }

  /// The node's own name, with the keys if it is a list entry or the value if one of a leaf-list.
  public PathArgument id() {
    return step;
  }

  /// The nodes on the way to this one, which is the last; the root is not among them.
  public List<DataPath> fromTop() {
    List<DataPath> nodes = new ArrayList<>();
    for (DataPath at = this; at.parent != null; at = at.parent) {
      nodes.addFirst(at);
    }
    return nodes;
  }

  public Optional<DataPath> parent() {
    return Optional.ofNullable(parent);
  }

  /// The path in the form of `error-path`.
  public ErrorPath errorPath() {
    Prefixes prefixes = new Prefixes(schema.context());
    String xpath = xpath(prefixes);
    return new ErrorPath(xpath, prefixes.used());
  }

  /// The path as an instance-identifier value is written (RFC 7950 section 9.13).
  String xpath(Prefixes prefixes) {
    if (parent == null && schema.rpc().isEmpty()) {
      return "/";
    }
    StringBuilder text = new StringBuilder();
    append(text, prefixes);
    return text.toString();
  }

  private void append(StringBuilder text, Prefixes prefixes) {
    if (parent != null) {
      parent.append(text, prefixes);
    } else if (schema.rpc().isEmpty()) {
      return;
    }
    // In a message the input does not show, but the call.
    text.append('/').append(prefixes.name(schema.rpc().orElseGet(schema::name)));
    switch (step) {
      case NodeIdentifierWithPredicates keys -> appendKeys(text, schema, keys, prefixes);
      case NodeWithValue<?> item ->
          text.append("[.=")
              .append(quoted(schema.codec().text(item.getValue(), prefixes)))
              .append(']');
      case NodeIdentifier _ -> {}
    }
  }

  /// The key predicates of an entry, such as `[p:name='a'][p:port='1']`.
  public static String keys(NodeSchema list, NodeIdentifierWithPredicates keys, Prefixes prefixes) {
    StringBuilder text = new StringBuilder();
    appendKeys(text, list, keys, prefixes);
    return text.toString();
  }

  private static void appendKeys(
      StringBuilder text, NodeSchema list, NodeIdentifierWithPredicates keys, Prefixes prefixes) {
    for (Map.Entry<QName, Object> key : keys.entrySet()) {
      NodeSchema leaf = list.child(key.getKey()).orElseThrow();
      text.append('[').append(prefixes.name(key.getKey())).append('=');
      text.append(quoted(leaf.codec().text(key.getValue(), prefixes))).append(']');
    }
  }

  // XPath 1.0 has no escapes. A value with both kinds of quote has them doubled, which our own
  // reader understands.
  private static String quoted(String value) {
    if (value.indexOf('\'') < 0) {
      return "'" + value + "'";
    }
    return '"' + value.replace("\"", "\"\"") + '"';
  }

  /// The path as yangtools writes it, with lists, choices and entries as steps of their own.
  public YangInstanceIdentifier identifier() {
    List<PathArgument> steps = new ArrayList<>();
    collect(steps);
    return YangInstanceIdentifier.of(steps);
  }

  private void collect(List<PathArgument> steps) {
    if (parent == null) {
      return;
    }
    parent.collect(steps);
    schema.choices().forEach(choice -> steps.add(choice.id()));
    steps.add(schema.id());
    if (!(step instanceof NodeIdentifier)) {
      steps.add(step);
    }
  }

  @Override
  public String toString() {
    return xpath(new Prefixes(schema.context()));
  }
}
