package io.chronoconf.agent.netconf.message;

import io.chronoconf.agent.netconf.message.SubscriptionRequest.Selection;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Target;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathExpressions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/// Reads the operations on subscriptions (RFC 8639 section 2.4, RFC 8641 section 4.4).
final class SubscriptionReader {
  static final String NOTIFICATIONS = "urn:ietf:params:xml:ns:yang:ietf-subscribed-notifications";
  static final String PUSH = "urn:ietf:params:xml:ns:yang:ietf-yang-push";

  private static final Set<String> OF_PUSH =
      Set.of(
          "datastore",
          "datastore-subtree-filter",
          "datastore-xpath-filter",
          "selection-filter-ref",
          "periodic",
          "on-change");
  private static final Set<String> OF_STREAM =
      Set.of(
          "stream",
          "stream-subtree-filter",
          "stream-xpath-filter",
          "stream-filter-name",
          "replay-start-time");
  private static final Set<String> CHANGES =
      Set.of("create", "delete", "insert", "move", "replace");
  private static final long CENTISECOND_MS = 10;
  private static final long MAX_UINT32 = 4_294_967_295L;

  private final NodeSchema root;
  private final LimitedReader reader;
  private final Set<String> seen = new HashSet<>();

  private @Nullable Long id;
  private @Nullable String stream;
  private @Nullable QName datastore;
  private @Nullable QName encoding;
  private @Nullable Selection selection;
  private @Nullable Trigger trigger;
  private @Nullable Instant replayStart;
  private @Nullable Instant stop;

  /// @param reader stands on the operation's start
  SubscriptionReader(NodeSchema root, LimitedReader reader) {
    this.root = root;
    this.reader = reader;
  }

  /// Reads up to the operation's end.
  ///
  /// @param operation its name
  /// @return empty if it is none of these operations
  Optional<Operation> read(String operation) throws XMLStreamException, RpcException {
    return switch (operation) {
      case "establish-subscription" -> {
        readAll(operation);
        refuse(operation, "id");
        yield Optional.of(new Operation.EstablishSubscription(request(false)));
      }
      case "modify-subscription" -> {
        readAll(operation);
        refuse(operation, "stream", "replay-start-time", "encoding");
        yield Optional.of(new Operation.ModifySubscription(requiredId(), request(true)));
      }
      case "delete-subscription" -> {
        readAll(operation);
        requireIdAlone(operation);
        yield Optional.of(new Operation.DeleteSubscription(requiredId()));
      }
      case "kill-subscription" -> {
        readAll(operation);
        requireIdAlone(operation);
        yield Optional.of(new Operation.KillSubscription(requiredId()));
      }
      default -> Optional.empty();
    };
  }

  /// Reads resync-subscription up to its end.
  Operation readResync() throws XMLStreamException, RpcException {
    readAll("resync-subscription");
    requireIdAlone("resync-subscription");
    return new Operation.ResyncSubscription(requiredId());
  }

  private void readAll(String operation) throws XMLStreamException, RpcException {
    XmlShape.requireNoAttributes(reader);
    String own = String.valueOf(reader.getNamespaceURI());
    int depth = reader.depth();
    while (XmlShape.nextChild(reader, depth, operation)) {
      String name = reader.getLocalName();
      String namespace = String.valueOf(reader.getNamespaceURI());
      if (!namespace.equals(OF_PUSH.contains(name) ? PUSH : own)) {
        throw Refusals.unknownNamespace(name, namespace);
      }
      if (!seen.add(name)) {
        throw Refusals.badElement(name, "Parameter " + name + " stands twice: keep one of them.");
      }
      readOne(operation, name);
    }
  }

  private void readOne(String operation, String name) throws XMLStreamException, RpcException {
    switch (name) {
      case "id" -> id = number(name, MAX_UINT32);
      case "stream" -> stream = XmlShape.text(reader);
      case "datastore" -> datastore = identity();
      case "encoding" -> encoding = identity();
      case "stream-filter-name", "selection-filter-ref" ->
          select(name, new Selection.Named(XmlShape.text(reader)));
      case "stream-subtree-filter" ->
          select(name, subtree(NodeSchema.notificationsOf(root.context())));
      case "datastore-subtree-filter" -> select(name, subtree(root));
      case "stream-xpath-filter" ->
          select(name, expression(NodeSchema.notificationsOf(root.context()), name));
      case "datastore-xpath-filter" -> select(name, expression(root, name));
      case "replay-start-time" -> replayStart = time(name);
      case "stop-time" -> stop = time(name);
      case "periodic" -> trigger(name, periodic());
      case "on-change" -> trigger(name, onChange(operation));
      default ->
          throw Refusals.unknownElement(name, operation + " has no parameter " + name + " here.");
    }
  }

  private void select(String name, Selection wanted) throws RpcException {
    if (selection != null) {
      throw Refusals.badElement(name, "A subscription has one filter: take out " + name + ".");
    }
    selection = wanted;
  }

  private void trigger(String name, Trigger wanted) throws RpcException {
    if (trigger != null) {
      throw Refusals.badElement(name, "Give periodic or on-change, not both.");
    }
    trigger = wanted;
  }

  private Selection subtree(NodeSchema above) throws XMLStreamException, RpcException {
    XmlShape.requireNoAttributes(reader);
    return new Selection.Given(SubtreeFilter.read(above, reader), Optional.empty());
  }

  private Selection expression(NodeSchema above, String parameter)
      throws XMLStreamException, RpcException {
    XmlShape.requireNoAttributes(reader);
    String text = XmlShape.text(reader);
    try {
      // On its end an element's own declarations still hold.
      XPathFilter filter =
          XPathFilter.parse(above, text, XPathExpressions.prefixes(text, reader::getNamespaceURI));
      if (filter.givesNodes()) {
        return new Selection.Given(filter, Optional.of(kept(text, parameter)));
      }
    } catch (XPathException e) {
      throw SubscriptionErrors.filterUnsupported("%s: %s.".formatted(parameter, e.getMessage()));
    }
    throw SubscriptionErrors.filterUnsupported(
        parameter + " gives no nodes but a value: write an expression that selects nodes.");
  }

  // As the datastores keep expressions, to be shown again.
  private String kept(String expression, String parameter) throws RpcException {
    boolean isOfPush = OF_PUSH.contains(parameter);
    NodeSchema leaf =
        root.child(NOTIFICATIONS, "filters")
            .flatMap(
                filters ->
                    isOfPush
                        ? filters.child(PUSH, "selection-filter")
                        : filters.child(NOTIFICATIONS, "stream-filter"))
            .flatMap(filter -> filter.child(isOfPush ? PUSH : NOTIFICATIONS, parameter))
            .orElseThrow();
    try {
      return String.valueOf(leaf.codec().parse(expression, reader::getNamespaceURI));
    } catch (InvalidValueException e) {
      throw SubscriptionErrors.filterUnsupported(parameter + ": " + e.getMessage());
    }
  }

  private Trigger periodic() throws XMLStreamException, RpcException {
    int depth = reader.depth();
    Duration period = null;
    Optional<Instant> anchor = Optional.empty();
    while (XmlShape.nextChild(reader, depth, "periodic")) {
      switch (ofPush()) {
        case "period" -> period = centiseconds("period");
        case "anchor-time" -> anchor = Optional.of(time("anchor-time"));
        default -> throw unknown("periodic");
      }
    }
    if (period == null) {
      throw Refusals.missingElement("period", "A periodic subscription needs its period: add it.");
    }
    return new Trigger.Periodic(period, anchor);
  }

  private Trigger onChange(String operation) throws XMLStreamException, RpcException {
    int depth = reader.depth();
    Duration dampening = Duration.ZERO;
    boolean isSynced = true;
    Set<String> excluded = new LinkedHashSet<>();
    boolean isNew = operation.equals("establish-subscription");
    while (XmlShape.nextChild(reader, depth, "on-change")) {
      String name = ofPush();
      if (!isNew && !name.equals("dampening-period")) {
        throw unknown("on-change of " + operation);
      }
      switch (name) {
        case "dampening-period" -> dampening = centiseconds(name);
        case "sync-on-start" -> isSynced = truth(name);
        case "excluded-change" -> excluded.add(change());
        default -> throw unknown("on-change");
      }
    }
    return new Trigger.OnChange(dampening, isSynced, excluded);
  }

  private String ofPush() throws RpcException {
    String namespace = String.valueOf(reader.getNamespaceURI());
    if (!namespace.equals(PUSH)) {
      throw Refusals.unknownNamespace(reader.getLocalName(), namespace);
    }
    return reader.getLocalName();
  }

  private RpcException unknown(String parent) {
    String name = reader.getLocalName();
    return Refusals.unknownElement(name, "There is no " + name + " in " + parent + ".");
  }

  private Duration centiseconds(String name) throws XMLStreamException, RpcException {
    return Duration.ofMillis(number(name, MAX_UINT32) * CENTISECOND_MS);
  }

  private boolean truth(String name) throws XMLStreamException, RpcException {
    return switch (XmlShape.text(reader)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusals.invalidValue(name + " is true or false.");
    };
  }

  private String change() throws XMLStreamException, RpcException {
    String change = XmlShape.text(reader);
    if (!CHANGES.contains(change)) {
      throw Refusals.invalidValue("excluded-change is create, delete, insert, move or replace.");
    }
    return change;
  }

  private long number(String name, long most) throws XMLStreamException, RpcException {
    String digits = XmlShape.text(reader);
    if (!digits.matches("\\+?\\d{1,18}") || Long.parseLong(digits) > most) {
      throw Refusals.invalidValue(name + " is a number up to " + most + ".");
    }
    return Long.parseLong(digits);
  }

  private Instant time(String name) throws XMLStreamException, RpcException {
    try {
      return OffsetDateTime.parse(XmlShape.text(reader)).toInstant();
    } catch (DateTimeParseException _) {
      throw Refusals.invalidValue(
          name + " is a date and time such as 2026-11-23T12:00:00Z (RFC 3339).");
    }
  }

  // An identity is what its prefix says where it stands.
  private QName identity() throws XMLStreamException, RpcException {
    String parameter = reader.getLocalName();
    XmlShape.requireNoAttributes(reader);
    String text = XmlShape.text(reader);
    int colon = text.indexOf(':');
    // On its end an element's own declarations still hold.
    String namespace =
        String.valueOf(
            reader.getNamespaceContext().getNamespaceURI(text.substring(0, Math.max(0, colon))));
    return root.context().getModules().stream()
        .filter(module -> module.getNamespace().toString().equals(namespace))
        .flatMap(module -> module.getIdentities().stream())
        .map(identity -> identity.getQName())
        .filter(name -> name.getLocalName().equals(text.substring(colon + 1)))
        .findFirst()
        .orElseThrow(
            () ->
                Refusals.invalidValue(
                    parameter + " names no identity of a module here: " + text + "."));
  }

  private void refuse(String operation, String... names) throws RpcException {
    for (String name : names) {
      if (seen.contains(name)) {
        throw Refusals.unknownElement(name, operation + " has no parameter " + name + ".");
      }
    }
  }

  private void requireIdAlone(String operation) throws RpcException {
    for (String name : seen) {
      if (!name.equals("id")) {
        throw Refusals.unknownElement(name, operation + " has no parameter " + name + ".");
      }
    }
  }

  private long requiredId() throws RpcException {
    Long given = id;
    if (given == null) {
      throw Refusals.missingElement("id", "Parameter id is missing: add it.");
    }
    return given;
  }

  private SubscriptionRequest request(boolean isChange) throws RpcException {
    boolean isOfDatastore = seen.stream().anyMatch(OF_PUSH::contains);
    boolean isOfStream = seen.stream().anyMatch(OF_STREAM::contains);
    if (isOfDatastore && isOfStream) {
      throw Refusals.badElement(
          "datastore", "A subscription is to a stream or to a datastore, not to both.");
    }
    return new SubscriptionRequest(
        isOfDatastore ? ofDatastore() : ofStream(isChange),
        Optional.ofNullable(stop),
        Optional.ofNullable(encoding));
  }

  private Target ofDatastore() throws RpcException {
    QName name = datastore;
    if (name == null) {
      throw Refusals.missingElement("datastore", "Parameter datastore is missing: add it.");
    }
    return new Target.Datastore(name, Optional.ofNullable(selection), Optional.ofNullable(trigger));
  }

  private Target ofStream(boolean isChange) throws RpcException {
    if (stream == null && !isChange) {
      throw Refusals.missingElement(
          "stream", "Neither stream nor datastore is there: add what to subscribe to.");
    }
    return new Target.Stream(
        Optional.ofNullable(stream),
        Optional.ofNullable(selection),
        Optional.ofNullable(replayStart));
  }
}
