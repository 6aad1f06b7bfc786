package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  void changesForGoodWithItsRoute() {
    Delay delay = new Delay.Rerouted(FIXED, 100, 0.04);
    assertEquals(0.01, delay.draw(99, random));
    assertEquals(0.05, delay.draw(100, random));
    assertEquals(0.01, delay.least());
    assertEquals(0.008, new Delay.Rerouted(FIXED, 100, -0.002).least(), 1e-12);
  }

  @Test
  void isOpenOnlyForAWhile() {
    Delay delay = new Delay.Intermittent(FIXED, 100, 200, 1000);
    assertTrue(delay.draw(99, random) < 0);
    assertEquals(0.01, delay.draw(100, random));
    assertEquals(0.01, delay.draw(3199, random));
    assertTrue(delay.draw(3200, random) < 0);
  }

  @Test
  void losesOnAnotherRouteWhatWasLostBefore() {
    Delay delay = new Delay.Rerouted(new Delay.Lossy(FIXED, 1), 100, 5);
    assertTrue(delay.draw(200, random) < 0);
  }

  static Stream<DelayLaw> laws() {
    return Stream.of(
        new DelayLaw.Exponential(),
        new DelayLaw.Lognormal(),
        new DelayLaw.HalfNormal(),
        new DelayLaw.Pareto(5),
        new DelayLaw.Uniform(),
        new DelayLaw.Erlang(3),
        new DelayLaw.Noisy(),
        new DelayLaw.Spikes());
  }

  @ParameterizedTest
  @MethodSource("laws")
  void hasTheSameMeanAndAKnownVarianceUnderEveryLaw(DelayLaw law) {
    Delay delay = new Delay.Exponential(0.02, 0.001).withLaw(law);
    int draws = 20 * DRAWS;
    double sum = 0;
    double square = 0;
    for (int i = 0; i < draws; i++) {
      double excess = (delay.draw(0, random) - 0.02) / 0.001;
      sum += excess;
      square += excess * excess;
    }
    double mean = sum / draws;
    assertEquals(1, mean, 0.02);
    assertEquals(1, (square / draws - mean * mean) / law.variance(), 0.1);
  }

  @Test
  void keepsItsShapeUnderAnotherLaw() {
    DelayLaw law = new DelayLaw.Uniform();
    Delay fixed = new Delay.Drawn(0.01, 0, law);
    assertEquals(
        new Delay.Raised(new Delay.Lossy(fixed, 0.2), 0.004, 4000),
        new Delay.Raised(new Delay.Lossy(FIXED, 0.2), 0.004, 4000).withLaw(law));
    assertEquals(new Delay.Rerouted(fixed, 7, 0.5), new Delay.Rerouted(FIXED, 7, 0.5).withLaw(law));
  }

  @Test
  void losesNothingToNoisyStamps() {
    Delay delay = new Delay.Drawn(0, 0.001, new DelayLaw.Noisy());
    for (int i = 0; i < DRAWS; i++) {
      assertTrue(delay.draw(0, random) > 0);
    }
  }
}
