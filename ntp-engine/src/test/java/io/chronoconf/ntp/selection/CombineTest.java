package io.chronoconf.ntp.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CombineTest {
  private static final Candidate NEAR = new Candidate(1, 2, 0.002, 0.003, 0.1, false);
  private static final Candidate FAR = new Candidate(2, 2, 0.008, 0.001, 0.2, false);

  @Test
  void weighsByTheReciprocalOfDistance() {
    Combine.Combined combined = Combine.combine(List.of(NEAR, FAR), 0);
    assertEquals((10 * 0.002 + 5 * 0.008) / 15, combined.offset(), 1e-12);
    assertEquals(1, combined.systemPeer().id());
  }

  @Test
  void addsTheSpreadToThePeersJitter() {
    Combine.Combined combined = Combine.combine(List.of(NEAR, FAR), 0);
    double spread = 5 * 0.006 * 0.006 / 15;
    assertEquals(Math.sqrt(spread + 0.003 * 0.003), combined.jitter(), 1e-12);
  }

  @Test
  void doesNotHopBetweenEquals() {
    assertEquals(2, Combine.combine(List.of(NEAR, FAR), 2).systemPeer().id());
  }

  @Test
  void leavesAPeerForALowerStratum() {
    Candidate lower = new Candidate(3, 1, 0, 0.001, 0.9, false);
    assertEquals(3, Combine.combine(List.of(lower, NEAR, FAR), 2).systemPeer().id());
  }

  @Test
  void followsThePreferredSurvivor() {
    Candidate preferred = new Candidate(4, 5, 0.001, 0.001, 0.9, true);
    assertEquals(4, Combine.combine(List.of(NEAR, FAR, preferred), 1).systemPeer().id());
  }
}
