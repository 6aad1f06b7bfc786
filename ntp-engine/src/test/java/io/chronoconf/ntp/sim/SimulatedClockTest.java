package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

  @Test
  void runsAtTheOscillatorsRateTimesTheCorrection() {
    SimulatedClock clock = new SimulatedClock(0.1, 1e-4, 0, random);
    clock.adjust(-2e-4, NtpDuration.ZERO, 0.05);
    clock.advance(1000);
    assertEquals(0.1 + 1000 * (1.0001 * 0.9998 - 1), clock.error(), 1e-9);
    assertEquals(1.0001 * 0.9998 - 1, clock.frequencyError(), 1e-15);
  }

  @Test
  void endsASlewWhenThePhaseIsGone() {
    SimulatedClock clock = new SimulatedClock(0.1, 0, 0, random);
    clock.adjust(0, NtpDuration.ofSeconds(-0.1), 0.05);
    clock.advance(1);
    assertEquals(0.05, clock.error(), 1e-9);
    assertEquals(-0.05, clock.frequencyError(), 1e-15);
    clock.advance(100);
    assertEquals(0, clock.error(), 1e-9);
    assertEquals(0, clock.frequencyError());
  }

  @Test
  void replacesASlewInProgressAndCancelsItOnAStep() {
    SimulatedClock clock = new SimulatedClock(0, 0, 0, random);
    clock.adjust(0, NtpDuration.ofSeconds(10), 0.1);
    clock.adjust(0, NtpDuration.ofSeconds(0.05), 0.1);
    clock.advance(10);
    assertEquals(0.05, clock.error(), 1e-9);
    clock.adjust(0, NtpDuration.ofSeconds(10), 0.1);
    clock.step(NtpDuration.ofSeconds(-3));
    clock.advance(10);
    assertEquals(0.05 - 3, clock.error(), 1e-9);
  }

  @Test
  void readsBothClocksAtOnceAndNeverCorrectsTheOscillator() {
    SimulatedClock clock = new SimulatedClock(0, 1e-5, 0, random);
    Now before = clock.now();
    clock.step(NtpDuration.ofSeconds(100));
    clock.advance(10);
    Now after = clock.now();
    assertEquals(10 * 1.00001, after.monotonic().secondsSince(before.monotonic()), 1e-9);
    assertEquals(100 + 10 * 1.00001, after.local().minus(before.local()).toSeconds(), 1e-9);
  }

  @Test
  void tellsHowLongUntilTheOscillatorReads() {
    SimulatedClock clock = new SimulatedClock(0, 0.1, 0, random);
    MonotonicTime time = clock.now().monotonic().plusSeconds(11);
    assertEquals(10, clock.secondsUntil(time), 1e-9);
    clock.advance(20);
    assertEquals(0, clock.secondsUntil(time));
  }

  @Test
  void walksWithTheGivenStep() {
    SimulatedClock clock = new SimulatedClock(0, 0, 1e-8, random);
    double sum = 0;
    int steps = 10_000;
    for (int i = 0; i < steps; i++) {
      double before = clock.frequencyError();
      clock.walk();
      sum += Math.pow(clock.frequencyError() - before, 2);
    }
    assertEquals(1e-8, Math.sqrt(sum / steps), 5e-10);
    assertTrue(SimulatedClock.perfect(random).error() == 0);
  }
}
