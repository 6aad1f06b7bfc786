package io.chronoconf.ntp.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.MonotonicTime;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final MonotonicTime START = new MonotonicTime(0);

  private final Reach reach = new Reach(START);

  private void polls(int count, boolean isAnswered) {
    for (int i = 0; i < count; i++) {
      reach.shift(START.plusSeconds(100));
      if (isAnswered) {
        reach.hit();
      }
    }
  }

  @Test
  void countsAnswersBitByBit() {
    polls(1, true);
    assertEquals(1, reach.bits());
    polls(1, false);
    assertEquals(2, reach.bits());
    polls(1, true);
    assertEquals(5, reach.bits());
    polls(8, true);
    assertEquals(255, reach.bits());
  }

  @Test
  void forgetsAfterEightPolls() {
    polls(1, true);
    polls(7, false);
    assertTrue(reach.isReachable());
    polls(1, false);
    assertFalse(reach.isReachable());
    assertEquals(50, reach.unreachableSeconds(START.plusSeconds(150)));
  }

  @Test
  void countsUnreachabilityFromTheStart() {
    assertEquals(9, reach.unreachableSeconds(START.plusSeconds(9)));
    polls(1, true);
    assertEquals(0, reach.unreachableSeconds(START.plusSeconds(200)));
  }

  @Test
  void noticesThreeSilentPolls() {
    polls(1, true);
    polls(2, false);
    assertTrue(reach.isHeardLately());
    polls(1, false);
    assertFalse(reach.isHeardLately());
  }
}
