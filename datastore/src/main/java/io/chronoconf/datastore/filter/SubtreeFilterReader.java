package io.chronoconf.datastore.filter;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads a subtree filter, resolving each element against the children of the nodes that the
/// element around it stands for.
final class SubtreeFilterReader {
  private final XMLStreamReader reader;
  private int nodes;
  private int depth;

  SubtreeFilterReader(XMLStreamReader reader) {
    this.reader = reader;
  }

  SiblingSet readTop(NodeSchema root) throws XMLStreamException, RpcException {
    Element filter = readContent(List.of(root));
    // RFC 6241 section 6.4.2: an empty filter selects nothing, unlike an empty element inside one.
    SiblingSet set = filter.sets().get(root);
    return set == null || set.isWhole() ? new SiblingSet(List.of(), List.of(), true) : set;
  }

  /// What stands inside one filter element.
  ///
  /// @param text trimmed
  /// @param sets for every schema node that the element can stand for
  private record Element(boolean hasChildren, String text, Map<NodeSchema, SiblingSet> sets) {}

  /// What gathers for one schema node.
  private static final class Gathering {
    final List<SiblingSet.Alternatives> matches = new ArrayList<>();
    final List<Sibling> wanted = new ArrayList<>();
    boolean picks;
  }

  // From an element's start to its end.
  private Element readContent(List<NodeSchema> parents) throws XMLStreamException, RpcException {
    Map<NodeSchema, Gathering> gathered = new HashMap<>();
    parents.forEach(parent -> gathered.put(parent, new Gathering()));
    StringBuilder text = new StringBuilder();
    boolean hasChildren = false;
    while (true) {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          hasChildren = true;
          readChild(gathered);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          Map<NodeSchema, SiblingSet> sets = new HashMap<>();
          gathered.forEach(
              (schema, g) -> sets.put(schema, new SiblingSet(g.matches, g.wanted, g.picks)));
          return new Element(hasChildren, text.toString().strip(), sets);
        }
        default -> {}
      }
    }
  }

  private void readChild(Map<NodeSchema, Gathering> parents)
      throws XMLStreamException, RpcException {
    if (++nodes > SubtreeFilter.MAX_NODES || ++depth > SubtreeFilter.MAX_DEPTH) {
      throw RpcError.of(
              ErrorType.PROTOCOL,
              ErrorTag.TOO_BIG,
              "A filter holds at most "
                  + SubtreeFilter.MAX_NODES
                  + " elements, nested at most "
                  + SubtreeFilter.MAX_DEPTH
                  + " deep: send several requests.")
          .asException();
    }
    // Our data has no attributes: an attribute match expression (section 6.2.2) never holds.
    boolean canMatch = reader.getAttributeCount() == 0;
    Map<NodeSchema, List<NodeSchema>> children = new HashMap<>();
    List<NodeSchema> all = new ArrayList<>();
    for (NodeSchema parent : parents.keySet()) {
      List<NodeSchema> found = canMatch ? resolve(parent) : List.of();
      children.put(parent, found);
      all.addAll(found);
    }
    Element element = readContent(all);
    // The reader stands on the element's end, where its prefixes are still in scope.
    parents.forEach(
        (parent, gathering) ->
            gather(gathering, children.getOrDefault(parent, List.of()), element));
    depth--;
  }

  private List<NodeSchema> resolve(NodeSchema parent) {
    String namespace = reader.getNamespaceURI();
    String local = reader.getLocalName();
    if (namespace != null && !namespace.isEmpty()) {
      return parent.child(namespace, local).stream().toList();
    }
    // Section 6.2.1: without a namespace, any namespace will do.
    return parent.children().stream()
        .filter(child -> child.name().getLocalName().equals(local))
        .toList();
  }

  private void gather(Gathering into, List<NodeSchema> children, Element element) {
    if (element.hasChildren()) {
      into.picks = true;
      for (NodeSchema child : children) {
        SiblingSet inner = element.sets().get(child);
        if (inner != null && holdsNodes(child)) {
          into.wanted.add(new Sibling.Containment(child, inner));
        }
      }
    } else if (element.text().isEmpty()) {
      into.picks = true;
      children.forEach(child -> into.wanted.add(new Sibling.Selection(child)));
    } else {
      List<Sibling.ContentMatch> alternatives = new ArrayList<>();
      for (NodeSchema child : children) {
        value(child, element.text())
            .ifPresent(value -> alternatives.add(new Sibling.ContentMatch(child, value)));
      }
      // Without any alternative the match never holds, and nothing beside it is wanted.
      into.matches.add(new SiblingSet.Alternatives(alternatives));
    }
  }

  private static boolean holdsNodes(NodeSchema node) {
    return switch (node.kind()) {
      case CONTAINER, LIST -> true;
      case ROOT, LEAF, LEAF_LIST, OPAQUE -> false;
    };
  }

  // Section 6.3 leaves comparing to the data model: values are compared, not their spellings.
  private Optional<Object> value(NodeSchema node, String text) {
    return switch (node.kind()) {
      case LEAF, LEAF_LIST -> {
        try {
          yield Optional.of(node.codec().parse(text, reader::getNamespaceURI));
        } catch (InvalidValueException e) {
          yield Optional.empty();
        }
      }
      case ROOT, CONTAINER, LIST, OPAQUE -> Optional.empty();
    };
  }
}
