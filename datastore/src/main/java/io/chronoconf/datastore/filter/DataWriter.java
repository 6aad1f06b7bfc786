package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// Writes a tree, or what a filter wants of it, as XML: nodes in the schema's order, list keys
/// first and in key order (RFC 7950 section 7.8.5). An element starts only when something in it
/// turns out to be wanted.
///
/// The prefix of a module is declared together with the default namespace, so that the prefixes in
/// values of the same module are not declared again on the leaf: clients on libxml2 (ncclient) drop
/// a second declaration of a namespace when they move an element, and would send back values with
/// unbound prefixes. Prefixes of other modules are declared on the leaf.
public final class DataWriter {
  private static final String DEFAULT = "urn:ietf:params:xml:ns:netconf:default:1.0";

  private final XMLStreamWriter writer;
  private final Set<List<PathArgument>> tagged;

  /// Elements that are open, outermost first, of which [#started] are written.
  private final List<Open> open = new ArrayList<>();

  private int started;

  /// @param keys of a list entry
  private record Open(NodeSchema schema, @Nullable NodeIdentifierWithPredicates keys) {}

  private DataWriter(XMLStreamWriter writer, Set<List<PathArgument>> tagged) {
    this.writer = writer;
    this.tagged = tagged;
  }

  /// Writes the content of the root.
  ///
  /// @param writer stands inside the element that takes the data
  /// @param schema of the tree's root
  /// @param filter what is wanted; empty for everything
  public static void write(
      XMLStreamWriter writer, NodeSchema schema, ContainerNode tree, Optional<SubtreeFilter> filter)
      throws XMLStreamException {
    write(writer, schema, tree, filter, Set.of());
  }

  /// The same with a mark on some leaves and leaf-list values (RFC 6243 section 3.4).
  ///
  /// @param tagged those that are defaults: the names on the way to them, with keys and values,
  ///   choices left out
  public static void write(
      XMLStreamWriter writer,
      NodeSchema schema,
      ContainerNode tree,
      Optional<SubtreeFilter> filter,
      Set<List<PathArgument>> tagged)
      throws XMLStreamException {
    Wanted wanted =
        filter.isEmpty() ? Wanted.Whole.EVERYTHING : new Wanted.Parts(List.of(filter.get().top()));
    new DataWriter(writer, tagged).writeChildren(schema, tree, wanted);
  }

  /// Writes one node with all in it.
  ///
  /// @param writer stands inside the element that takes the node, whatever namespace that has
  /// @param schema of the node
  /// @param node an entry of a list or leaf-list, or a child of a container
  public static void writeNode(XMLStreamWriter writer, NodeSchema schema, NormalizedNode node)
      throws XMLStreamException {
    DataWriter one = new DataWriter(writer, Set.of());
    switch (node) {
      case MapEntryNode entry ->
          one.writeEntry(schema, entry.name(), entry, Wanted.Whole.EVERYTHING);
      case LeafSetEntryNode<?> item -> one.writeLeaf(schema, item.body(), false);
      case DataContainerChild child ->
          one.writeChild(schema, child, Wanted.Whole.EVERYTHING, Wanted.Whole.EVERYTHING);
      default -> throw new IllegalArgumentException("no node by itself: " + node.name());
    }
  }

  private void writeChildren(NodeSchema schema, DataContainerNode node, Wanted wanted)
      throws XMLStreamException {
    List<QName> keys = schema.keys();
    for (NodeSchema child : schema.children()) {
      Wanted ofChild = wanted.of(child);
      if (keys.contains(child.name())) {
        // The entry's start brings all keys along.
        if (ofChild instanceof Wanted.Whole) {
          start();
        }
        continue;
      }
      if (ofChild instanceof Wanted.Parts parts && parts.isNothing()) {
        if (child.kind() != NodeSchema.Kind.LEAF_LIST) {
          continue;
        }
      }
      Optional<DataContainerChild> data = DataChildren.get(node, child);
      if (data.isPresent()) {
        writeChild(child, data.get(), ofChild, wanted);
      }
    }
  }

  private void writeChild(
      NodeSchema schema, DataContainerChild data, Wanted wanted, Wanted ofParent)
      throws XMLStreamException {
    switch (data) {
      case LeafNode<?> leaf -> {
        if (wanted instanceof Wanted.Whole) {
          writeLeaf(schema, leaf.body(), isTagged(leaf.name()));
        }
      }
      case LeafSetNode<?> items -> {
        for (LeafSetEntryNode<?> item : items.body()) {
          if (wanted instanceof Wanted.Whole || ofParent.hasItem(schema, item.body())) {
            writeLeaf(schema, item.body(), isTagged(item.name()));
          }
        }
      }
      case ContainerNode container -> writeContainer(schema, container, wanted);
      case MapNode list -> writeList(schema, list, wanted);
      case UnkeyedListNode list -> {
        for (UnkeyedListEntryNode entry : list.body()) {
          writeEntry(schema, null, entry, wanted);
        }
      }
      // anydata and anyxml hold nothing here; choices were passed through above.
      default -> {}
    }
  }

  private boolean isTagged(PathArgument id) {
    if (tagged.isEmpty()) {
      return false;
    }
    List<PathArgument> path = new ArrayList<>();
    for (Open element : open) {
      path.add(element.keys() == null ? element.schema().id() : element.keys());
    }
    path.add(id);
    return tagged.contains(path);
  }

  private void writeContainer(NodeSchema schema, ContainerNode container, Wanted wanted)
      throws XMLStreamException {
    Wanted inside = wanted.in(container);
    if (isNothing(inside)) {
      return;
    }
    open.add(new Open(schema, null));
    boolean isWritten =
        isMatched(inside) || (schema.isPresence() && inside instanceof Wanted.Whole);
    if (isWritten) {
      start();
    }
    writeChildren(schema, container, inside);
    close();
  }

  private void writeList(NodeSchema schema, MapNode list, Wanted wanted) throws XMLStreamException {
    if (!(wanted instanceof Wanted.Parts(List<SiblingSet> sets))) {
      for (MapEntryNode entry : list.body()) {
        writeEntry(schema, entry.name(), entry, wanted);
      }
      return;
    }
    Wanted.Keyed keyed = Wanted.Keyed.of(schema, sets);
    boolean isOrderFree = !schema.isUserOrdered() || keyed.byEntry().size() == 1;
    if (keyed.others().isEmpty() && isOrderFree) {
      for (NodeIdentifierWithPredicates id : keyed.byEntry().keySet()) {
        MapEntryNode entry = list.childByArg(id);
        if (entry != null) {
          writeEntry(schema, entry.name(), entry, keyed.of(id));
        }
      }
      return;
    }
    for (MapEntryNode entry : list.body()) {
      writeEntry(schema, entry.name(), entry, keyed.of(entry.name()));
    }
  }

  private void writeEntry(
      NodeSchema schema,
      @Nullable NodeIdentifierWithPredicates keys,
      DataContainerNode entry,
      Wanted wanted)
      throws XMLStreamException {
    Wanted inside = wanted.in(entry);
    if (isNothing(inside)) {
      return;
    }
    open.add(new Open(schema, keys));
    if (inside instanceof Wanted.Whole || isMatched(inside)) {
      start();
    }
    writeChildren(schema, entry, inside);
    close();
  }

  private static boolean isNothing(Wanted wanted) {
    return wanted instanceof Wanted.Parts parts && parts.isNothing();
  }

  private static boolean isMatched(Wanted wanted) {
    return wanted instanceof Wanted.Parts parts && parts.isMatched();
  }

  /// Writes the starts of all open elements that are not written yet.
  private void start() throws XMLStreamException {
    while (started < open.size()) {
      Open element = open.get(started);
      startElement(element.schema());
      started++;
      NodeIdentifierWithPredicates keys = element.keys();
      if (keys != null) {
        for (QName name : element.schema().keys()) {
          writeLeaf(element.schema().child(name).orElseThrow(), keys.getValue(name), false);
        }
      }
    }
  }

  private void close() throws XMLStreamException {
    if (started == open.size()) {
      writer.writeEndElement();
      started--;
    }
    open.removeLast();
  }

  private void startElement(NodeSchema schema) throws XMLStreamException {
    QName name = schema.name();
    String namespace = name.getNamespace().toString();
    writer.writeStartElement("", name.getLocalName(), namespace);
    if (!inheritsNamespace(schema)) {
      writer.writeDefaultNamespace(namespace);
      if (schema.kind() != NodeSchema.Kind.LEAF && schema.kind() != NodeSchema.Kind.LEAF_LIST) {
        writer.writeNamespace(prefix(schema), namespace);
      }
    }
  }

  private boolean inheritsNamespace(NodeSchema schema) {
    return started > 0
        && schema
            .parent()
            .filter(p -> p.kind() != NodeSchema.Kind.ROOT)
            .filter(p -> p.name().getNamespace().equals(schema.name().getNamespace()))
            .isPresent();
  }

  private static String prefix(NodeSchema schema) {
    return schema.context().getModuleStatement(schema.name().getModule()).prefix().argument();
  }

  private void writeLeaf(NodeSchema leaf, Object value, boolean isDefault)
      throws XMLStreamException {
    start();
    ValueText text = leaf.codec().text(value);
    startElement(leaf);
    for (Map.Entry<String, String> binding : text.namespaces().entrySet()) {
      if (!isBoundAbove(leaf, binding.getKey(), binding.getValue())) {
        writer.writeNamespace(binding.getKey(), binding.getValue());
      }
    }
    if (isDefault) {
      // A prefix that no module has taken for itself.
      writer.writeNamespace("wd", DEFAULT);
      writer.writeAttribute("wd", DEFAULT, "default", "true");
    }
    if (!text.text().isEmpty()) {
      writer.writeCharacters(text.text());
    }
    writer.writeEndElement();
  }

  private boolean isBoundAbove(NodeSchema leaf, String prefix, String namespace) {
    return namespace.equals(leaf.name().getNamespace().toString())
        && inheritsNamespace(leaf)
        && prefix.equals(prefix(leaf));
  }
}
