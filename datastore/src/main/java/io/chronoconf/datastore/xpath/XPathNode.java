package io.chronoconf.datastore.xpath;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
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
/// leaf or one value of a leaf-list. Nodes are made as they are visited. One thread.
public final class XPathNode {
  private final @Nullable XPathNode parent;
  private final NodeSchema schema;
  private final DataPath path;
  private final @Nullable DataContainerNode inner;
  private final @Nullable Object value;
  private final boolean isInData;

  private XPathNode(
      @Nullable XPathNode parent,
      NodeSchema schema,
      DataPath path,
      @Nullable DataContainerNode inner,
      @Nullable Object value,
      boolean isInData) {
    this.parent = parent;
    this.schema = schema;
    this.path = path;
    this.inner = inner;
    this.value = value;
    this.isInData = isInData;
  }

  /// The root over a whole tree.
  public static XPathNode root(NodeSchema root, ContainerNode data) {
    return new XPathNode(null, root, DataPath.root(root), data, null, true);
  }

  /// A node that is not there, as a condition on its existence would see it.
  public static XPathNode absent(XPathNode parent, NodeSchema child) {
    return new XPathNode(parent, child, parent.path.child(child), null, null, false);
  }

  public Optional<XPathNode> parent() {
    return Optional.ofNullable(parent);
  }

  public NodeSchema schema() {
    return schema;
  }

  public DataPath path() {
    return path;
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
    if (value != null) {
      return schema.codec().text(value).text();
    }
    if (schema.kind() == Kind.LEAF || schema.kind() == Kind.LEAF_LIST) {
      return "";
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
    List<XPathNode> found = new ArrayList<>();
    schema.child(name).ifPresent(child -> addChildren(child, found));
    return found;
  }

  private void addChildren(NodeSchema child, List<XPathNode> into) {
    Optional<DataContainerChild> data =
        inner == null ? Optional.empty() : DataChildren.get(inner, child);
    if (data.isEmpty()) {
      addAbsent(child, into);
      return;
    }
    switch (data.get()) {
      case LeafNode<?> leaf ->
          into.add(new XPathNode(this, child, path.child(child), null, leaf.body(), true));
      case ContainerNode container ->
          into.add(new XPathNode(this, child, path.child(child), container, null, true));
      case MapNode map -> {
        for (MapEntryNode entry : map.body()) {
          into.add(new XPathNode(this, child, path.entry(child, entry.name()), entry, null, true));
        }
      }
      case UnkeyedListNode list -> {
        for (UnkeyedListEntryNode entry : list.body()) {
          into.add(new XPathNode(this, child, path.child(child), entry, null, true));
        }
      }
      case LeafSetNode<?> set -> {
        for (LeafSetEntryNode<?> entry : set.body()) {
          into.add(
              new XPathNode(this, child, path.item(child, entry.name()), null, entry.body(), true));
        }
      }
      default -> into.add(new XPathNode(this, child, path.child(child), null, null, true));
    }
  }

  private void addAbsent(NodeSchema child, List<XPathNode> into) {
    if (child.kind() == Kind.CONTAINER) {
      if (!child.isPresence() && DefaultsInUse.isCaseInUse(inner, child)) {
        into.add(new XPathNode(this, child, path.child(child), null, null, false));
      }
      return;
    }
    for (Object standard : DefaultsInUse.of(inner, child)) {
      into.add(new XPathNode(this, child, path.child(child), null, standard, false));
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
