package io.chronoconf.ntp.sim;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/// A scenario over several seeds: the median of each figure on its own.
public final class AccuracyMedians {
  private AccuracyMedians() {}

  /// What the engine did, and what the linear filter had done with the same exchanges.
  public record Compared(Statistics ours, Statistics linear) {}

  /// Runs seeds 1 to `seeds`, on all processors; the result does not depend on their number.
  public static Statistics of(Scenario scenario, int seeds) {
    return compare(scenario, seeds).ours();
  }

  /// The same, with the yardstick beside it.
  public static Compared compare(Scenario scenario, int seeds) {
    List<Compared> runs =
        LongStream.rangeClosed(1, seeds)
            .parallel()
            .mapToObj(seed -> new ScenarioRun(scenario, seed).trace())
            .map(trace -> new Compared(trace.statistics(), trace.linearStatistics()))
            .toList();
    return new Compared(
        median(runs.stream().map(Compared::ours).toList()),
        median(runs.stream().map(Compared::linear).toList()));
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
