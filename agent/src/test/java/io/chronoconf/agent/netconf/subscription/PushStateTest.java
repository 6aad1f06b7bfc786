package io.chronoconf.agent.netconf.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.agent.netconf.message.SubscriptionRequest.Trigger;
import io.chronoconf.agent.netconf.subscription.PushState.Update;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.StateBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// When what is sent, on a clock of its own.
final class PushStateTest {
  private static final NodeSchema ROOT = NodeSchema.rootOf(Trees.SCHEMA.context());
  private static final QName SYSTEM =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-system", "2014-08-06", "system");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:03Z");

  private final AtomicReference<ContainerNode> content = new AtomicReference<>(host("a"));

  private static ContainerNode host(String name) {
    return StateBuilder.root(
        ROOT,
        root ->
            root.container(SYSTEM, system -> system.leaf(QName.create(SYSTEM, "hostname"), name)));
  }

  private static long ns(long ms) {
    return Duration.ofMillis(ms).toNanos();
  }

  private PushState state(Trigger trigger) {
    return new PushState(ROOT, content::get, trigger, NOW, ns(0));
  }

  private static Trigger onChange(long dampeningMs, boolean syncOnStart, String... excluded) {
    return new Trigger.OnChange(Duration.ofMillis(dampeningMs), syncOnStart, Set.of(excluded));
  }

  private static void assertWhole(Optional<Update> update) {
    assertTrue(update.orElseThrow() instanceof Update.Whole, update::toString);
  }

  private static long number(Optional<Update> update) {
    return update.orElseThrow() instanceof Update.Changes changes ? changes.number() : -1;
  }

  @Test
  void periodsCountFromTheBeginning() {
    PushState state = state(new Trigger.Periodic(Duration.ofSeconds(1), Optional.empty()));
    assertWhole(state.next(ns(0)));
    assertEquals(Optional.empty(), state.next(ns(999)));
    assertEquals(ns(1000), state.wakeNs(ns(999)));
    assertWhole(state.next(ns(1000)));
    // Whoever did not read for a while gets one update and not all that he missed.
    assertWhole(state.next(ns(5300)));
    assertEquals(Optional.empty(), state.next(ns(5999)));
    assertWhole(state.next(ns(6000)));
  }

  @Test
  void periodsMeetTheirAnchor() {
    PushState state =
        state(
            new Trigger.Periodic(
                Duration.ofSeconds(10), Optional.of(Instant.parse("2026-01-01T00:00:05Z"))));
    assertEquals(Optional.empty(), state.next(ns(1999)));
    assertWhole(state.next(ns(2000)));
    assertEquals(ns(12_000), state.wakeNs(ns(2000)));
  }

  @Test
  void changesAreFoundByLooking() {
    PushState state = state(onChange(0, true));
    assertWhole(state.next(ns(0)));
    content.set(host("b"));
    long look = PushState.LOOK.toMillis();
    assertEquals(Optional.empty(), state.next(ns(look - 1)));
    assertEquals(0, number(state.next(ns(look))));
    assertEquals(Optional.empty(), state.next(ns(2 * look)));
  }

  @Test
  void aLookThatTakesLongIsFollowedByALongPause() {
    PushState state = state(onChange(0, true));
    assertWhole(state.next(ns(0)));
    state.took(ns(100), ns(100));
    assertEquals(ns(100 + 100 * PushState.LOOK_SHARE), state.wakeNs(ns(100)));
    state.changed();
    assertEquals(ns(100), state.wakeNs(ns(100)));
  }

  @Test
  void whatIsToldOfIsLookedAtAtOnce() {
    PushState state = state(onChange(0, true));
    assertWhole(state.next(ns(0)));
    content.set(host("b"));
    state.changed();
    assertEquals(ns(1), state.wakeNs(ns(1)));
    assertEquals(0, number(state.next(ns(1))));
    content.set(host("c"));
    state.changed();
    assertEquals(1, number(state.next(ns(2))));
  }

  @Test
  void dampeningGathersChanges() {
    PushState state = state(onChange(5000, true));
    assertWhole(state.next(ns(0)));
    for (String name : new String[] {"b", "c", "d"}) {
      content.set(host(name));
      state.changed();
      assertEquals(Optional.empty(), state.next(ns(4999)));
    }
    assertEquals(ns(5000), state.wakeNs(ns(4999)));
    assertEquals(0, number(state.next(ns(5000))));
    assertEquals(Optional.empty(), state.next(ns(9999)));
  }

  @Test
  void whatComesBackIsNoChange() {
    PushState state = state(onChange(5000, true));
    assertWhole(state.next(ns(0)));
    content.set(host("b"));
    state.changed();
    content.set(host("a"));
    assertEquals(Optional.empty(), state.next(ns(5000)));
  }

  @Test
  void withoutSyncTheFirstLookIsSilent() {
    PushState state = state(onChange(0, false));
    assertEquals(Optional.empty(), state.next(ns(0)));
    content.set(host("b"));
    state.changed();
    assertEquals(0, number(state.next(ns(1))));
  }

  @Test
  void excludedChangesAreNotTold() {
    PushState state = state(onChange(0, true, "replace"));
    assertWhole(state.next(ns(0)));
    content.set(host("b"));
    state.changed();
    assertEquals(Optional.empty(), state.next(ns(1)));
  }

  @Test
  void aResyncComesWhateverTheDampening() {
    PushState state = state(onChange(5000, true));
    assertWhole(state.next(ns(0)));
    state.resync();
    assertEquals(ns(1), state.wakeNs(ns(1)));
    assertWhole(state.next(ns(1)));
  }

  @Test
  void aChangedSubscriptionBeginsAnew() {
    PushState state = state(new Trigger.Periodic(Duration.ofSeconds(1), Optional.empty()));
    assertWhole(state.next(ns(0)));
    state.modify(content::get, onChange(0, true), NOW, ns(100));
    assertWhole(state.next(ns(100)));
    content.set(host("b"));
    state.changed();
    assertEquals(0, number(state.next(ns(101))));
  }
}
