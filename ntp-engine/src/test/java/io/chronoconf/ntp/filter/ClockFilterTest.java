package io.chronoconf.ntp.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockFilterTest {
  private static final double PRECISION = 1e-6;
  private static final double POLL = 64;
  private static final NtpTimestamp START = new NtpTimestamp(0xe900_0000_0000_0000L);

  private final ClockFilter filter = new ClockFilter(PRECISION);

  /// Both clocks after so many seconds of the oscillator; the local one was corrected meanwhile.
  private static Now at(double seconds, double corrected) {
    return new Now(
        new MonotonicTime(Math.round(seconds * 1e9)),
        START.plus(NtpDuration.ofSeconds(seconds + corrected)));
  }

  private static FilterSample sample(double seconds, double offset, double delay) {
    return new FilterSample(
        NtpDuration.ofSeconds(offset),
        NtpDuration.ofSeconds(delay),
        NtpDuration.ofSeconds(0.001),
        at(seconds, 0));
  }

  private FilterEstimate estimate(double seconds) {
    return filter.estimate(at(seconds, 0), 0).orElseThrow();
  }

  @Test
  void knowsNothingAtFirst() {
    assertEquals(Optional.empty(), filter.estimate(at(0, 0), 0));
    assertEquals(0, filter.count());
  }

  @Test
  void countsEmptyStagesAsSixteenSeconds() {
    filter.add(sample(0, 0.01, 0.02), 0, POLL);
    double empty = 16 * (0.5 - Math.scalb(1.0, -8));
    assertEquals(0.0005 + empty, estimate(0).dispersion().toSeconds(), 1e-6);
  }

  @Test
  void takesTheOffsetOfTheLeastDelay() {
    filter.add(sample(0, 0.010, 0.050), 0, POLL);
    filter.add(sample(64, 0.003, 0.020), 0, POLL);
    filter.add(sample(128, 0.020, 0.080), 0, POLL);
    FilterEstimate estimate = estimate(128);
    assertEquals(0.003, estimate.offset().toSeconds(), 1e-9);
    assertEquals(0.020, estimate.delay().toSeconds(), 1e-9);
    assertEquals(2, estimate.stages().getFirst().order(), "newest first, told by delay");
    assertEquals(0, estimate.stages().get(1).order());
  }

  @Test
  void measuresJitterAgainstTheBest() {
    filter.add(sample(0, 0.004, 0.030), 0, POLL);
    filter.add(sample(64, 0.001, 0.020), 0, POLL);
    filter.add(sample(128, -0.003, 0.040), 0, POLL);
    double expected = Math.sqrt((0.003 * 0.003 + 0.004 * 0.004) / 2);
    assertEquals(expected, estimate(128).jitter().toSeconds(), 1e-9);
  }

  @Test
  void neverClaimsLessJitterThanPrecision() {
    filter.add(sample(0, 0.004, 0.030), 0, POLL);
    assertEquals(PRECISION, estimate(0).jitter().toSeconds(), 1e-9);
  }

  @Test
  void ageGrowsDispersion() {
    for (int i = 0; i < ClockFilter.STAGES; i++) {
      filter.add(sample(i, 0, 0.020), 0, POLL);
    }
    double young = estimate(7).dispersion().toSeconds();
    double old = estimate(1007).dispersion().toSeconds();
    double weights = 1 - Math.scalb(1.0, -8);
    assertEquals(1000 * 15e-6 * weights, old - young, 1e-9);
  }

  @Test
  void forgetsTheNinthSample() {
    filter.add(sample(0, 0.5, 0.001), 0, POLL);
    for (int i = 1; i <= ClockFilter.STAGES; i++) {
      filter.add(sample(i, 0.001, 0.020), 0, POLL);
    }
    assertEquals(0.001, estimate(8).offset().toSeconds(), 1e-9);
    assertEquals(ClockFilter.STAGES, filter.count());
  }

  @Test
  void missingAnswersPushSamplesOut() {
    filter.add(sample(0, 0.001, 0.020), 0, POLL);
    double before = estimate(0).dispersion().toSeconds();
    for (int i = 1; i < ClockFilter.STAGES; i++) {
      filter.addMissing();
      assertEquals(1, filter.count());
    }
    assertEquals(before, estimate(0).dispersion().toSeconds(), 1e-9, "empty stages are at the end");
    filter.addMissing();
    assertEquals(0, filter.count());
  }

  @Test
  void usesASampleOnceOnly() {
    assertTrue(filter.add(sample(0, 0.001, 0.020), 0, POLL));
    assertFalse(filter.add(sample(64, 0.001, 0.030), 0, POLL), "the best is the old one still");
    assertTrue(filter.add(sample(128, 0.001, 0.010), 0, POLL));
  }

  @Test
  void suppressesPopcornSpikesForAWhile() {
    for (int i = 0; i < 4; i++) {
      filter.add(sample(i * 64, 0.0001 * (i % 2), 0.020 - 0.001 * i), 0, POLL);
    }
    assertFalse(filter.add(sample(256, 0.5, 0.010), 0, POLL), "far off, soon after a good one");
    ClockFilter late = new ClockFilter(PRECISION);
    late.add(sample(0, 0, 0.020), 0, POLL);
    assertTrue(late.add(sample(200, 0.5, 0.010), 0, POLL), "nothing else came for two polls");
  }

  @Test
  void ourOwnCorrectionsAreNoJitter() {
    filter.add(sample(0, 0.100, 0.020), 0, POLL);
    Now slewed = at(64, 0.100);
    filter.add(
        new FilterSample(
            NtpDuration.ZERO, NtpDuration.ofSeconds(0.030), NtpDuration.ofSeconds(0.001), slewed),
        0,
        POLL);
    FilterEstimate estimate = filter.estimate(slewed, 0).orElseThrow();
    assertEquals(0, estimate.offset().toSeconds(), 1e-9);
    assertEquals(PRECISION, estimate.jitter().toSeconds(), 1e-9);
  }

  @Test
  void theFrequencyCorrectionIsNoOffset() {
    filter.add(sample(0, 0.001, 0.020), 1e-4, POLL);
    FilterEstimate estimate = filter.estimate(at(1000, 0.1), 1e-4).orElseThrow();
    assertEquals(0.001, estimate.offset().toSeconds(), 1e-8);
  }
}
