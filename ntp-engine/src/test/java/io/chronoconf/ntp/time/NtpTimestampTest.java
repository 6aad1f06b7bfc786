package io.chronoconf.ntp.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpTimestampTest {
  private static final Instant ROLLOVER = Instant.parse("2036-02-07T06:28:16Z");

  @Test
  void countsFromNineteenHundred() {
    assertEquals(
        "83aa7e80.80000000", NtpTimestamp.of(Instant.parse("1970-01-01T00:00:00.5Z")).toHex());
    assertEquals(
        "d0c6033f.00000000", NtpTimestamp.of(Instant.parse("2010-12-29T18:58:07Z")).toHex());
  }

  @Test
  void goesOnAcrossTheEndOfTheEra() {
    NtpTimestamp before = NtpTimestamp.of(ROLLOVER.minusSeconds(1));
    NtpTimestamp after = NtpTimestamp.of(ROLLOVER.plusSeconds(1));
    assertEquals("ffffffff.00000000", before.toHex());
    assertEquals("00000001.00000000", after.toHex());
    assertEquals(2, after.minus(before).toSeconds());
    assertTrue(before.isBefore(after));
    assertFalse(after.isBefore(before));
  }

  @Test
  void neverProducesUnknown() {
    NtpTimestamp rollover = NtpTimestamp.of(ROLLOVER);
    assertFalse(rollover.isUnknown());
    assertEquals(1, rollover.bits());
    assertFalse(new NtpTimestamp(-5).plus(new NtpDuration(5)).isUnknown());
  }

  @ParameterizedTest
  @CsvSource({
    "1990-01-01T00:00:00Z",
    "2026-07-01T12:00:00Z",
    "2036-02-07T06:28:15Z",
    "2036-02-07T06:28:17Z",
    "2090-01-01T00:00:00Z"
  })
  void isToldByWhoKnowsTheEra(Instant instant) {
    NtpTimestamp stamp = NtpTimestamp.of(instant);
    assertEquals(instant, stamp.toInstant(instant.plus(Duration.ofDays(20_000))));
    assertEquals(instant, stamp.toInstant(instant.minus(Duration.ofDays(20_000))));
  }

  @Test
  void differencesReachSixtyEightYears() {
    NtpTimestamp early = NtpTimestamp.of(Instant.parse("2000-01-01T00:00:00Z"));
    NtpTimestamp late = NtpTimestamp.of(Instant.parse("2068-01-01T00:00:00Z"));
    double seconds = Duration.ofDays(68 * 365 + 17).toSeconds();
    assertEquals(seconds, late.minus(early).toSeconds());
    assertEquals(-seconds, early.minus(late).toSeconds());
  }

  @ParameterizedTest
  @CsvSource({"-20", "-10", "-30"})
  void bitsBelowPrecisionAreRandomAndTheOthersStay(int precision) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    NtpTimestamp exact = NtpTimestamp.of(Instant.parse("2026-01-01T00:00:00.3Z"));
    int meaningless = 32 + precision;
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      NtpTimestamp fuzzed = exact.fuzzed(precision, random);
      assertEquals(exact.bits() >>> meaningless, fuzzed.bits() >>> meaningless);
      seen.add(fuzzed.bits());
    }
    assertTrue(seen.size() >= (precision == -30 ? 4 : 99), seen.size() + " different ones");
  }

  @Test
  void randomBitsNeverMakeItUnknown() {
    RandomGenerator zeros = () -> 0;
    assertFalse(new NtpTimestamp(5).fuzzed(-20, zeros).isUnknown());
  }

  @Test
  void nanosecondsSurviveTheWay() {
    Instant instant = Instant.parse("2026-01-01T00:00:00.123456789Z");
    assertEquals(instant, NtpTimestamp.of(instant).toInstant(instant));
    assertEquals(-1_500_000_000L, NtpDuration.ofSeconds(-1.5).toNanos());
    assertEquals(123_456_789L, NtpDuration.ofNanos(123_456_789L).toNanos());
  }
}
