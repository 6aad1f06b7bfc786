package io.chronoconf.ntp.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectTest {
  private static Candidate source(int id, double offset, double distance) {
    return new Candidate(id, 2, offset, 0.001, distance, false);
  }

  private static List<Integer> ids(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::id).toList();
  }

  @Test
  void believesTheOnlySource() {
    assertEquals(List.of(1), ids(Select.truechimers(List.of(source(1, 5, 0.1)))));
  }

  @Test
  void hasNobodyWithoutCandidates() {
    assertEquals(List.of(), Select.truechimers(List.of()));
  }

  @Test
  void believesNeitherOfTwoThatDisagree() {
    assertEquals(List.of(), Select.truechimers(List.of(source(1, 0, 0.1), source(2, 1, 0.1))));
  }

  @Test
  void believesTwoThatOverlap() {
    assertEquals(
        List.of(1, 2), ids(Select.truechimers(List.of(source(1, 0, 0.1), source(2, 0.05, 0.1)))));
  }

  @ParameterizedTest
  @CsvSource({"1,true", "2,true", "3,false", "4,false"})
  void findsTheMajorityAmongFive(int liars, boolean hasMajority) {
    List<Candidate> sources = new ArrayList<>();
    for (int id = 1; id <= 5; id++) {
      sources.add(source(id, id <= liars ? id : 0.001 * id, 0.01));
    }
    List<Integer> truechimers = ids(Select.truechimers(sources));
    if (hasMajority) {
      assertEquals(5 - liars, truechimers.size());
      truechimers.forEach(id -> assertEquals(true, id > liars));
    } else {
      assertEquals(List.of(), truechimers);
    }
  }

  @Test
  void countsAMidpointOutsideAsALie() {
    // The wide interval covers the others, but it centres far away from them.
    List<Candidate> sources =
        List.of(source(1, 0, 0.01), source(2, 0.002, 0.01), source(3, 0.9, 1.0));
    assertEquals(List.of(1, 2), ids(Select.truechimers(sources)));
  }

  @Test
  void doesNotDependOnOrder() {
    List<Candidate> sources =
        List.of(source(1, 7, 0.01), source(2, 0, 0.01), source(3, 0.001, 0.02));
    assertEquals(List.of(2, 3), ids(Select.truechimers(sources)));
    assertEquals(List.of(3, 2), ids(Select.truechimers(sources.reversed())));
  }
}
