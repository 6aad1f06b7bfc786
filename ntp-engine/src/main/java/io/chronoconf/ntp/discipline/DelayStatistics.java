package io.chronoconf.ntp.discipline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Learns the [DelayModel] of one server from a window of its exchanges. Round trips alone give the
/// floor and, at first, the scale; later each way's scale comes from the excesses that the
/// estimator's phase implies. Disturbed ways are left out.
final class DelayStatistics {
  static final int WINDOW = 256;

  /// Exchanges for which the scale comes from round trips alone.
  private static final int FIRST = 12;

  /// What is believed beforehand of a scale counts as so many exchanges: little if it comes from
  /// the round trips at hand, much if from another route, for with free scales both ways a wrong
  /// phase explains itself.
  private static final double PSEUDO_COUNT = 3;

  static final double PRIOR_COUNT = 32;
  private static final double LEAST_SCALE = 2e-8;
  private static final double LEAST_RELATIVE_DEVIATION = 0.003;
  private static final int CELLS = 30;

  /// Median, mean and deviation of sums of two exponentials and of their least of n.
  private static final double MEDIAN_OF_SUM = 1.678;

  private static final double MEAN_OF_LEAST = 1.25;
  private static final double DEVIATION_OF_LEAST = 0.655;

  private final double[] roundTrips = new double[WINDOW];
  private final double[] outboundDelays = new double[WINDOW];
  private final double[] inboundDelays = new double[WINDOW];
  private final boolean[] cleanOutbound = new boolean[WINDOW];
  private final boolean[] cleanInbound = new boolean[WINDOW];
  private final @Nullable DelayModel prior;
  private @Nullable DelayModel known;
  private int next;
  private int count;

  /// Of a route of which nothing is known.
  DelayStatistics() {
    this.prior = null;
  }

  /// Of a route whose excess delays are likely to be those of another, while its floor is new.
  DelayStatistics(DelayModel prior) {
    this.prior = prior;
  }

  /// Adds an exchange before its phase is known; [#judge] completes it.
  void add(double roundTrip) {
    known = null;
    roundTrips[next] = roundTrip;
    outboundDelays[next] = roundTrip / 2;
    inboundDelays[next] = roundTrip / 2;
    cleanOutbound[next] = true;
    cleanInbound[next] = true;
    next = (next + 1) % WINDOW;
    count = Math.min(count + 1, WINDOW);
  }

  /// Forgets the last `exchanges`.
  void forget(int exchanges) {
    int gone = Math.min(exchanges, count);
    known = null;
    next = Math.floorMod(next - gone, WINDOW);
    count -= gone;
  }

  /// All delays of one direction, or round trips, in seconds, without those of the last exchanges.
  double[] outboundDelays(int except) {
    return older(outboundDelays, except);
  }

  double[] inboundDelays(int except) {
    return older(inboundDelays, except);
  }

  double[] roundTrips(int except) {
    return older(roundTrips, except);
  }

  private double[] older(double[] window, int except) {
    double[] older = new double[Math.max(count - except, 0)];
    for (int i = 0; i < older.length; i++) {
      older[i] = window[Math.floorMod(next - 1 - except - i, WINDOW)];
    }
    return older;
  }

  /// Completes the exchange added `age` exchanges before the last (0: the last one).
  void judge(
      int age, double outboundDelay, double inboundDelay, boolean isCleanOut, boolean isCleanIn) {
    if (age >= count) {
      return;
    }
    known = null;
    int index = Math.floorMod(next - 1 - age, WINDOW);
    outboundDelays[index] = outboundDelay;
    inboundDelays[index] = inboundDelay;
    cleanOutbound[index] = isCleanOut;
    cleanInbound[index] = isCleanIn;
  }

  int count() {
    return count;
  }

  /// What is known now; there was an exchange.
  DelayModel model() {
    DelayModel model = known;
    if (model == null) {
      model = compute();
      known = model;
    }
    return model;
  }

  private DelayModel compute() {
    if (prior != null) {
      return modelOfExcesses(withFloor(prior.outboundScale(), prior.inboundScale()));
    }
    DelayModel first = modelOfRoundTrips();
    return count <= FIRST ? first : modelOfExcesses(first);
  }

  private DelayModel modelOfRoundTrips() {
    double[] sorted = cleanRoundTrips();
    Arrays.sort(sorted);
    int n = sorted.length;
    double least = sorted[0];
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    // floor = least - c j and j = (median - floor) / m, solved for j
    double shift = MEAN_OF_LEAST / Math.sqrt(n);
    double scale = Math.max((median - least) / (MEDIAN_OF_SUM - Math.min(shift, 0.9)), LEAST_SCALE);
    double floor = Math.max((least - shift * scale) / 2, 0);
    double deviation = DEVIATION_OF_LEAST / 2 * scale / Math.sqrt(n);
    return new DelayModel(floor, deviation, scale, scale, count);
  }

  private double[] cleanRoundTrips() {
    double[] clean = new double[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (cleanOutbound[i] && cleanInbound[i]) {
        clean[n++] = roundTrips[i];
      }
    }
    return n == 0 ? Arrays.copyOf(roundTrips, count) : Arrays.copyOf(clean, n);
  }

  private DelayModel modelOfExcesses(DelayModel first) {
    double floor = first.floor();
    DelayModel expected = prior == null ? first : prior;
    double out = meanExcess(outboundDelays, cleanOutbound, floor, expected.outboundScale());
    double in = meanExcess(inboundDelays, cleanInbound, floor, expected.inboundScale());
    return withFloor(out, in);
  }

  private double meanExcess(double[] delays, boolean[] clean, double floor, double expected) {
    double n = prior == null ? PSEUDO_COUNT : PRIOR_COUNT;
    double sum = n * expected;
    for (int i = 0; i < count; i++) {
      if (clean[i]) {
        sum += Math.max(delays[i] - floor, 0);
        n++;
      }
    }
    return Math.max(sum / n, LEAST_SCALE);
  }

  /// The floor's posterior on a grid: `z`, how far the least round trip lies above two floors, has
  /// the likelihood of all round trips under the density of a sum of two exponentials.
  private DelayModel withFloor(double out, double in) {
    double[] trips = cleanRoundTrips();
    double least = Arrays.stream(trips).min().orElseThrow();
    double scale = Math.sqrt(out * in);
    double step = 5 * scale / Math.sqrt(trips.length) / CELLS;
    double[] logs = new double[CELLS];
    double best = Double.NEGATIVE_INFINITY;
    for (int cell = 0; cell < CELLS; cell++) {
      double z = (cell + 0.5) * step;
      double log = 0;
      double product = 1;
      for (double trip : trips) {
        product *= DelayModel.sumDensity(trip - least + z, out, in);
        if (product < 1e-200) {
          log += Math.log(Math.max(product, Double.MIN_NORMAL));
          product = 1;
        }
      }
      logs[cell] = log + Math.log(product);
      best = Math.max(best, logs[cell]);
    }
    double weight = 0;
    double mean = 0;
    double square = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      double z = (cell + 0.5) * step;
      double w = Math.exp(logs[cell] - best);
      weight += w;
      mean += w * z;
      square += w * z * z;
    }
    mean /= weight;
    double deviation = Math.sqrt(Math.max(square / weight - mean * mean, 0)) / 2;
    return new DelayModel(
        Math.max((least - mean) / 2, 0),
        Math.max(deviation, LEAST_RELATIVE_DEVIATION * scale),
        out,
        in,
        prior == null ? count : prior.samples() + count);
  }
}
