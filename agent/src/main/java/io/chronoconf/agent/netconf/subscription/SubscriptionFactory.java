package io.chronoconf.agent.netconf.subscription;

import io.chronoconf.agent.netconf.message.NmdaDatastore;
import io.chronoconf.agent.netconf.message.SubscriptionErrors;
import io.chronoconf.agent.netconf.message.SubscriptionRequest;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Selection;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Target;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.datastore.Datastores;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.SubtreeFilter;
import io.chronoconf.datastore.filter.XPathFilter;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.validate.DefaultsInUse;
import io.chronoconf.datastore.xpath.XPathCostException;
import io.chronoconf.datastore.xpath.XPathException;
import io.chronoconf.datastore.xpath.XPathExpressions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks what subscriptions ask for and makes what they consist of. Any thread.
final class SubscriptionFactory {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionFactory.class);

  /// Shortest period and shortest dampening but none.
  static final Duration SHORTEST = Duration.ofMillis(100);

  private static final String XML = "encode-xml";

  private final Datastores datastores;
  private final NotificationHub hub;
  private final InstantSource clock;
  private final long maxXPathSteps;
  private final Notices notices;
  private final DefaultsInUse defaults;

  SubscriptionFactory(
      Datastores datastores, NotificationHub hub, InstantSource clock, long maxXPathSteps) {
    this.datastores = datastores;
    this.hub = hub;
    this.clock = clock;
    this.maxXPathSteps = maxXPathSteps;
    this.notices = new Notices(hub);
    this.defaults = new DefaultsInUse(datastores.root());
  }

  Notices notices() {
    return notices;
  }

  Receiver establish(long id, SessionContext session, SubscriptionRequest request)
      throws RpcException {
    if (request.encoding().isPresent() && !request.encoding().get().equals(Notices.name(XML))) {
      throw SubscriptionErrors.encodingUnsupported(request.encoding().get().getLocalName());
    }
    requireFuture(request.stop());
    return switch (request.target()) {
      case Target.Stream stream -> {
        requireStream(stream, request.stop());
        yield new ToStream(id, session, request, stream, this, hub);
      }
      case Target.Datastore datastore -> new ToDatastore(id, session, request, datastore, this);
    };
  }

  private void requireFuture(Optional<Instant> stop) throws RpcException {
    if (stop.isPresent() && stop.get().isBefore(clock.instant())) {
      throw invalid("stop-time has passed: it is " + clock.instant() + " on this device.");
    }
  }

  private void requireStream(Target.Stream stream, Optional<Instant> stop) throws RpcException {
    String name = stream.name().orElseThrow();
    if (!name.equals(NotificationHub.STREAM)) {
      throw invalid("There is no stream " + name + " here: use " + NotificationHub.STREAM + ".");
    }
    Optional<Instant> start = stream.replayStart();
    if (start.isPresent() && start.get().isAfter(clock.instant())) {
      throw invalid(
          "replay-start-time is later than now, which is " + clock.instant() + " on this device.");
    }
    if (start.isPresent() && stop.isPresent() && stop.get().isBefore(start.get())) {
      throw invalid("stop-time is earlier than replay-start-time: exchange them.");
    }
  }

  private static RpcException invalid(String why) {
    return RpcError.of(ErrorType.APPLICATION, ErrorTag.INVALID_VALUE, why).asException();
  }

  /// When a replay really begins, if the log does not go back as far as was asked for.
  Optional<Instant> laterReplay(SubscriptionRequest request) {
    return request.target() instanceof Target.Stream stream
        ? stream
            .replayStart()
            .filter(start -> start.isBefore(hub.created()))
            .map(_ -> hub.created())
        : Optional.empty();
  }

  Optional<DataFilter> eventFilter(Optional<Selection> selection) throws RpcException {
    return filter(selection, hub.root(), "stream-filter", "name", "stream-xpath-filter");
  }

  private Optional<DataFilter> filter(
      Optional<Selection> selection, NodeSchema above, String list, String key, String expression)
      throws RpcException {
    return switch (selection.orElse(null)) {
      case null -> Optional.empty();
      case Selection.Given given -> Optional.of(given.filter());
      case Selection.Named(String name) ->
          Optional.of(parsed(above, configured(name, list, key, expression)));
    };
  }

  // Filters are read when a subscription is made; what becomes of them later does not matter to it.
  private String configured(String name, String list, String key, String expression)
      throws RpcException {
    boolean isOfPush = list.equals("selection-filter");
    return ConfigCursor.of(datastores.root(), datastores.read(DatastoreName.RUNNING))
        .container(Notices.name("filters"))
        .stream()
        .flatMap(filters -> filters.list(name(isOfPush, list)).stream())
        .filter(entry -> entry.leaf(name(isOfPush, key), String.class).equals(Optional.of(name)))
        .findFirst()
        .flatMap(entry -> entry.leaf(name(isOfPush, expression), String.class))
        .orElseThrow(
            () ->
                SubscriptionErrors.filterUnsupported(
                    "There is no filter " + name + " with an expression in /filters."));
  }

  private static QName name(boolean isOfPush, String local) {
    return isOfPush ? Notices.pushName(local) : Notices.name(local);
  }

  // Expressions are kept with the names of modules as prefixes.
  private DataFilter parsed(NodeSchema above, String expression) throws RpcException {
    try {
      return XPathFilter.parse(
          above, expression, XPathExpressions.prefixes(expression, this::namespaceOf));
    } catch (XPathException e) {
      throw SubscriptionErrors.filterUnsupported("The filter's expression: " + e.getMessage());
    }
  }

  private @org.jspecify.annotations.Nullable String namespaceOf(String module) {
    return datastores.schema().findModules(module).stream()
        .findFirst()
        .map(Module::getNamespace)
        .map(Object::toString)
        .orElse(null);
  }

  /// The trigger of a target.
  ///
  /// @param isNew whether the subscription is being established
  Trigger trigger(Target.Datastore target, boolean isNew) throws RpcException {
    Trigger trigger =
        target
            .trigger()
            .orElseThrow(
                () ->
                    RpcError.of(
                            ErrorType.APPLICATION,
                            ErrorTag.MISSING_ELEMENT,
                            "A subscription to a datastore is periodic or on-change: add one.")
                        .withInfo(RpcError.Info.badElement("periodic"))
                        .asException());
    Duration shortest =
        switch (trigger) {
          case Trigger.Periodic periodic -> periodic.period();
          case Trigger.OnChange onChange ->
              onChange.dampening().isZero() ? SHORTEST : onChange.dampening();
        };
    if (shortest.compareTo(SHORTEST) < 0) {
      throw SubscriptionErrors.periodUnsupported(
          isNew
              ? "establish-subscription-datastore-error-info"
              : "modify-subscription-datastore-error-info",
          SHORTEST);
    }
    return trigger;
  }

  /// What a trigger becomes: what cannot be changed stays, and so does what is not named.
  Optional<Trigger> changed(Optional<Trigger> before, Optional<Trigger> wanted) {
    if (wanted.isEmpty()) {
      return before;
    }
    if (before.orElse(null) instanceof Trigger.OnChange old
        && wanted.get() instanceof Trigger.OnChange changed) {
      return Optional.of(
          new Trigger.OnChange(changed.dampening(), old.syncOnStart(), old.excluded()));
    }
    return wanted;
  }

  /// What a subscription selects, as the session may read it.
  Supplier<ContainerNode> content(SessionContext session, Target.Datastore target)
      throws RpcException {
    Optional<DataFilter> filter =
        filter(
            target.selection(),
            datastores.root(),
            "selection-filter",
            "filter-id",
            "datastore-xpath-filter");
    Supplier<ContainerNode> all = datastore(target.name(), target.trigger());
    return () -> selected(filter, datastores.access().readable(session, all.get()));
  }

  private Supplier<ContainerNode> datastore(QName name, Optional<Trigger> trigger)
      throws RpcException {
    NmdaDatastore datastore =
        NmdaDatastore.find(name.getNamespace().toString(), name.getLocalName())
            .filter(known -> known.conventional().map(datastores::has).orElse(true))
            .orElseThrow(() -> SubscriptionErrors.datastoreNotSubscribable(name.getLocalName()));
    return switch (datastore) {
      case OPERATIONAL -> this::operational;
      case INTENDED -> () -> datastores.read(DatastoreName.RUNNING);
      case FACTORY_DEFAULT -> {
        if (trigger.orElse(null) instanceof Trigger.OnChange) {
          throw SubscriptionErrors.unchangingSelection();
        }
        ContainerNode first = datastores.factoryDefault();
        yield () -> first;
      }
      case RUNNING, CANDIDATE, STARTUP ->
          () -> datastores.read(datastore.conventional().orElseThrow());
    };
  }

  // As get-data answers it: with the defaults that are in use (RFC 8342 section 5.3).
  private ContainerNode operational() {
    ContainerNode bare = datastores.operational();
    try {
      return defaults.complete(bare, true).tree();
    } catch (XPathCostException e) {
      LOG.warn("Defaults are left out of a subscription's update: {}", e.getMessage());
      return bare;
    }
  }

  // An update that cannot be made is empty, and the log says why: the next may do.
  private ContainerNode selected(Optional<DataFilter> filter, ContainerNode tree) {
    try {
      return switch (filter.orElse(null)) {
        case null -> tree;
        case SubtreeFilter subtree -> subtree.select(datastores.root(), tree);
        case XPathFilter xpath -> xpath.select(tree, maxXPathSteps);
      };
    } catch (XPathException e) {
      LOG.warn("A subscription's filter cannot be evaluated: {}", e.getMessage());
      return ImmutableNodes.newContainerBuilder().withNodeIdentifier(tree.name()).build();
    }
  }

  PushFeed push(long id, Supplier<ContainerNode> content, Trigger trigger, Optional<Instant> stop) {
    return new PushFeed(
        datastores.root(),
        id,
        content,
        trigger,
        stop,
        () -> notices.terminated(id),
        clock,
        System::nanoTime);
  }
}
