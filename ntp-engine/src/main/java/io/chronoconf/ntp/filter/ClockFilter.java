package io.chronoconf.ntp.filter;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The eight-stage shift register of RFC 5905 section 10. Owned by one association.
///
/// Samples are told again whenever somebody asks: each offset is moved by what the local clock was
/// corrected by since. So our own slews and steps are no jitter, and a step clears nothing.
public final class ClockFilter {
  public static final int STAGES = 8;

  /// Dispersion of an empty stage, and the most any stage has (MAXDISP).
  public static final double MAX_DISPERSION = 16;

  /// How fast an error bound grows per second (PHI).
  public static final double FREQUENCY_TOLERANCE = 15e-6;

  /// A sample so many jitters off is a popcorn spike.
  private static final double SPIKE_GATE = 3;

  private final double precision;
  private final Deque<Optional<FilterSample>> stages = new ArrayDeque<>();
  private @Nullable MonotonicTime lastUsed;
  private int used;

  /// @param precision of the local clock in seconds
  public ClockFilter(double precision) {
    this.precision = precision;
    clear();
  }

  /// Empties all stages.
  public void clear() {
    stages.clear();
    for (int i = 0; i < STAGES; i++) {
      stages.addFirst(Optional.empty());
    }
    lastUsed = null;
    used = 0;
  }

  /// Shifts in a sample.
  ///
  /// @param frequency correction in force, a ratio
  /// @param pollSeconds present poll interval
  /// @return whether the filter's best sample may be used: it is newer than the one used last, and
  ///   this one is no popcorn spike
  public boolean add(FilterSample sample, double frequency, double pollSeconds) {
    Optional<FilterEstimate> before = estimate(sample.at(), frequency);
    shift(Optional.of(sample));
    FilterSample best = sorted().getFirst();
    MonotonicTime used = lastUsed;
    MonotonicTime at = best.at().monotonic();
    if (used != null && !used.isBefore(at)) {
      return false;
    }
    if (used != null
        && before.isPresent()
        && isSpike(sample, before.get(), at.secondsSince(used), pollSeconds)) {
      return false;
    }
    lastUsed = at;
    return true;
  }

  /// Shifts in nothing: three polls went without an answer, so what is known is worth less.
  public void addMissing() {
    shift(Optional.empty());
  }

  /// The clock leapt, and the sources with it: that was no correction.
  public void leapt(NtpDuration leap) {
    List<Optional<FilterSample>> before = List.copyOf(stages);
    stages.clear();
    before.forEach(stage -> stages.addLast(stage.map(sample -> sample.leapt(leap))));
  }

  private void shift(Optional<FilterSample> stage) {
    stages.addFirst(stage);
    stages.removeLast();
    // What is missing before the first sample is no news.
    used = used == 0 && stage.isEmpty() ? 0 : Math.min(used + 1, STAGES);
  }

  private static boolean isSpike(
      FilterSample sample, FilterEstimate before, double age, double pollSeconds) {
    double off = sample.offset().minus(before.offset()).abs().toSeconds();
    return off > SPIKE_GATE * before.jitter().toSeconds() && age < 2 * pollSeconds;
  }

  /// How many stages hold a sample.
  public int count() {
    return (int) stages.stream().filter(Optional::isPresent).count();
  }

  /// What is known now; empty without any sample.
  ///
  /// @param frequency correction in force, a ratio
  public Optional<FilterEstimate> estimate(Now now, double frequency) {
    List<FilterSample> sorted = sorted();
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    double dispersion = 0;
    double squares = 0;
    NtpDuration offset = offsetAt(sorted.getFirst(), now, frequency);
    for (int i = STAGES - 1; i >= 0; i--) {
      double own = i < sorted.size() ? grown(sorted.get(i), now) : MAX_DISPERSION;
      dispersion = (dispersion + own) / 2;
      if (i < sorted.size()) {
        double difference = offsetAt(sorted.get(i), now, frequency).minus(offset).toSeconds();
        squares += difference * difference;
      }
    }
    double jitter = Math.sqrt(squares / Math.max(sorted.size() - 1, 1));
    return Optional.of(
        new FilterEstimate(
            offset,
            sorted.getFirst().delay(),
            NtpDuration.ofSeconds(dispersion),
            NtpDuration.ofSeconds(unusedDispersion()),
            NtpDuration.ofSeconds(Math.max(jitter, precision)),
            stages(sorted, now, frequency)));
  }

  private List<FilterEstimate.Stage> stages(List<FilterSample> sorted, Now now, double frequency) {
    List<FilterEstimate.Stage> told = new ArrayList<>();
    for (Optional<FilterSample> stage : stages) {
      stage.ifPresent(
          sample ->
              told.add(
                  new FilterEstimate.Stage(
                      offsetAt(sample, now, frequency),
                      sample.delay(),
                      NtpDuration.ofSeconds(grown(sample, now)),
                      sorted.indexOf(sample))));
    }
    return told;
  }

  /// Unused stages come last in the weighted sum.
  private double unusedDispersion() {
    return MAX_DISPERSION * (Math.scalb(1.0, -used) - Math.scalb(1.0, -STAGES));
  }

  private List<FilterSample> sorted() {
    return stages.stream()
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(FilterSample::delay))
        .toList();
  }

  private static double grown(FilterSample sample, Now now) {
    double age = now.monotonic().secondsSince(sample.at().monotonic());
    double grown = sample.dispersion().toSeconds() + FREQUENCY_TOLERANCE * age;
    return Math.min(grown, MAX_DISPERSION);
  }

  /// The offset less what the clock was corrected by since, its base frequency apart.
  private static NtpDuration offsetAt(FilterSample sample, Now now, double frequency) {
    NtpDuration told = now.local().minus(sample.at().local());
    double elapsed = now.monotonic().secondsSince(sample.at().monotonic());
    return sample.offset().minus(told.minus(NtpDuration.ofSeconds(elapsed * (1 + frequency))));
  }
}
