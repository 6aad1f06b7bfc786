package io.chronoconf.agent.netconf.notification;

import io.chronoconf.datastore.tree.DataPath;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Something that happened, ready to be sent. Immutable, shared by all subscriptions.
public final class Notification implements Feed.Message {
  private final QName name;
  private final Instant eventTime;
  private final ContainerNode tree;
  private final byte[] xml;
  private final Optional<Redaction> redaction;

  /// Makes what is left of a notification for who may not read everything that it tells of.
  @FunctionalInterface
  interface Redaction {
    Notification readable(Predicate<DataPath> mayRead);
  }

  /// @param tree the notification under the root of all notifications
  /// @param xml the whole message; not copied
  /// @param redaction if it tells of nodes that not everybody may read
  Notification(
      QName name,
      Instant eventTime,
      ContainerNode tree,
      byte[] xml,
      Optional<Redaction> redaction) {
    this.name = name;
    this.eventTime = eventTime;
    this.tree = tree;
    this.xml = xml;
    this.redaction = redaction;
  }

  /// An event time. In milliseconds, so that what clients read is what start times are compared
  /// with.
  public static Instant time(Instant now) {
    return now.truncatedTo(ChronoUnit.MILLIS);
  }

  /// Which notification it is.
  public QName name() {
    return name;
  }

  Instant eventTime() {
    return eventTime;
  }

  ContainerNode tree() {
    return tree;
  }

  /// The same for one receiver.
  ///
  /// @param mayRead which nodes it may be told of
  Notification readable(Predicate<DataPath> mayRead) {
    return redaction.map(r -> r.readable(mayRead)).orElse(this);
  }

  /// What it costs to keep or to send.
  int bytes() {
    return xml.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(xml);
  }
}
