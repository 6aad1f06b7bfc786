package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathExpressions;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Reads the operations of partial locks (RFC 5717 section 2.4).
final class PartialLockReader {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0";

  /// How many expressions one lock may have.
  static final int MAX_SELECT = 100;

  private static final long MAX_LOCK_ID = 4_294_967_295L;

  private final NodeSchema root;
  private final LimitedReader reader;

  /// @param reader stands on the operation's start
  PartialLockReader(NodeSchema root, LimitedReader reader) {
    this.root = root;
    this.reader = reader;
  }

  /// Reads partial-lock up to its end.
  Operation readLock() throws XMLStreamException, RpcException {
    List<XPathFilter> select = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    int depth = reader.depth();
    while (nextParameter(depth, "partial-lock", "select")) {
      String text = XmlShape.text(reader);
      select.add(parse(text));
      kept.add(kept(text));
      if (select.size() > MAX_SELECT) {
        throw Refusals.badElement(
            "select", "A partial lock takes " + MAX_SELECT + " expressions: join some with |.");
      }
    }
    if (select.isEmpty()) {
      throw Refusals.missingElement("select", "Parameter select is missing: say what to lock.");
    }
    return new Operation.PartialLock(select, kept);
  }

  /// Reads partial-unlock up to its end.
  Operation readUnlock() throws XMLStreamException, RpcException {
    Long lockId = null;
    int depth = reader.depth();
    while (nextParameter(depth, "partial-unlock", "lock-id")) {
      String digits = XmlShape.text(reader);
      if (lockId != null) {
        throw Refusals.badElement("lock-id", "Parameter lock-id stands twice: keep one of them.");
      }
      if (!digits.matches("\\+?\\d{1,18}") || Long.parseLong(digits) > MAX_LOCK_ID) {
        throw Refusals.invalidValue("lock-id is a number up to " + MAX_LOCK_ID + ".");
      }
      lockId = Long.parseLong(digits);
    }
    if (lockId == null) {
      throw Refusals.missingElement("lock-id", "Parameter lock-id is missing: add it.");
    }
    return new Operation.PartialUnlock(lockId);
  }

  private boolean nextParameter(int depth, String operation, String parameter)
      throws XMLStreamException, RpcException {
    if (!XmlShape.nextChild(reader, depth, operation)) {
      return false;
    }
    String name = reader.getLocalName();
    if (!NAMESPACE.equals(reader.getNamespaceURI())) {
      throw Refusals.unknownNamespace(name, String.valueOf(reader.getNamespaceURI()));
    }
    if (!name.equals(parameter)) {
      throw Refusals.unknownElement(name, operation + " has no parameter " + name + " here.");
    }
    XmlShape.requireNoAttributes(reader);
    return true;
  }

  // On its end an element's own declarations still hold.
  private XPathFilter parse(String expression) throws RpcException {
    XPathFilter filter;
    try {
      filter =
          XPathFilter.parse(
              root, expression, XPathExpressions.prefixes(expression, reader::getNamespaceURI));
      if (filter.givesNodes()) {
        return filter;
      }
    } catch (XPathException e) {
      throw invalid("select: " + e.getMessage() + ".", null);
    }
    throw invalid(
        "select gives no nodes but a value: write an expression that selects nodes.",
        "not-a-node-set");
  }

  private static RpcException invalid(String why, @Nullable String appTag) {
    RpcError error =
        RpcError.of(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, why)
            .withInfo(RpcError.Info.badElement("select"));
    return (appTag == null ? error : error.withAppTag(appTag)).asException();
  }

  private String kept(String expression) throws RpcException {
    NodeSchema leaf = root;
    for (String name :
        new String[] {
          "netconf-state", "datastores", "datastore", "locks", "partial-lock", "select"
        }) {
      leaf = leaf.child(ProtocolXml.MONITORING, name).orElseThrow();
    }
    try {
      return String.valueOf(leaf.codec().parse(expression, reader::getNamespaceURI));
    } catch (InvalidValueException e) {
      throw invalid("select: " + e.getMessage(), null);
    }
  }
}
