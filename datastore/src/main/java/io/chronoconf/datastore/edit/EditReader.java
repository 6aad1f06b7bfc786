package io.chronoconf.datastore.edit;

import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.OpaqueContent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;

/// Reads the content of a `config` element, checking everything that RFC 7950 section 8.3.1 wants
/// checked while parsing. What comes out fits the schema, apart from what only a whole
/// configuration can violate. Nothing but [RpcException] comes out for bad input.
public final class EditReader {
  /// How deep elements may nest below `config`.
  public static final int MAX_DEPTH = 64;

  /// How many elements one edit may hold.
  public static final int MAX_NODES = 1_000_000;

  /// How many characters one leaf may hold unless somebody says otherwise.
  public static final int MAX_TEXT_CHARS = 1 << 20;

  private static final Optional<EditOperation> REMOVE = Optional.of(EditOperation.REMOVE);

  private final XMLStreamReader reader;
  private final int maxTextChars;
  private final @Nullable Consumer<RpcError> refusals;
  private int depth;
  private int nodes;

  private EditReader(
      XMLStreamReader reader, int maxTextChars, @Nullable Consumer<RpcError> refusals) {
    this.reader = reader;
    this.maxTextChars = maxTextChars;
    this.refusals = refusals;
  }

  /// Reads an edit.
  ///
  /// @param root the schema's root
  /// @param reader stands on the start of the element around the edit, such as `config`; on return
  ///   it stands on that element's end
  public static EditTree read(NodeSchema root, XMLStreamReader reader) throws RpcException {
    return read(root, reader, MAX_TEXT_CHARS);
  }

  /// The same with another limit.
  ///
  /// @param maxTextChars how many characters one leaf may hold
  public static EditTree read(NodeSchema root, XMLStreamReader reader, int maxTextChars)
      throws RpcException {
    return new EditReader(reader, maxTextChars, null).readAll(root);
  }

  /// Reads an edit that was accepted once, leaving out what the schema no longer accepts.
  ///
  /// @param refusals is told of everything left out
  public static EditTree readLeniently(
      NodeSchema root, XMLStreamReader reader, Consumer<RpcError> refusals) throws RpcException {
    return new EditReader(reader, Integer.MAX_VALUE, refusals).readAll(root);
  }

  private EditTree readAll(NodeSchema root) throws RpcException {
    try {
      Siblings siblings = new Siblings(DataPath.root(root), false);
      readChildren(siblings);
      return new EditTree(siblings.nodes);
    } catch (XMLStreamException e) {
      throw EditErrors.malformed("The XML is not well-formed: " + e.getMessage()).asException();
    } catch (RuntimeException e) {
      // Woodstox reports errors in text that it parses late by an unchecked exception.
      if (e.getCause() instanceof XMLStreamException cause) {
        throw EditErrors.malformed("The XML is not well-formed: " + cause.getMessage())
            .asException();
      }
      throw e;
    }
  }

  /// A case, and the node that chose it.
  private record Chosen(CaseSchemaNode chosen, NodeSchema by) {}

  /// What stands inside one element so far.
  private static final class Siblings {
    final List<EditNode> nodes = new ArrayList<>();
    final Map<QName, Object> keys = new LinkedHashMap<>();
    final boolean inDeletion;
    private final Set<Object> seen = new HashSet<>();
    private final IdentityHashMap<ChoiceSchemaNode, Chosen> cases = new IdentityHashMap<>();
    DataPath path;

    Siblings(DataPath path, boolean inDeletion) {
      this.path = path;
      this.inDeletion = inDeletion;
    }

    void claim(Object id, DataPath child) throws RpcException {
      if (!seen.add(id)) {
        throw EditErrors.badElement(
                child,
                child.schema().toString(),
                child + " stands twice in the request: keep one of them.")
            .asException();
      }
    }

    void claimCases(DataPath child) throws RpcException {
      for (NodeSchema.CaseStep step : child.schema().choices()) {
        Chosen other = cases.putIfAbsent(step.choice(), new Chosen(step.chosen(), child.schema()));
        if (other != null && !other.chosen().getQName().equals(step.chosen().getQName())) {
          throw EditErrors.badElement(
                  child,
                  child.schema().toString(),
                  "%s and %s exclude each other: take one of them out."
                      .formatted(other.by(), child.schema()))
              .asException();
        }
      }
    }
  }

  private int next() throws XMLStreamException {
    int event = reader.next();
    if (event == XMLStreamConstants.START_ELEMENT) {
      depth++;
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    return event;
  }

  // From the start of an element to its end.
  private void readChildren(Siblings siblings) throws XMLStreamException, RpcException {
    int inside = depth;
    for (int event = next(); depth >= inside; event = next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> readOrSkip(siblings);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!reader.isWhiteSpace()) {
            throw EditErrors.badElement(
                    siblings.path,
                    reader.getText().strip(),
                    "There is text between the elements of "
                        + siblings.path.schema()
                        + ": take it out.")
                .asException();
          }
        }
        default -> refuseDtd(event);
      }
    }
  }

  private void readOrSkip(Siblings siblings) throws XMLStreamException, RpcException {
    int before = depth - 1;
    try {
      readNode(siblings);
    } catch (RpcException e) {
      if (refusals == null) {
        throw e;
      }
      e.errors().forEach(refusals);
      while (depth > before) {
        next();
      }
    }
  }

  private void readNode(Siblings siblings) throws XMLStreamException, RpcException {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw EditErrors.tooBig(
              siblings.path,
              "An edit nests at most "
                  + MAX_DEPTH
                  + " deep and holds at most "
                  + MAX_NODES
                  + " elements: send several.")
          .asException();
    }
    DataPath path = siblings.path.child(find(siblings.path));
    EditAttributes attributes = EditAttributes.read(reader, path);
    boolean deletes =
        siblings.inDeletion
            || attributes.isDefault()
            || attributes.operation().filter(EditOperation::isDeletion).isPresent();
    if (!deletes) {
      siblings.claimCases(path);
    }
    switch (path.schema().kind()) {
      case CONTAINER -> readContainer(siblings, path, attributes, deletes);
      case LIST -> readEntry(siblings, path, attributes, deletes);
      case LEAF -> readLeaf(siblings, path, attributes, deletes);
      case LEAF_LIST -> readItem(siblings, path, attributes);
      case OPAQUE -> readOpaque(siblings, path, attributes, deletes);
      case ROOT -> throw new IllegalStateException("no child is the root");
    }
  }

  private NodeSchema find(DataPath parent) throws RpcException {
    String uri = reader.getNamespaceURI();
    String namespace = uri == null ? "" : uri;
    String local = reader.getLocalName();
    Optional<NodeSchema> found = parent.schema().child(namespace, local);
    if (found.isEmpty()) {
      boolean isKnown = !parent.schema().modules(namespace).isEmpty();
      throw (isKnown
              ? EditErrors.noNode(parent, namespace, local)
              : EditErrors.unknownNamespace(parent, namespace, local))
          .asException();
    }
    if (!found.get().isConfig()) {
      DataPath child = parent.child(found.get());
      throw EditErrors.unknownElement(
              child, local, child + " is state, which cannot be configured: leave it out.")
          .asException();
    }
    return found.get();
  }

  private void readContainer(
      Siblings siblings, DataPath path, EditAttributes attributes, boolean deletes)
      throws XMLStreamException, RpcException {
    siblings.claim(path.schema().id(), path);
    Siblings inner = new Siblings(path, deletes);
    readChildren(inner);
    siblings.nodes.add(new EditNode.Container(path.schema(), attributes.operation(), inner.nodes));
  }

  private void readEntry(
      Siblings siblings, DataPath path, EditAttributes attributes, boolean deletes)
      throws XMLStreamException, RpcException {
    Siblings inner = new Siblings(path, deletes);
    readChildren(inner);
    NodeSchema list = path.schema();
    List<RpcError> missing = new ArrayList<>();
    for (QName key : list.keys()) {
      if (!inner.keys.containsKey(key)) {
        missing.add(EditErrors.missingKey(path, key.getLocalName()));
      }
    }
    if (!missing.isEmpty()) {
      throw new RpcException(missing);
    }
    NodeIdentifierWithPredicates id = id(list, inner.keys);
    siblings.claim(id, siblings.path.entry(list, id));
    siblings.nodes.add(
        new EditNode.Entry(list, id, attributes.operation(), attributes.insert(), inner.nodes));
  }

  private static NodeIdentifierWithPredicates id(NodeSchema list, Map<QName, Object> keys) {
    Map<QName, Object> ordered = new LinkedHashMap<>();
    for (QName key : list.keys()) {
      Object value = keys.get(key);
      if (value != null) {
        ordered.put(key, value);
      }
    }
    return NodeIdentifierWithPredicates.of(list.name(), ordered);
  }

  private void readLeaf(
      Siblings siblings, DataPath path, EditAttributes attributes, boolean deletes)
      throws XMLStreamException, RpcException {
    NodeSchema leaf = path.schema();
    siblings.claim(leaf.id(), path);
    String text = readText(path);
    NodeSchema parent = siblings.path.schema();
    if (parent.keys().contains(leaf.name())) {
      if (deletes && !siblings.inDeletion && !attributes.isDefault()) {
        throw EditErrors.badAttribute(
                path, "operation", "A key cannot be deleted: delete the entry instead.")
            .asException();
      }
      siblings.keys.put(leaf.name(), value(path, text));
      // From here on errors below this entry can say which entry it is.
      if (siblings.keys.size() == parent.keys().size()) {
        siblings.path =
            siblings.path.parent().orElseThrow().entry(parent, id(parent, siblings.keys));
      }
      return;
    }
    if (attributes.isDefault()) {
      requireDefault(path, text);
      siblings.nodes.add(new EditNode.Leaf(leaf, REMOVE, Optional.empty()));
      return;
    }
    Optional<Object> value = deletes ? Optional.empty() : Optional.of(value(path, text));
    siblings.nodes.add(new EditNode.Leaf(leaf, attributes.operation(), value));
  }

  private void readOpaque(
      Siblings siblings, DataPath path, EditAttributes attributes, boolean deletes)
      throws XMLStreamException, RpcException {
    siblings.claim(path.schema().id(), path);
    OpaqueContent.Copy copy = new OpaqueContent.Copy();
    int inside = depth;
    for (int event = next(); depth >= inside; event = next()) {
      refuseDtd(event);
      copy.take(reader);
      if (copy.length() > maxTextChars || depth > MAX_DEPTH) {
        throw EditErrors.tooBig(
                path,
                "%s holds at most %d characters and nests at most %d deep."
                    .formatted(path.schema(), maxTextChars, MAX_DEPTH))
            .asException();
      }
    }
    OpaqueContent content = copy.content();
    siblings.nodes.add(
        new EditNode.Leaf(
            path.schema(),
            attributes.operation(),
            deletes ? Optional.empty() : Optional.of(content)));
  }

  private void readItem(Siblings siblings, DataPath path, EditAttributes attributes)
      throws XMLStreamException, RpcException {
    String text = readText(path);
    NodeSchema leafList = path.schema();
    NodeWithValue<?> id = new NodeWithValue<>(leafList.name(), value(path, text));
    siblings.claim(id, siblings.path.item(leafList, id));
    if (attributes.isDefault()) {
      requireDefault(path, text);
      siblings.nodes.add(new EditNode.Item(leafList, id, REMOVE, Optional.empty()));
      return;
    }
    siblings.nodes.add(
        new EditNode.Item(leafList, id, attributes.operation(), attributes.insert()));
  }

  /// A value that is given back as a default has to be it; nothing is kept then (RFC 6243 section
  /// 4.5.2).
  private void requireDefault(DataPath path, String text) throws RpcException {
    Object value = value(path, text);
    if (path.schema().defaults().stream().noneMatch(d -> Objects.deepEquals(d, value))) {
      throw EditErrors.invalidValue(
              path,
              new InvalidValueException(
                  text.strip() + " is not the default: leave the attribute out to set it"))
          .asException();
    }
  }

  private Object value(DataPath path, String text) throws RpcException {
    try {
      return path.schema().codec().parse(text, reader::getNamespaceURI);
    } catch (InvalidValueException e) {
      throw EditErrors.invalidValue(path, e).asException();
    }
  }

  // From the start of a leaf to its end.
  private String readText(DataPath path) throws XMLStreamException, RpcException {
    StringBuilder text = new StringBuilder();
    int inside = depth;
    for (int event = next(); depth >= inside; event = next()) {
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          text.append(reader.getText());
          if (text.length() > maxTextChars) {
            throw EditErrors.tooBig(path, "A leaf holds at most " + maxTextChars + " characters.")
                .asException();
          }
        }
        case XMLStreamConstants.START_ELEMENT ->
            throw EditErrors.unknownElement(
                    path,
                    reader.getLocalName(),
                    path.schema()
                        + " holds a value, not elements: take out "
                        + reader.getLocalName()
                        + ".")
                .asException();
        default -> refuseDtd(event);
      }
    }
    return text.toString();
  }

  // RFC 6241 section 3: no document type declarations, hence no entities of one's own.
  private static void refuseDtd(int event) throws RpcException {
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw EditErrors.malformed("Document type declarations and entities are not allowed.")
          .asException();
    }
  }
}
