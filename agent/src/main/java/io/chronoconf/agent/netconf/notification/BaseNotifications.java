package io.chronoconf.agent.netconf.notification;

import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.QName;

/// Publishes what RFC 6470 wants told of sessions. Any thread.
public final class BaseNotifications {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications";

  private final NotificationHub hub;

  public BaseNotifications(NotificationHub hub) {
    this.hub = hub;
  }

  /// Who did it.
  ///
  /// @param sourceHost an IP address; anything else is left out
  public record Party(String user, long sessionId, Optional<String> sourceHost) {}

  /// A session exchanged its hellos.
  public void sessionStarted(Party who) {
    hub.publish(name("netconf-session-start"), n -> party(n, who));
  }

  /// A session ended.
  ///
  /// @param reason a value of `termination-reason`
  /// @param killedBy the session that killed it
  public void sessionEnded(Party who, String reason, Optional<Long> killedBy) {
    hub.publish(
        name("netconf-session-end"),
        n -> {
          party(n, who);
          n.leaf(name("killed-by"), killedBy).leaf(name("termination-reason"), reason);
        });
  }

  private void party(StateBuilder into, Party who) {
    into.leaf(name("username"), who.user()).leaf(name("session-id"), who.sessionId());
    NodeSchema host =
        hub.root()
            .child(name("netconf-session-start"))
            .flatMap(n -> n.child(name("source-host")))
            .orElseThrow();
    who.sourceHost()
        .filter(text -> isAddress(host, text))
        .ifPresent(text -> into.leaf(name("source-host"), text));
  }

  private static boolean isAddress(NodeSchema leaf, String text) {
    try {
      return leaf.codec().parse(text, _ -> null) != null;
    } catch (InvalidValueException _) {
      return false;
    }
  }

  private static QName name(String local) {
    return QName.create(NAMESPACE, "2012-02-06", local);
  }
}
