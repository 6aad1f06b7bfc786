package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import io.chronoconf.datastore.tree.OpaqueContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// A node of the accessible tree (RFC 7950 section 6.4.1): the root, a container, a list entry, a
/// leaf or one value of a leaf-list. Nodes are made as they are visited; two are equal if they
/// stand for the same place. One thread.
public final class XPathNode {
  private final XPathTree tree;
  private final @Nullable XPathNode parent;
  private final NodeSchema schema;
  // Among the instances of the same schema node under the same parent.
  private final int ordinal;
  private final int hash;
  private final @Nullable DataContainerNode inner;
  private final @Nullable Object value;
  private final boolean isInData;
  private @Nullable XPathNode dummy;
  private @Nullable String text;

  private XPathNode(
      XPathTree tree,
      @Nullable XPathNode parent,
      NodeSchema schema,
      int ordinal,
      @Nullable DataContainerNode inner,
      @Nullable Object value,
      boolean isInData) {
    this.tree = tree;
    this.parent = parent;
    this.schema = schema;
    this.ordinal = ordinal;
    this.hash =
        31 * (31 * (parent == null ? 0 : parent.hash) + System.identityHashCode(schema)) + ordinal;
    this.inner = inner;
    this.value = value;
    this.isInData = isInData;
    tree.budget().spend();
  }

  static XPathNode root(XPathTree tree, NodeSchema root, ContainerNode data) {
    return new XPathNode(tree, null, root, 0, data, null, true);
  }

  /// A node without value and children in place of all instances of a child, as a condition on
  /// their existence sees it (RFC 7950 section 7.21.5).
  public static XPathNode dummy(XPathNode parent, NodeSchema child) {
    XPathNode around =
        new XPathNode(
            parent.tree,
            parent.parent,
            parent.schema,
            parent.ordinal,
            parent.inner,
            null,
            parent.isInData);
    XPathNode dummy = new XPathNode(parent.tree, around, child, 0, null, null, false);
    around.dummy = dummy;
    return dummy;
  }

  /// The text node inside a leaf or leaf-list entry.
  XPathNode textNode() {
    return new XPathNode(tree, this, schema, 0, null, value, isInData);
  }

  public Optional<XPathNode> parent() {
    return Optional.ofNullable(parent);
  }

  public NodeSchema schema() {
    return schema;
  }

  XPathTree tree() {
    return tree;
  }

  int ordinal() {
    return ordinal;
  }

  /// Where the node is.
  public DataPath path() {
    if (parent == null) {
      return DataPath.root(schema);
    }
    if (inner instanceof MapEntryNode entry) {
      return parent.path().entry(schema, entry.name());
    }
    if (schema.kind() == Kind.LEAF_LIST && value != null) {
      return parent.path().item(schema, new NodeWithValue<>(schema.name(), value));
    }
    return parent.path().child(schema);
  }

  /// True unless the node exists only as a default or as an empty non-presence container.
  public boolean isInData() {
    return isInData;
  }

  /// The value of a leaf or leaf-list entry.
  public Optional<Object> value() {
    return Optional.ofNullable(value);
  }

  /// The data under this container, entry or root; empty if there is none.
  public Optional<DataContainerNode> data() {
    return Optional.ofNullable(inner);
  }

  /// The topmost node.
  public XPathNode root() {
    XPathNode node = this;
    while (node.parent != null) {
      node = node.parent;
    }
    return node;
  }

  /// String value: canonical text of a value, else the texts of all leaves below.
  public String text() {
    String known = text;
    if (known == null) {
      known = computedText();
      tree.budget().spendFor(known);
      text = known;
    }
    return known;
  }

  private String computedText() {
    if (value instanceof String plain) {
      return plain;
    }
    if (value instanceof OpaqueContent) {
      return ""; // What it holds is nobody's business.
    }
    if (value != null) {
      return schema.codec().text(value).text();
    }
    StringBuilder all = new StringBuilder();
    for (XPathNode child : children()) {
      all.append(child.text());
    }
    return all.toString();
  }

  /// All children in schema order.
  public List<XPathNode> children() {
    List<XPathNode> all = new ArrayList<>();
    for (NodeSchema child : schema.children()) {
      addChildren(child, all);
    }
    return all;
  }

  /// The children of one name.
  public List<XPathNode> children(QName name) {
    return schema.child(name).map(this::children).orElse(List.of());
  }

  /// The children that one schema node describes.
  public List<XPathNode> children(NodeSchema child) {
    List<XPathNode> found = new ArrayList<>(1);
    addChildren(child, found);
    return found;
  }

  /// True if a dummy stands for the instances of that child.
  boolean isDummy(NodeSchema child) {
    return dummy != null && dummy.schema.equals(child);
  }

  private void addChildren(NodeSchema child, List<XPathNode> into) {
    if (dummy != null && isDummy(child)) {
      into.add(dummy);
      return;
    }
    Optional<DataContainerChild> data =
        inner == null ? Optional.empty() : DataChildren.get(inner, child);
    if (data.isEmpty()) {
      addAbsent(child, into);
      return;
    }
    int at = 0;
    switch (data.get()) {
      case LeafNode<?> leaf -> into.add(present(child, 0, null, leaf.body()));
      case ContainerNode container -> into.add(present(child, 0, container, null));
      case MapNode map -> {
        for (MapEntryNode entry : map.body()) {
          into.add(present(child, at++, entry, null));
        }
      }
      case UnkeyedListNode list -> {
        for (UnkeyedListEntryNode entry : list.body()) {
          into.add(present(child, at++, entry, null));
        }
      }
      case LeafSetNode<?> set -> {
        for (LeafSetEntryNode<?> entry : set.body()) {
          into.add(present(child, at++, null, entry.body()));
        }
      }
      default -> into.add(present(child, 0, null, null));
    }
  }

  private XPathNode present(
      NodeSchema child, int at, @Nullable DataContainerNode data, @Nullable Object leafValue) {
    return new XPathNode(tree, this, child, at, data, leafValue, true);
  }

  private void addAbsent(NodeSchema child, List<XPathNode> into) {
    boolean isContainer = child.kind() == Kind.CONTAINER && !child.isPresence();
    List<Object> defaults =
        child.kind() == Kind.LEAF || child.kind() == Kind.LEAF_LIST ? child.defaults() : List.of();
    if ((!isContainer && defaults.isEmpty())
        || !CaseSelection.isInUse(inner, child.choices())
        || !tree.exists(this, child)) {
      return;
    }
    if (isContainer) {
      into.add(new XPathNode(tree, this, child, 0, null, null, false));
    }
    for (int i = 0; i < defaults.size(); i++) {
      into.add(new XPathNode(tree, this, child, i, null, defaults.get(i), false));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof XPathNode node
            && node.hash == hash
            && node.ordinal == ordinal
            && node.schema.equals(schema)
            && (parent == null ? node.parent == null : parent.equals(node.parent)));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
