package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.TreeDepth;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;

/// Reads the operations of NMDA and their parameters (RFC 8526 section 3.1), whatever their order.
final class NmdaReader {
  private static final int MAX_DEPTH = 65_535;

  private final NodeSchema root;
  private final Set<String> features;
  private final LimitedReader reader;
  private final Set<String> seen = new HashSet<>();

  private @Nullable NmdaDatastore datastore;
  private Optional<DataFilter> filter = Optional.empty();
  private Optional<Boolean> isConfig = Optional.empty();
  private final Set<QName> origins = new LinkedHashSet<>();
  private final Set<QName> otherOrigins = new LinkedHashSet<>();
  private int depth = TreeDepth.UNBOUNDED;
  private Optional<DefaultsMode> defaults = Optional.empty();
  private EditOperation defaultOperation = EditOperation.MERGE;
  private @Nullable EditTree config;
  private Optional<String> url = Optional.empty();

  /// @param features of ietf-netconf that are supported
  /// @param reader stands on the operation's start
  NmdaReader(NodeSchema root, Set<String> features, LimitedReader reader) {
    this.root = root;
    this.features = features;
    this.reader = reader;
  }

  /// Reads get-data.
  Operation getData() throws XMLStreamException, RpcException {
    read(
        Set.of(
            "datastore",
            "subtree-filter",
            "xpath-filter",
            "config-filter",
            "origin-filter",
            "negated-origin-filter",
            "max-depth",
            "with-origin",
            "with-defaults"));
    NmdaDatastore from = datastore();
    exclude("subtree-filter", "xpath-filter");
    exclude("origin-filter", "negated-origin-filter");
    for (String parameter : Set.of("with-origin", "origin-filter", "negated-origin-filter")) {
      if (seen.contains(parameter) && from != NmdaDatastore.OPERATIONAL) {
        throw Refusals.invalidElement(
            parameter,
            "Only the datastore operational knows where data comes from: leave out "
                + parameter
                + ".");
      }
    }
    return new Operation.GetData(
        from,
        filter,
        isConfig,
        new OriginFilter(origins, otherOrigins),
        depth,
        seen.contains("with-origin"),
        defaults);
  }

  /// Reads edit-data.
  Operation editData() throws XMLStreamException, RpcException {
    Set<String> allowed = new HashSet<>(Set.of("datastore", "default-operation", "config"));
    if (features.contains("url")) {
      allowed.add("url");
    }
    read(allowed);
    NmdaDatastore target = datastore();
    exclude("config", "url");
    EditTree edit = config;
    if (edit == null && url.isEmpty()) {
      throw Refusals.missingElement("config", "Parameter config is missing: add it.");
    }
    return new Operation.EditData(
        target, defaultOperation, edit == null ? EditTree.EMPTY : edit, url);
  }

  private NmdaDatastore datastore() throws RpcException {
    NmdaDatastore given = datastore;
    if (given == null) {
      throw Refusals.missingElement("datastore", "Parameter datastore is missing: add it.");
    }
    return given;
  }

  private void exclude(String one, String other) throws RpcException {
    if (seen.contains(one) && seen.contains(other)) {
      throw Refusals.badElement(other, "Give " + one + " or " + other + ", not both.");
    }
  }

  private void read(Set<String> allowed) throws XMLStreamException, RpcException {
    XmlShape.requireNoAttributes(reader);
    String operation = reader.getLocalName();
    int level = reader.depth();
    while (XmlShape.nextChild(reader, level, operation)) {
      String name = reader.getLocalName();
      String namespace = String.valueOf(reader.getNamespaceURI());
      if (!namespace.equals(ProtocolXml.NMDA)) {
        throw Refusals.unknownNamespace(name, namespace, ProtocolXml.NMDA);
      }
      if (!allowed.contains(name)) {
        throw Refusals.unknownElement(name, operation + " has no parameter " + name + " here.");
      }
      if (!seen.add(name) && !name.endsWith("origin-filter")) {
        throw Refusals.badElement(name, "Parameter " + name + " stands twice: keep one of them.");
      }
      XmlShape.requireNoAttributes(reader);
      readOne(name);
    }
  }

  private void readOne(String name) throws XMLStreamException, RpcException {
    switch (name) {
      case "datastore" -> datastore = readDatastore(reader, features);
      case "subtree-filter" -> filter = Optional.of(SubtreeFilter.read(root, reader));
      case "xpath-filter" -> filter = Optional.of(FilterReader.xpathElement(root, reader));
      case "config-filter" -> isConfig = Optional.of(readBoolean(name));
      case "origin-filter" -> origins.add(readOrigin(name));
      case "negated-origin-filter" -> otherOrigins.add(readOrigin(name));
      case "max-depth" -> depth = readDepth();
      case "with-origin" -> {
        if (!XmlShape.text(reader).isEmpty()) {
          throw Refusals.badElement(name, "Element " + name + " holds nothing here.");
        }
      }
      case "with-defaults" -> defaults = Optional.of(Parameters.readWithDefaults(reader));
      case "default-operation" -> defaultOperation = Parameters.readDefaultOperation(reader);
      case "config" -> config = EditReader.read(root, reader, reader.maxTextChars());
      case "url" -> url = Optional.of(XmlShape.text(reader));
      default -> throw new IllegalStateException("no reader for parameter " + name);
    }
  }

  /// Reads an element that names a datastore, up to its end.
  ///
  /// @param features of ietf-netconf that are supported
  static NmdaDatastore readDatastore(LimitedReader reader, Set<String> features)
      throws XMLStreamException, RpcException {
    String name = reader.getLocalName();
    String text = XmlShape.text(reader);
    Optional<NmdaDatastore> found =
        NmdaDatastore.find(namespace(reader, text), local(text))
            .filter(d -> d != NmdaDatastore.STARTUP || features.contains("startup"));
    if (found.isEmpty()) {
      throw Refusals.invalidElement(
          name,
          "There is no datastore "
              + text
              + " here: yang-library lists those that are, and their names need a prefix for"
              + " their module.");
    }
    return found.get();
  }

  // The reader stands on the element's end, where its prefixes are still in scope.
  private static @Nullable String namespace(LimitedReader reader, String text) {
    return reader.getNamespaceURI(text.substring(0, Math.max(text.indexOf(':'), 0)));
  }

  private static String local(String text) {
    return text.substring(text.indexOf(':') + 1);
  }

  private boolean readBoolean(String name) throws XMLStreamException, RpcException {
    return switch (XmlShape.text(reader)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusals.invalidElement(name, name + " is true or false.");
    };
  }

  private QName readOrigin(String name) throws XMLStreamException, RpcException {
    String text = XmlShape.text(reader);
    String namespace = namespace(reader, text);
    return root.context().getModules().stream()
        .filter(module -> module.getNamespace().toString().equals(namespace))
        .flatMap(module -> module.getIdentities().stream())
        .map(IdentitySchemaNode::getQName)
        .filter(identity -> identity.getLocalName().equals(local(text)))
        .filter(identity -> OriginFilter.isOrigin(root.context(), identity))
        .findFirst()
        .orElseThrow(
            () ->
                Refusals.invalidElement(
                    name,
                    "There is no origin "
                        + text
                        + ": use intended, system, default or another of ietf-origin, with a"
                        + " prefix."));
  }

  private int readDepth() throws XMLStreamException, RpcException {
    String text = XmlShape.text(reader);
    if (text.equals("unbounded")) {
      return TreeDepth.UNBOUNDED;
    }
    if (text.matches("\\+?\\d{1,6}")) {
      int levels = Integer.parseInt(text);
      if (levels >= 1 && levels <= MAX_DEPTH) {
        return levels;
      }
    }
    throw Refusals.invalidElement(
        "max-depth", "max-depth is a number from 1 to " + MAX_DEPTH + ", or unbounded.");
  }
}
