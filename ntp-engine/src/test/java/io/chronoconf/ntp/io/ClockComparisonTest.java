package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.linux.LinuxException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockComparisonTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeSource source = new FakeSource(1_800_000_000L * SECOND);
  private final FakeStampCalls hardware = new FakeStampCalls(source);
  private final ClockComparison comparison = new ClockComparison();

  private void read() {
    try {
      ClockReading.take(hardware.clock(0), source).ifPresent(comparison::add);
    } catch (LinuxException gone) {
      throw new AssertionError(gone);
    }
  }

  private void readEverySecond(int times) {
    for (int i = 0; i < times; i++) {
      read();
      source.advance(SECOND);
    }
  }

  /// How far off the oscillator is told now, in nanoseconds.
  private long error() {
    long told = comparison.line().orElseThrow().toRaw(hardware.clockNow()).orElseThrow();
    return Math.abs(told - source.rawNanos());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 30e-6, -500e-6})
  void twoReadingsTellHowAClockDrifts(double drift) {
    hardware.clockRate = 1 + drift;
    readEverySecond(1);
    assertEquals(Optional.empty(), comparison.line(), "the drift is not known");
    readEverySecond(1);
    assertTrue(error() < 5, "a second later: " + error());
    readEverySecond(20);
    assertTrue(error() < 5, "later: " + error());
  }

  @Test
  void aStampBetweenTwoReadingsIsTold() {
    readEverySecond(3);
    long then = hardware.clockNow();
    long raw = source.rawNanos();
    source.advance(SECOND / 2);
    read();
    long told = comparison.line().orElseThrow().toRaw(then).orElseThrow();
    assertTrue(Math.abs(told - raw) < 5);
  }

  @Test
  void theQuickestReadingCounts() throws LinuxException {
    hardware.spentPerReading = 3_001;
    ClockReading reading = ClockReading.take(hardware.clock(0), source).orElseThrow();
    assertEquals(3_001, reading.windowNanos());
    long atReading = Math.round(reading.rawNanos() * hardware.clockRate) + hardware.clockOffset;
    assertTrue(Math.abs(atReading - reading.clockNanos()) <= 1);
  }

  @Test
  void aClockThatTakesLongToReadIsNoUse() throws LinuxException {
    hardware.spentPerReading = ClockReading.MAX_WINDOW_NANOS + 1;
    assertEquals(Optional.empty(), ClockReading.take(hardware.clock(0), source));
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000, -100_000, 5 * SECOND, -5 * SECOND})
  void aClockThatIsSetBeginsAnew(long step) {
    readEverySecond(5);
    hardware.clockOffset += step;
    read();
    assertFalse(comparison.line().isPresent());
    source.advance(SECOND);
    readEverySecond(1);
    assertTrue(error() < 5);
  }

  @Test
  void aClockThatIsSteeredALittleIsFollowed() {
    readEverySecond(10);
    long atSteering = hardware.clockNow();
    hardware.clockRate += 1e-6;
    hardware.clockOffset += atSteering - hardware.clockNow();
    for (int i = 0; i < 20; i++) {
      readEverySecond(1);
      assertTrue(error() < 6_000, "after " + i + " s: " + error());
    }
    assertTrue(error() < 5);
  }

  @Test
  void aClockOfAnImpossibleRateIsNone() {
    hardware.clockRate = 1.01;
    readEverySecond(5);
    assertEquals(Optional.empty(), comparison.line());
  }

  @Test
  void readingsInARowTellNothing() {
    readEverySecond(2);
    ClockLine before = comparison.line().orElseThrow();
    source.advance(-SECOND + 1_000_000);
    read();
    assertEquals(before, comparison.line().orElseThrow());
  }

  @Test
  void whatLiesFarOffIsNotTold() {
    readEverySecond(3);
    ClockLine line = comparison.line().orElseThrow();
    assertTrue(line.toRaw(line.clockNanos() + ClockLine.REACH_NANOS).isPresent());
    assertTrue(line.toRaw(line.clockNanos() - ClockLine.REACH_NANOS).isPresent());
    assertFalse(line.toRaw(line.clockNanos() + ClockLine.REACH_NANOS + 1).isPresent());
    assertFalse(line.toRaw(line.clockNanos() - ClockLine.REACH_NANOS - 1).isPresent());
    assertFalse(line.toRaw(Long.MIN_VALUE).isPresent());
  }

  @Test
  void afterAPauseItBeginsAnew() {
    readEverySecond(3);
    source.advance(10 * SECOND);
    read();
    assertFalse(comparison.line().isPresent());
  }
}
