package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class DelayTest {
  private static final int DRAWS = 20_000;
  private static final Delay FIXED = new Delay.Exponential(0.01, 0);

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

  @Test
  void exceedsItsBaseByTheMean() {
    Delay delay = new Delay.Exponential(0.02, 0.001);
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      double drawn = delay.draw(0, random);
      assertTrue(drawn >= 0.02, "drawn " + drawn);
      sum += drawn;
    }
    assertEquals(0.021, sum / DRAWS, 3e-5);
  }

  @Test
  void losesTheGivenShare() {
    Delay delay = new Delay.Lossy(FIXED, 0.2);
    int lost = 0;
    for (int i = 0; i < DRAWS; i++) {
      lost += delay.draw(0, random) < 0 ? 1 : 0;
    }
    assertEquals(0.2, (double) lost / DRAWS, 0.01);
  }

  @Test
  void isRaisedInTheSecondHalfOfEachPeriod() {
    Delay delay = new Delay.Raised(FIXED, 0.004, 4000);
    assertEquals(0.01, delay.draw(1999.9, random));
    assertEquals(0.014, delay.draw(2000, random), 1e-12);
    assertEquals(0.014, delay.draw(3999.9, random), 1e-12);
    assertEquals(0.01, delay.draw(4000, random));
  }

  @Test
  void changesForGood() {
    Delay delay = new Delay.Changed(FIXED, 100, new Delay.Exponential(0.05, 0));
    assertEquals(0.01, delay.draw(99, random));
    assertEquals(0.05, delay.draw(100, random));
  }
}
