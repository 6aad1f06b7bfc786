package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.agent.netconf.message.Operation;
import io.chronoconf.agent.netconf.notification.NotificationHub;
import io.chronoconf.agent.netconf.notification.Subscription;
import io.chronoconf.agent.netconf.session.NotificationText;
import io.chronoconf.agent.netconf.session.SettableClock;
import io.chronoconf.agent.netconf.session.TestServer;
import io.chronoconf.datastore.access.AccessControl;
import io.chronoconf.datastore.lock.SessionContext;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.engine.OffsetPolicy;
import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.time.NtpDuration;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NtpNotificationsTest {
  private static final Optional<AssociationKey> ONE = Optional.of(key("", "192.0.2.1"));
  private static final Optional<AssociationKey> TWO = Optional.of(key("red", "2001:db8::2"));

  private final NotificationHub hub =
      new NotificationHub(
          TestServer.YANG.context(),
          new AccessControl(NodeSchema.rootOf(TestServer.YANG.context()), Set.of()),
          new SettableClock("2026-11-23T12:00:00Z"));
  private final NtpNotifications notifications = new NtpNotifications(hub);

  @BeforeEach
  void subscribe() throws Exception {
    hub.subscribe(
        new SessionContext(7, "admin"),
        new Operation.CreateSubscription(
            "NETCONF", Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static AssociationKey key(String instance, String address) {
    return new AssociationKey(
        instance, InetAddress.ofLiteral(address), AssociationMode.CLIENT, true);
  }

  private String told(EngineEvent event) throws Exception {
    notifications.publish(event);
    Subscription subscription = hub.find(7).orElseThrow();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    subscription.take().orElseThrow().writeTo(message);
    return new NotificationText(message.toString(StandardCharsets.UTF_8)).toString();
  }

  @Test
  void tellsOfSynchronization() throws Exception {
    assertEquals(
        "synchronization-state-changed{clock-state=ntp:synchronized server=192.0.2.1}",
        told(new EngineEvent.SynchronizationChanged(true, ONE, Optional.empty())));
    assertEquals(
        "synchronization-state-changed{clock-state=ntp:unsynchronized server=2001:db8::2"
            + " network-instance=red reason=server-stratum}",
        told(
            new EngineEvent.SynchronizationChanged(
                false, TWO, Optional.of(EngineEvent.Loss.SERVER_STRATUM))));
  }

  @Test
  void tellsOfSourcesAndStrata() throws Exception {
    assertEquals(
        "system-peer-changed{old-server=192.0.2.1 new-server=2001:db8::2 network-instance=red"
            + " stratum=3}",
        told(new EngineEvent.SystemPeerChanged(ONE, TWO, 3)));
    assertEquals(
        "system-peer-changed{old-server=2001:db8::2 stratum=16}",
        told(new EngineEvent.SystemPeerChanged(TWO, Optional.empty(), 16)));
    assertEquals(
        "stratum-changed{old-stratum=16 new-stratum=2}",
        told(new EngineEvent.StratumChanged(16, 2)));
  }

  @Test
  void tellsWhoFoundNoRoom() throws Exception {
    assertEquals(
        "dynamic-session-limit{max-dynamic-sessions=5 address=192.0.2.1}",
        told(new EngineEvent.DynamicSessionLimit(5, ONE.orElseThrow())));
  }

  @Test
  void tellsOfStepsInMilliseconds() throws Exception {
    assertEquals(
        "time-offset-exceeded{offset=-1500.25 threshold=128 server=192.0.2.1}",
        told(
            new EngineEvent.ClockStepped(
                NtpDuration.ofSeconds(-1.50025), ONE, OffsetPolicy.STANDARD)));
    // What is below the threshold is not told.
    OffsetPolicy quiet = new OffsetPolicy(1000, 128, 2000);
    notifications.publish(new EngineEvent.ClockStepped(NtpDuration.ofSeconds(1.5), ONE, quiet));
    assertEquals(
        "time-offset-exceeded{offset=2001.0 threshold=2000 server=192.0.2.1}",
        told(new EngineEvent.ClockStepped(NtpDuration.ofSeconds(2.001), ONE, quiet)));
  }

  @Test
  void keepsToItselfWhatTheModelDoesNotKnow() throws Exception {
    notifications.publish(new EngineEvent.PanicOffset(NtpDuration.ofSeconds(2000)));
    notifications.publish(new EngineEvent.KissReceived(ONE.orElseThrow(), KissCode.RATE));
    assertEquals(
        "stratum-changed{old-stratum=2 new-stratum=3}", told(new EngineEvent.StratumChanged(2, 3)));
  }
}
