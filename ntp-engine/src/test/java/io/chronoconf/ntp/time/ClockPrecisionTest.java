package io.chronoconf.ntp.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockPrecisionTest {
  private static final long START = 1_700_000_000_000_000_000L;

  private long nanos = START;

  /// What is read of a clock with that resolution, if a reading takes so long.
  private int measure(long resolutionNanos, long readingNanos) {
    return ClockPrecision.measure(
        () -> {
          nanos += readingNanos;
          return nanos / resolutionNanos * resolutionNanos;
        });
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, -29",
    "1, 25, -25",
    "1, 1000, -19",
    "1000, 25, -19",
    "10000000, 5000, -6",
    "1000000000, 1000000, 0"
  })
  void isTheCoarserOfResolutionAndReadingTime(long resolution, long reading, int expected) {
    assertEquals(expected, measure(resolution, reading));
  }

  @Test
  void aReadingThatWasInterruptedDoesNotCount() {
    int[] readings = new int[1];
    int precision = ClockPrecision.measure(() -> nanos += readings[0]++ % 3 == 0 ? 1_000_000 : 100);
    assertEquals(-23, precision);
  }

  @Test
  void aClockThatStandsIsWorthASecond() {
    assertEquals(0, ClockPrecision.measure(() -> START));
  }
}
