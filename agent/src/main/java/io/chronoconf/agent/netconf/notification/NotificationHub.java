package io.chronoconf.agent.netconf.notification;

import io.chronoconf.agent.netconf.message.NotificationWriter;
import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event stream NETCONF (RFC 5277), the only one there is. Any thread; nothing here waits for a
/// session.
public final class NotificationHub {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationHub.class);

  /// The stream's name.
  public static final String STREAM = "NETCONF";

  private static final QName REPLAY_COMPLETE =
      QName.create("urn:ietf:params:xml:ns:netmod:notification", "2008-07-14", "replayComplete");
  private static final QName NOTIFICATION_COMPLETE =
      QName.create(REPLAY_COMPLETE, "notificationComplete");

  private final NodeSchema root;
  private final Map<QName, NotificationDefinition> definitions = new HashMap<>();
  private final AccessControl access;
  private final InstantSource clock;
  private final Instant created;
  private final ReentrantLock lock = new ReentrantLock();
  // All are guarded by the lock.
  private final ReplayLog log = new ReplayLog();
  private final Map<Long, Subscription> subscriptions = new HashMap<>();
  private final Set<Subscription> attached = new LinkedHashSet<>();

  /// A stream in which nothing has happened yet.
  ///
  /// @param access who may receive what
  /// @param clock for event times, and to compare start and stop times with
  public NotificationHub(EffectiveModelContext schema, AccessControl access, InstantSource clock) {
    this.root = NodeSchema.notificationsOf(schema);
    schema.getNotifications().forEach(n -> definitions.put(n.getQName(), n));
    this.access = access;
    this.clock = clock;
    this.created = now();
  }

  private Instant now() {
    return Notification.time(clock.instant());
  }

  /// The node above all notifications.
  public NodeSchema root() {
    return root;
  }

  /// When the log for replay began.
  public Instant created() {
    return created;
  }

  /// Tells all subscribers that something happened just now. What cannot be told is logged: the
  /// event itself must not suffer.
  ///
  /// @param name of a notification of the schema
  /// @param content sets its leaves
  public void publish(QName name, Consumer<StateBuilder> content) {
    publish(() -> make(name, content));
  }

  /// The same for what tells of configuration: each receiver gets what it may read.
  ///
  /// @param content sets the leaves for who may read the nodes of a kind
  public void publishFor(
      QName name, Function<Predicate<DataPath>, Consumer<StateBuilder>> content) {
    publish(() -> redactable(name, now(), content, _ -> true));
  }

  private Notification redactable(
      QName name,
      Instant eventTime,
      Function<Predicate<DataPath>, Consumer<StateBuilder>> content,
      Predicate<DataPath> mayRead) {
    return notification(
        name,
        eventTime,
        content.apply(mayRead),
        Optional.of(reader -> redactable(name, eventTime, content, reader)));
  }

  private void publish(Supplier<Notification> made) {
    try {
      lock.lock();
      try {
        Notification notification = made.get();
        log.add(notification);
        subscriptions.values().forEach(s -> deliver(s, notification));
        attached.forEach(s -> deliver(s, notification));
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException e) {
      LOG.error("A notification could not be made", e);
    }
  }

  private void deliver(Subscription subscription, Notification notification) {
    if (subscription.isOver(notification.eventTime())) {
      subscription.complete();
    } else {
      subscription.offer(notification);
    }
  }

  private Notification notification(
      QName name,
      Instant eventTime,
      Consumer<StateBuilder> content,
      Optional<Notification.Redaction> redaction) {
    ContainerNode tree = NotificationWriter.tree(root, StateBuilder.container(root, name, content));
    return new Notification(
        name, eventTime, tree, NotificationWriter.write(root, eventTime, tree), redaction);
  }

  /// A notification that is published nowhere.
  ///
  /// @param name of a notification of the schema
  /// @param content sets its leaves
  public Notification make(QName name, Consumer<StateBuilder> content) {
    return notification(name, now(), content, Optional.empty());
  }

  private Notification empty(QName name) {
    return make(name, _ -> {});
  }

  /// Lets a subscription of another kind (RFC 8639) take part in the stream until it is detached.
  ///
  /// @param start from when on what has happened is sent first
  /// @param replayed tells that all of that was sent
  /// @param last makes what tells that the stop time has come
  public Subscription attach(
      Subscription.Admission admission,
      Optional<Instant> start,
      Optional<Instant> stop,
      Notification replayed,
      Supplier<Notification> last) {
    lock.lock();
    try {
      List<Notification> replay = start.map(from -> log.between(from, stop)).orElse(List.of());
      Subscription subscription = new Subscription(admission, replay, stop, last);
      if (start.isPresent()) {
        subscription.offer(replayed);
      }
      attached.add(subscription);
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  /// Ends what [#attach] began.
  public void detach(Subscription subscription) {
    subscription.close();
    lock.lock();
    try {
      attached.remove(subscription);
    } finally {
      lock.unlock();
    }
  }

  /// What the session may receive of an event (RFC 8341 section 3.4.6), if a filter lets that
  /// through: filters look at what is left, so that they tell nothing about the rest.
  public Optional<Notification> admit(
      SessionContext session, Optional<DataFilter> filter, Notification notification) {
    Notification readable = notification.readable(path -> access.mayRead(session, path));
    boolean isWanted =
        filter.isEmpty() || NotificationWriter.selects(filter.get(), root, readable.tree());
    NotificationDefinition definition = definitions.get(notification.name());
    return isWanted && definition != null && access.mayReceive(session, definition)
        ? Optional.of(readable)
        : Optional.empty();
  }

  /// Subscribes a session (RFC 5277 section 2.1.1). Nothing is sent before the caller begins to
  /// take.
  ///
  /// @throws RpcException if the session has a subscription, or the parameters do not fit
  public void subscribe(SessionContext session, Operation.CreateSubscription wanted)
      throws RpcException {
    lock.lock();
    try {
      if (subscriptions.containsKey(session.sessionId())) {
        throw RpcError.of(
                ErrorType.PROTOCOL,
                ErrorTag.IN_USE,
                "This session has a subscription already: open another session for a second one.")
            .asException();
      }
      check(wanted, clock.instant());
      List<Notification> replay =
          wanted.start().map(start -> log.between(start, wanted.stop())).orElse(List.of());
      Subscription subscription =
          new Subscription(
              n -> admit(session, wanted, n),
              replay,
              wanted.stop(),
              () -> empty(NOTIFICATION_COMPLETE));
      if (wanted.start().isPresent()) {
        subscription.offer(empty(REPLAY_COMPLETE));
      }
      if (subscription.isOver(now())) {
        subscription.complete();
      }
      subscriptions.put(session.sessionId(), subscription);
    } finally {
      lock.unlock();
    }
  }

  private static void check(Operation.CreateSubscription wanted, Instant now) throws RpcException {
    if (!wanted.stream().equals(STREAM)) {
      throw refusal(
          ErrorTag.BAD_ELEMENT,
          "stream",
          "There is no stream " + wanted.stream() + " here: use " + STREAM + ".");
    }
    if (wanted.start().isEmpty() && wanted.stop().isPresent()) {
      throw refusal(
          ErrorTag.MISSING_ELEMENT,
          "startTime",
          "stopTime needs a startTime: add it, or take out stopTime.");
    }
    if (wanted.start().isPresent() && wanted.start().get().isAfter(now)) {
      throw refusal(
          ErrorTag.BAD_ELEMENT,
          "startTime",
          "startTime is later than now, which is " + now + " on this device.");
    }
    if (wanted.stop().isPresent() && wanted.stop().get().isBefore(wanted.start().orElseThrow())) {
      throw refusal(
          ErrorTag.BAD_ELEMENT, "stopTime", "stopTime is earlier than startTime: exchange them.");
    }
  }

  private static RpcException refusal(ErrorTag tag, String element, String why) {
    return RpcError.of(ErrorType.PROTOCOL, tag, why)
        .withInfo(RpcError.Info.badElement(element))
        .asException();
  }

  // RFC 8341 section 3.4.6 exempts what tells of the subscription itself, and no filter selects it.
  private Optional<Notification> admit(
      SessionContext session, Operation.CreateSubscription wanted, Notification notification) {
    QName name = notification.name();
    if (name.equals(NOTIFICATION_COMPLETE)) {
      end(session.sessionId()); // Whoever reads it may subscribe again.
      return Optional.of(notification);
    }
    if (name.equals(REPLAY_COMPLETE)) {
      return Optional.of(notification);
    }
    return admit(session, wanted.filter(), notification);
  }

  /// The session's subscription, if it has one.
  public Optional<Subscription> find(long sessionId) {
    lock.lock();
    try {
      return Optional.ofNullable(subscriptions.get(sessionId));
    } finally {
      lock.unlock();
    }
  }

  /// Completes the subscriptions whose stop time has come.
  public void completeExpired() {
    lock.lock();
    try {
      Instant now = now();
      Stream.concat(subscriptions.values().stream(), attached.stream())
          .filter(subscription -> subscription.isOver(now))
          .forEach(Subscription::complete);
    } finally {
      lock.unlock();
    }
  }

  private void end(long sessionId) {
    lock.lock();
    try {
      subscriptions.remove(sessionId);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the subscription of a session that ends.
  public void endSession(long sessionId) {
    find(sessionId).ifPresent(Subscription::close);
    end(sessionId);
  }
}
