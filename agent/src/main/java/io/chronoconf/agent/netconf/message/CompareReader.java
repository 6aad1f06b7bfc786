package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Reads compare and its parameters (RFC 9144), whatever their order.
final class CompareReader {
  private final NodeSchema root;
  private final Set<String> features;
  private final LimitedReader reader;
  private final Set<String> seen = new HashSet<>();

  private @Nullable NmdaDatastore source;
  private @Nullable NmdaDatastore target;
  private Optional<DataFilter> filter = Optional.empty();

  /// @param features of ietf-netconf that are supported
  /// @param reader stands on the operation's start
  CompareReader(NodeSchema root, Set<String> features, LimitedReader reader) {
    this.root = root;
    this.features = features;
    this.reader = reader;
  }

  Operation read() throws XMLStreamException, RpcException {
    XmlShape.requireNoAttributes(reader);
    String operation = reader.getLocalName();
    int level = reader.depth();
    while (XmlShape.nextChild(reader, level, operation)) {
      String name = reader.getLocalName();
      String namespace = String.valueOf(reader.getNamespaceURI());
      if (!namespace.equals(ProtocolXml.COMPARE)) {
        throw Refusals.unknownNamespace(name, namespace, ProtocolXml.COMPARE);
      }
      if (!seen.add(name)) {
        throw Refusals.badElement(name, "Parameter " + name + " stands twice: keep one of them.");
      }
      XmlShape.requireNoAttributes(reader);
      readOne(name);
    }
    if (seen.contains("subtree-filter") && seen.contains("xpath-filter")) {
      throw Refusals.badElement("xpath-filter", "Give subtree-filter or xpath-filter, not both.");
    }
    return new Operation.Compare(
        required("source", source),
        required("target", target),
        seen.contains("all"),
        seen.contains("report-origin"),
        filter);
  }

  private void readOne(String name) throws XMLStreamException, RpcException {
    switch (name) {
      case "source" -> source = NmdaReader.readDatastore(reader, features);
      case "target" -> target = NmdaReader.readDatastore(reader, features);
      case "subtree-filter" -> filter = Optional.of(SubtreeFilter.read(root, reader));
      case "xpath-filter" -> filter = Optional.of(FilterReader.xpathElement(root, reader));
      case "all", "report-origin" -> {
        if (!XmlShape.text(reader).isEmpty()) {
          throw Refusals.badElement(name, "Element " + name + " holds nothing here.");
        }
      }
      default -> throw Refusals.unknownElement(name, "compare has no parameter " + name + " here.");
    }
  }

  private static NmdaDatastore required(String name, @Nullable NmdaDatastore given)
      throws RpcException {
    if (given == null) {
      throw Refusals.missingElement(name, "Parameter " + name + " is missing: name a datastore.");
    }
    return given;
  }
}
