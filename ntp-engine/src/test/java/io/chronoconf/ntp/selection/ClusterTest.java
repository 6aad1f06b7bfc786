package io.chronoconf.ntp.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private static Candidate source(int id, int stratum, double offset, double distance) {
    return new Candidate(id, stratum, offset, 0.001, distance, false);
  }

  private static List<Integer> survivors(Candidate... candidates) {
    return Cluster.survivors(List.of(candidates)).stream().map(Candidate::id).toList();
  }

  @Test
  void putsStrataBeforeDistances() {
    assertEquals(
        List.of(2, 3, 1),
        survivors(source(1, 3, 0, 0.01), source(2, 2, 0, 0.5), source(3, 2, 0, 0.6)));
  }

  @Test
  void castsOffTheFarthestWhileItSpreadsMoreThanTheBestJitters() {
    assertEquals(
        List.of(1, 2, 3),
        survivors(
            source(1, 2, 0, 0.01),
            source(2, 2, 0.0001, 0.02),
            source(3, 2, 0.0002, 0.03),
            source(4, 2, 0.05, 0.04),
            source(5, 2, -0.03, 0.05)));
  }

  @Test
  void keepsThreeHoweverFarTheyLie() {
    assertEquals(
        List.of(1, 2, 3),
        survivors(source(1, 2, 0, 0.1), source(2, 2, 0.2, 0.2), source(3, 2, -0.2, 0.3)));
  }

  @Test
  void keepsThoseThatAgreeWithinTheirJitter() {
    assertEquals(
        List.of(1, 2, 3, 4),
        survivors(
            source(1, 2, 0, 0.01),
            source(2, 2, 0.0001, 0.02),
            source(3, 2, 0.0002, 0.03),
            source(4, 2, 0.0003, 0.04)));
  }

  @Test
  void keepsThePreferredOne() {
    Candidate preferred = new Candidate(4, 2, 0.05, 0.001, 0.04, true);
    assertEquals(
        List.of(1, 2, 3, 4),
        survivors(source(1, 2, 0, 0.01), source(2, 2, 0, 0.02), source(3, 2, 0, 0.03), preferred));
  }
}
