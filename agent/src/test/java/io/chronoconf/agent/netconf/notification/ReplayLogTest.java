package io.chronoconf.agent.netconf.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// The limits of what is kept, for replay and for a session that does not read.
class ReplayLogTest {
  private static final QName NAME = QName.create("urn:test", "2026-01-01", "event");
  private static final Instant START = Instant.EPOCH;

  private static Notification event(long second, int bytes) {
    return new Notification(
        NAME,
        START.plusSeconds(second),
        ImmutableNodes.newContainerBuilder()
            .withNodeIdentifier(NodeIdentifier.create(NAME))
            .build(),
        new byte[bytes],
        Optional.empty());
  }

  private static List<Long> seconds(ReplayLog log, long from, Optional<Long> to) {
    return log.between(START.plusSeconds(from), to.map(START::plusSeconds)).stream()
        .map(n -> n.eventTime().getEpochSecond())
        .toList();
  }

  @Test
  void keepsTheNewestByCount() {
    ReplayLog log = new ReplayLog();
    for (int i = 0; i < ReplayLog.MAX_COUNT + 5; i++) {
      log.add(event(i, 1));
    }
    List<Long> kept = seconds(log, 0, Optional.empty());
    assertEquals(ReplayLog.MAX_COUNT, kept.size());
    assertEquals(5, kept.getFirst());
  }

  @Test
  void keepsTheNewestByBytes() {
    ReplayLog log = new ReplayLog();
    log.add(event(1, ReplayLog.MAX_BYTES / 2));
    log.add(event(2, ReplayLog.MAX_BYTES / 2));
    assertEquals(List.of(1L, 2L), seconds(log, 0, Optional.empty()));
    log.add(event(3, 1));
    assertEquals(List.of(2L, 3L), seconds(log, 0, Optional.empty()));
    log.add(event(4, ReplayLog.MAX_BYTES + 1));
    assertEquals(List.of(), seconds(log, 0, Optional.empty()));
    log.add(event(5, 1));
    assertEquals(List.of(5L), seconds(log, 0, Optional.empty()));
  }

  @Test
  void findsAnIntervalThoughTheClockWasStepped() {
    ReplayLog log = new ReplayLog();
    log.add(event(10, 1));
    log.add(event(30, 1));
    log.add(event(20, 1));
    assertEquals(List.of(30L, 20L), seconds(log, 20, Optional.of(30L)));
    assertEquals(List.of(10L, 20L), seconds(log, 0, Optional.of(29L)));
  }

  @Test
  void aQueueThatIsFullEndsTheSubscriptionAndHoldsNothing() throws InterruptedException {
    Subscription byCount =
        new Subscription(Optional::of, List.of(), Optional.empty(), () -> event(9, 1));
    for (int i = 0; i < Subscription.MAX_QUEUED; i++) {
      byCount.offer(event(i, 1));
    }
    assertFalse(byCount.isOverrun());
    byCount.offer(event(0, 1));
    assertTrue(byCount.isOverrun());
    assertEquals(Optional.empty(), byCount.take());

    Subscription byBytes =
        new Subscription(Optional::of, List.of(), Optional.empty(), () -> event(9, 1));
    byBytes.offer(event(1, Subscription.MAX_QUEUED_BYTES));
    assertTrue(byBytes.take().isPresent());
    byBytes.offer(event(2, Subscription.MAX_QUEUED_BYTES));
    assertFalse(byBytes.isOverrun());
    byBytes.offer(event(3, 1));
    assertTrue(byBytes.isOverrun());
  }

  @Test
  void aClosedSubscriptionGivesNothingMore() throws InterruptedException {
    Subscription subscription =
        new Subscription(Optional::of, List.of(event(1, 1)), Optional.empty(), () -> event(9, 1));
    subscription.offer(event(2, 1));
    subscription.close();
    assertEquals(Optional.empty(), subscription.take());
  }
}
