package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.operational.Origin;
import io.chronoconf.datastore.operational.Origins;
import io.chronoconf.datastore.tree.DataChildren;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.OpaqueContent;
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
  /// Of attributes that say where a node comes from: the one that the module gives itself.
  public static final String ORIGIN_PREFIX = "or";

  private static final String DEFAULT = "urn:ietf:params:xml:ns:netconf:default:1.0";

  private final XMLStreamWriter writer;
  private final Marks marks;

  /// The way to the parent of what is written first.
  private final List<PathArgument> above;

  /// Elements that are open, outermost first, of which [#started] are written.
  private final List<Open> open = new ArrayList<>();

  private int started;

  /// @param keys of a list entry
  private record Open(NodeSchema schema, @Nullable NodeIdentifierWithPredicates keys) {}

  private DataWriter(XMLStreamWriter writer, Marks marks, List<PathArgument> above) {
    this.writer = writer;
    this.above = List.copyOf(above);
    this.marks = marks;
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
    new DataWriter(writer, new Marks(tagged, Origins.NONE, false), List.of())
        .writeChildren(schema, tree, wanted);
  }

  /// Writes the content of the root with marks. Where a node comes from is an attribute with the
  /// prefix [#ORIGIN_PREFIX], which the caller has to declare; it is left out where the parent's
  /// holds.
  public static void write(
      XMLStreamWriter writer, NodeSchema schema, ContainerNode tree, Marks marks)
      throws XMLStreamException {
    new DataWriter(writer, marks, List.of()).writeChildren(schema, tree, Wanted.Whole.EVERYTHING);
  }

  /// Writes one node without those around it. Of the node itself it is always said where it comes
  /// from, if marks say anything of that.
  ///
  /// @param path of the node
  public static void writeNode(
      XMLStreamWriter writer, DataPath path, NormalizedNode node, Marks marks)
      throws XMLStreamException {
    List<PathArgument> above = new ArrayList<>();
    path.fromTop().forEach(step -> above.add(step.id()));
    above.removeLast();
    new DataWriter(writer, marks, above).writeOne(path.schema(), node);
  }

  /// Writes one node with all in it.
  ///
  /// @param writer stands inside the element that takes the node, whatever namespace that has
  /// @param schema of the node
  /// @param node an entry of a list or leaf-list, or a child of a container
  public static void writeNode(XMLStreamWriter writer, NodeSchema schema, NormalizedNode node)
      throws XMLStreamException {
    new DataWriter(writer, Marks.NONE, List.of()).writeOne(schema, node);
  }

  private void writeOne(NodeSchema schema, NormalizedNode node) throws XMLStreamException {
    switch (node) {
      case MapEntryNode entry -> writeEntry(schema, entry.name(), entry, Wanted.Whole.EVERYTHING);
      case LeafSetEntryNode<?> item -> writeLeaf(schema, item.body(), item.name());
      case DataContainerChild child ->
          writeChild(schema, child, Wanted.Whole.EVERYTHING, Wanted.Whole.EVERYTHING);
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
          writeLeaf(schema, leaf.body(), leaf.name());
        }
      }
      case LeafSetNode<?> items -> {
        for (LeafSetEntryNode<?> item : items.body()) {
          if (wanted instanceof Wanted.Whole || ofParent.hasItem(schema, item.body())) {
            writeLeaf(schema, item.body(), item.name());
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

  /// The way to what is inside the first open elements.
  private List<PathArgument> path(int count) {
    List<PathArgument> path = new ArrayList<>(above);
    for (Open element : open.subList(0, count)) {
      path.add(element.keys() == null ? element.schema().id() : element.keys());
    }
    return path;
  }

  private void writeOrigin(NodeSchema schema, List<PathArgument> path) throws XMLStreamException {
    boolean isFirst = path.size() == above.size() + 1 && schema.isConfig();
    Origin origin = isFirst ? marks.origins().of(path) : marks.origins().changed(path);
    if (origin != null) {
      writer.writeAttribute(
          ORIGIN_PREFIX, Origin.NAMESPACE, "origin", ORIGIN_PREFIX + ":" + origin.wire());
    }
  }

  private void writeContainer(NodeSchema schema, ContainerNode container, Wanted wanted)
      throws XMLStreamException {
    Wanted inside = wanted.in(container);
    if (isNothing(inside)) {
      return;
    }
    open.add(new Open(schema, null));
    boolean isWritten =
        isMatched(inside)
            || (inside instanceof Wanted.Whole
                && (schema.isPresence() || (marks.showsEmpty() && container.isEmpty())));
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
      if (!marks.origins().isEmpty()) {
        writeOrigin(element.schema(), path(started));
      }
      NodeIdentifierWithPredicates keys = element.keys();
      if (keys != null) {
        for (QName name : element.schema().keys()) {
          writeLeaf(element.schema().child(name).orElseThrow(), keys.getValue(name), null);
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

  /// @param id null for keys, of which nothing is marked
  private void writeLeaf(NodeSchema leaf, Object value, @Nullable PathArgument id)
      throws XMLStreamException {
    start();
    if (value instanceof OpaqueContent opaque) {
      startElement(leaf);
      opaque.writeTo(writer);
      writer.writeEndElement();
      return;
    }
    ValueText text = leaf.codec().text(value);
    startElement(leaf);
    for (Map.Entry<String, String> binding : text.namespaces().entrySet()) {
      if (!isBoundAbove(leaf, binding.getKey(), binding.getValue())) {
        writer.writeNamespace(binding.getKey(), binding.getValue());
      }
    }
    if (id != null && !(marks.defaults().isEmpty() && marks.origins().isEmpty())) {
      List<PathArgument> path = path(open.size());
      path.add(id);
      writeMarks(leaf, path);
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

  private void writeMarks(NodeSchema leaf, List<PathArgument> path) throws XMLStreamException {
    if (marks.defaults().contains(path)) {
      // A prefix that no module has taken for itself.
      writer.writeNamespace("wd", DEFAULT);
      writer.writeAttribute("wd", DEFAULT, "default", "true");
    }
    writeOrigin(leaf, path);
  }
}
