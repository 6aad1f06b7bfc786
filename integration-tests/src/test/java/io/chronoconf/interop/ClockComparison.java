package io.chronoconf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How far apart two clocks of this machine really were: both agents log their clock against the
/// one oscillator that they share, so the comparison owes nothing to the network.
///
/// @param rmsSeconds root mean square of the difference
/// @param maximumSeconds largest magnitude of the difference
/// @param readings how many readings were compared
record ClockComparison(double rmsSeconds, double maximumSeconds, int readings) {

  /// Compares the last seconds of two clock logs (oscillator in ns, clock in ns).
  static ClockComparison of(Path logOfA, Path logOfB, int seconds) throws IOException {
    NavigableMap<Long, Long> a = readings(logOfA);
    NavigableMap<Long, Long> b = readings(logOfB);
    long from = Math.min(a.lastKey(), b.lastKey()) - seconds * 1_000_000_000L;
    List<Double> differences = new ArrayList<>();
    for (Map.Entry<Long, Long> reading : b.tailMap(from).entrySet()) {
      Map.Entry<Long, Long> before = a.floorEntry(reading.getKey());
      Map.Entry<Long, Long> after = a.higherEntry(reading.getKey());
      if (before == null || after == null) {
        continue;
      }
      double share =
          (double) (reading.getKey() - before.getKey()) / (after.getKey() - before.getKey());
      double clockOfA = (after.getValue() - before.getValue()) * share;
      differences.add((reading.getValue() - before.getValue() - clockOfA) / 1e9);
    }
    if (differences.size() < seconds / 2) {
      throw new AssertionError("the clock logs hold too few readings: " + differences.size());
    }
    double squares = differences.stream().mapToDouble(d -> d * d).sum();
    return new ClockComparison(
        Math.sqrt(squares / differences.size()),
        differences.stream().mapToDouble(Math::abs).max().orElseThrow(),
        differences.size());
  }

  @Override
  public String toString() {
    return String.format(
        "rms %.1f us, largest %.1f us over %d readings",
        rmsSeconds * 1e6, maximumSeconds * 1e6, readings);
  }

  private static NavigableMap<Long, Long> readings(Path log) throws IOException {
    NavigableMap<Long, Long> readings = new TreeMap<>();
    for (String line : Files.readAllLines(log)) {
      String[] cells = line.split(",", -1);
      if (cells.length == 2 && cells[0].matches("\\d+") && cells[1].matches("\\d+")) {
        readings.put(Long.parseLong(cells[0]), Long.parseLong(cells[1]));
      }
    }
    return readings;
  }
}
