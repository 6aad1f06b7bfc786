package io.chronoconf.ntp.io;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Learns from readings, some second apart, how a hardware clock runs beside the oscillator. Others
/// may set the clock or change its rate: a reading that does not continue the earlier ones makes it
/// begin anew. One thread.
final class ClockComparison {
  private static final int REMEMBERED = 8;

  /// How far off its nominal rate a clock may be, as a ratio.
  private static final double MAX_RATE_ERROR = 1e-3;

  /// What a change of temperature or a gentle servo may do between two readings.
  private static final long WANDER_NANOS = 5_000;

  private final Deque<ClockReading> readings = new ArrayDeque<>();

  /// Readings that lie closer together tell nothing of the rate.
  static final long MIN_SPAN_NANOS = 500_000_000;

  /// Takes in a reading.
  void add(ClockReading reading) {
    if (!readings.isEmpty() && isSoonAfter(readings.getLast(), reading)) {
      return;
    }
    if (!continues(reading)) {
      readings.clear();
    }
    readings.addLast(reading);
    if (readings.size() > REMEMBERED) {
      readings.removeFirst();
    }
  }

  /// Empty before two readings agree.
  Optional<ClockLine> line() {
    if (readings.size() < 2) {
      return Optional.empty();
    }
    ClockReading first = readings.getFirst();
    ClockReading last = readings.getLast();
    double rate = (double) (last.rawNanos() - first.rawNanos()) / span(first, last);
    return Optional.of(new ClockLine(last.clockNanos(), last.rawNanos(), rate));
  }

  private static boolean isSoonAfter(ClockReading last, ClockReading reading) {
    long span = reading.rawNanos() - last.rawNanos();
    return span >= 0 && span < MIN_SPAN_NANOS;
  }

  private boolean continues(ClockReading reading) {
    if (readings.isEmpty()) {
      return false;
    }
    ClockReading last = readings.getLast();
    long rawSpan = reading.rawNanos() - last.rawNanos();
    if (span(last, reading) <= 0 || rawSpan <= 0 || rawSpan > ClockLine.REACH_NANOS) {
      return false;
    }
    double expected = span(last, reading) * line().map(ClockLine::rawPerClock).orElse(1.0);
    return Math.abs(expected - rawSpan) <= tolerance(reading, last, rawSpan);
  }

  private double tolerance(ClockReading reading, ClockReading last, long rawSpan) {
    return readings.size() < 2
        ? rawSpan * MAX_RATE_ERROR
        : WANDER_NANOS
            + reading.windowNanos()
            + last.windowNanos()
            + readings.getFirst().windowNanos();
  }

  private static long span(ClockReading from, ClockReading to) {
    return to.clockNanos() - from.clockNanos();
  }
}
