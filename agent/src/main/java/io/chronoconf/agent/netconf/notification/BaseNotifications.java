package io.chronoconf.agent.netconf.notification;

import io.chronoconf.datastore.commit.ConfirmEvent;
import io.chronoconf.datastore.edit.EditSummary;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;

/// Publishes what RFC 6470 wants told of sessions and of running. Any thread.
public final class BaseNotifications {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications";

  /// Edits that one notification tells of; RFC 6470 lets a server leave out the others.
  static final int MAX_EDITS = 10_000;

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

  /// A configuration datastore changed. Whoever may not read a node is not told what happened to
  /// it, but that something happened, when and by whom.
  ///
  /// @param who changed it; empty for the agent itself
  /// @param datastore `running` or `startup`
  public void configChanged(
      Optional<Party> who, String datastore, List<EditSummary.Change> changes) {
    hub.publishFor(
        name("netconf-config-change"),
        mayRead ->
            n -> {
              n.container(
                  name("changed-by"),
                  by ->
                      who.ifPresentOrElse(
                          party -> party(by, party), () -> by.leaf(name("server"), Empty.value())));
              n.leaf(name("datastore"), datastore);
              changes.stream()
                  .filter(change -> mayRead.test(change.target()))
                  .limit(MAX_EDITS)
                  .forEach(change -> edit(n, change));
            });
  }

  /// A confirmed commit began, goes on or ended.
  ///
  /// @param who did it; empty if it timed out
  /// @param timeout until it is taken back, if it began or goes on
  public void commitConfirmation(
      Optional<Party> who, ConfirmEvent event, Optional<Duration> timeout) {
    hub.publish(
        name("netconf-confirmed-commit"),
        n -> {
          who.ifPresent(party -> party(n, party));
          n.leaf(name("confirm-event"), event.wire())
              .leaf(name("timeout"), timeout.map(Duration::toSeconds));
        });
  }

  private static void edit(StateBuilder into, EditSummary.Change change) {
    into.entry(
        name("edit"),
        edit ->
            edit.leaf(name("target"), change.target().identifier())
                .leaf(name("operation"), change.operation().wire()));
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
