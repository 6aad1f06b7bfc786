package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant START = Instant.parse("2026-06-30T23:59:00Z");
  private static final NtpTimestamp MIDNIGHT = NtpTimestamp.of(START.plusSeconds(60));

  private final FakeSource source = new FakeSource(START.getEpochSecond() * SECOND);
  private final VirtualClock clock = VirtualClock.start(source, NtpDuration.ZERO, 0);

  @Test
  void startsAtTheHostsTimePlusTheOffset() {
    VirtualClock ahead = VirtualClock.start(source, NtpDuration.ofSeconds(0.25), 0);
    assertEquals(0.25, ahead.now().local().minus(NtpTimestamp.of(START)).toSeconds(), 1e-9);
  }

  @Test
  void itsOscillatorIsWrongByTheFrequencyError() {
    VirtualClock fast = VirtualClock.start(source, NtpDuration.ZERO, 2e-5);
    Now before = fast.now();
    source.advance(1_000 * SECOND);
    Now after = fast.now();
    assertEquals(1_000.02, after.monotonic().secondsSince(before.monotonic()), 1e-9);
    assertEquals(1_000.02, after.local().minus(before.local()).toSeconds(), 1e-8);
  }

  @Test
  void correctingTheFrequencyCancelsTheError() {
    VirtualClock fast = VirtualClock.start(source, NtpDuration.ZERO, 2e-5);
    fast.adjust(1 / 1.00002 - 1, NtpDuration.ZERO, 0);
    NtpTimestamp before = fast.now().local();
    source.advance(10_000 * SECOND);
    assertEquals(10_000, fast.now().local().minus(before).toSeconds(), 1e-8);
  }

  @Test
  void stepsAtOnceAndEndsTheSlew() {
    clock.adjust(0, NtpDuration.ofSeconds(1), 0.01);
    NtpTimestamp before = clock.now().local();
    clock.step(NtpDuration.ofSeconds(-3));
    source.advance(1_000 * SECOND);
    assertEquals(997, clock.now().local().minus(before).toSeconds(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, -0.3, 1e-6, -7e-9, 20})
  void aSlewGainsItsPhaseExactlyAndEndsByItself(double phase) {
    NtpDuration wanted = NtpDuration.ofSeconds(phase);
    NtpTimestamp before = clock.now().local();
    clock.adjust(0, wanted, 5e-4);
    source.advance(100_000 * SECOND);
    NtpDuration gained =
        clock.now().local().minus(before).minus(NtpDuration.ofNanos(100_000 * SECOND));
    assertEquals(wanted, gained);
  }

  @Test
  void aSlewNeverExceedsItsRate() {
    clock.adjust(0, NtpDuration.ofSeconds(0.001), 1e-4);
    for (int i = 0; i < 200; i++) {
      NtpTimestamp before = clock.now().local();
      source.advance(100_000_000);
      double gain = clock.now().local().minus(before).toSeconds() - 0.1;
      assertTrue(gain > -1e-9 && gain <= 0.1 * 1e-4 + 1e-9, "gain " + gain);
    }
  }

  @Test
  void replacingASlewKeepsWhatItHasGained() {
    NtpTimestamp before = clock.now().local();
    clock.adjust(0, NtpDuration.ofSeconds(1), 0.01);
    source.advance(50 * SECOND);
    clock.adjust(0, NtpDuration.ZERO, 0.01);
    source.advance(50 * SECOND);
    assertEquals(100.5, clock.now().local().minus(before).toSeconds(), 1e-9);
  }

  /// Whatever is done to it, other than a step, the reading neither jumps nor runs backwards.
  @Test
  void adjustmentsNeverMakeTheReadingJump() {
    for (long seed = 1; seed <= 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      NtpTimestamp last = clock.now().local();
      for (int i = 0; i < 200; i++) {
        long span = random.nextLong(1, 3 * SECOND);
        source.advance(span);
        NtpTimestamp before = clock.now().local();
        clock.adjust(
            random.nextDouble(-1e-3, 1e-3),
            NtpDuration.ofSeconds(random.nextDouble(-1, 1)),
            random.nextDouble(0, 0.05));
        NtpTimestamp after = clock.now().local();
        double jump = after.minus(before).toSeconds();
        assertEquals(0, jump, 1e-9, "seed " + seed + " round " + i);
        double run = before.minus(last).toSeconds() / (span / 1e9);
        assertTrue(Math.abs(run - 1) < 0.052 + 1e-9 / span, "seed " + seed + " rate " + run);
        last = after;
      }
    }
  }

  @Test
  void tellsAnInstantBeforeTheLastStepAsItWasThen() {
    source.advance(SECOND);
    long then = source.rawNanos();
    NtpTimestamp reading = clock.now().local();
    source.advance(1_000_000);
    clock.step(NtpDuration.ofSeconds(5));
    assertEquals(reading, clock.at(then).local());
  }

  @Test
  void insertsALeapSecondAtTheEndOfTheDay() {
    clock.setLeap(1);
    source.advance(60 * SECOND - 1);
    assertTrue(clock.now().local().isBefore(MIDNIGHT));
    source.advance(1);
    assertEquals(-1, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-9);
    source.advance(5 * SECOND);
    clock.adjust(0, NtpDuration.ZERO, 0);
    source.advance(100_000 * SECOND);
    assertEquals(100_004, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-8);
  }

  @Test
  void deletesTheLastSecondOfTheDay() {
    clock.setLeap(-1);
    source.advance(59 * SECOND);
    assertEquals(0, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2036-02-07T06:28:10Z", "2036-06-30T23:59:00Z"})
  void runsOnInTheNextEra(String start) {
    Instant begins = Instant.parse(start);
    FakeSource later = new FakeSource(begins.getEpochSecond() * SECOND);
    VirtualClock across = VirtualClock.start(later, NtpDuration.ZERO, 0);
    across.adjust(0, NtpDuration.ofSeconds(0.002), 1e-3);
    NtpTimestamp first = across.now().local();
    across.setLeap(1);
    VirtualClockAnchor anchor = across.anchor();
    later.advance(12 * SECOND);
    assertEquals(12.002, across.now().local().minus(first).toSeconds(), 1e-8);
    assertEquals(
        begins.plusSeconds(12).getEpochSecond(), across.now().local().toInstant().getEpochSecond());
    VirtualClock resumed = VirtualClock.start(later, NtpDuration.ZERO, 0);
    resumed.resume(anchor);
    assertEquals(12, resumed.now().local().minus(first).toSeconds(), 1e-8);
    across.step(NtpDuration.ofSeconds(-20));
    assertEquals(-7.998, across.now().local().minus(first).toSeconds(), 1e-8);
  }

  /// Both kinds at every instant around, whatever slew or frequency is in force: the reading is
  /// what the clock without the leap reads, less what it leapt, and leaps once.
  @ParameterizedTest
  @CsvSource({"1, 0.3", "1, -0.3", "-1, 0.3", "-1, -0.3", "1, 0", "-1, 0"})
  void leapsAtTheExactInstantWhileASlewIsPending(int leap, double phase) {
    VirtualClock other = VirtualClock.start(source, NtpDuration.ZERO, 0);
    NtpDuration slew = NtpDuration.ofSeconds(phase);
    clock.adjust(3e-5, slew, 0.004);
    other.adjust(3e-5, slew, 0.004);
    clock.setLeap(leap);
    NtpTimestamp leapAt = MIDNIGHT.plus(NtpDuration.ofSeconds(leap < 0 ? -1 : 0));
    boolean hasLeapt = false;
    for (int i = 0; i < 7_000; i++) {
      source.advance(10_000_000);
      if (i % 100 == 0) {
        clock.adjust(3e-5, slew, 0.004);
        other.adjust(3e-5, slew, 0.004);
      }
      NtpTimestamp without = other.now().local();
      boolean isDue = !without.isBefore(leapAt);
      double gap = clock.now().local().minus(without).toSeconds();
      assertEquals(isDue ? -leap : 0, gap, 1e-9, "at " + i);
      hasLeapt |= isDue;
    }
    assertTrue(hasLeapt);
  }

  @Test
  void stampsFromBeforeTheLeapStayAsTheyWere() {
    clock.setLeap(1);
    source.advance(60 * SECOND - 1_000);
    long then = source.rawNanos();
    NtpTimestamp reading = clock.now().local();
    source.advance(2_000);
    assertEquals(reading, clock.at(then).local());
    clock.adjust(1e-5, NtpDuration.ofSeconds(0.1), 0.01);
    assertEquals(reading, clock.at(then).local());
    clock.setLeap(0);
    assertEquals(-1 + 1e-6, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-8);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "-1, 50", "1, 70", "-1, 70", "1, 60", "1, 59"})
  void aRestartKnowsOfTheLeap(int leap, int savedAfter) {
    clock.setLeap(leap);
    source.advance(savedAfter * SECOND);
    VirtualClockAnchor anchor = clock.anchor();
    source.advance(100 * SECOND);
    VirtualClock second = VirtualClock.start(source, NtpDuration.ofSeconds(9), 0);
    second.resume(anchor);
    assertEquals(0, second.now().local().minus(clock.now().local()).toSeconds(), 1e-9);
    assertEquals(
        100 + savedAfter - leap,
        second.now().local().minus(NtpTimestamp.of(START)).toSeconds(),
        1e-8);
  }

  @Test
  void whatWasSavedBeforeTheAnnouncementIsNotEnough() {
    VirtualClockAnchor saved = clock.anchor();
    assertTrue(clock.hasLeapOf(saved));
    clock.setLeap(1);
    assertFalse(clock.hasLeapOf(saved));
    assertTrue(clock.hasLeapOf(clock.anchor()));
    clock.setLeap(0);
    assertTrue(clock.hasLeapOf(saved));
  }

  @Test
  void aStepPastMidnightHasTheLeapBehindIt() {
    clock.setLeap(1);
    clock.step(NtpDuration.ofSeconds(63));
    assertEquals(3, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-9);
    source.advance(SECOND);
    assertEquals(4, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-9);
  }

  @Test
  void aLeapThatIsDoneCanBeAnnouncedAgain() {
    clock.setLeap(1);
    source.advance(62 * SECOND);
    clock.setLeap(1);
    source.advance(86_400 * SECOND);
    assertEquals(86_400, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-8);
  }

  @Test
  void aWithdrawnLeapSecondDoesNotHappen() {
    clock.setLeap(1);
    source.advance(SECOND);
    clock.setLeap(0);
    source.advance(100 * SECOND);
    assertEquals(41, clock.now().local().minus(MIDNIGHT).toSeconds(), 1e-9);
  }

  @Test
  void goesOnAfterARestartAsIfItHadRunAllTheWhile() {
    VirtualClock first = VirtualClock.start(source, NtpDuration.ofSeconds(0.3), 2e-5);
    first.adjust(-1e-5, NtpDuration.ZERO, 0);
    source.advance(100 * SECOND);
    VirtualClockAnchor anchor = first.anchor();
    source.advance(1_000 * SECOND);
    VirtualClock second = VirtualClock.start(source, NtpDuration.ofSeconds(9), 2e-5);
    second.resume(anchor);
    assertEquals(0, second.now().local().minus(first.now().local()).toSeconds(), 1e-9, "it jumped");
    assertEquals(-1e-5, second.anchor().frequency());
  }

  @Test
  void refusesAnErrorThatNoOscillatorHas() {
    assertThrows(
        IllegalArgumentException.class, () -> VirtualClock.start(source, NtpDuration.ZERO, 0.2));
  }
}
