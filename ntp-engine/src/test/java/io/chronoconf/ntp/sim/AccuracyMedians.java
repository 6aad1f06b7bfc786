package io.chronoconf.ntp.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A scenario over several seeds: the median of each figure on its own.
public final class AccuracyMedians {
  private AccuracyMedians() {}

  /// Runs seeds 1 to `seeds`, on all processors; the result does not depend on their number.
  public static Statistics of(Scenario scenario, int seeds) {
    List<Long> all = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      all.add(seed);
    }
    return median(all.parallelStream().map(seed -> new ScenarioRun(scenario, seed).run()).toList());
  }

  static Statistics median(List<Statistics> runs) {
    return new Statistics(
        median(runs, Statistics::rmsUs),
        median(runs, Statistics::p99Us),
        median(runs, Statistics::maxUs),
        median(runs, Statistics::frequencyRmsPpb),
        median(runs, Statistics::settle1msSeconds),
        median(runs, Statistics::settle100usSeconds),
        median(runs, Statistics::packets));
  }

  private static double median(List<Statistics> runs, ToDoubleFunction<Statistics> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
