package io.chronoconf.bench;

import io.chronoconf.ntp.sim.AccuracyMedians;
import io.chronoconf.ntp.sim.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How well a clock is kept, in simulated time.
final class AccuracySubcommand implements Subcommand {
  private static final Set<String> REPORT_OPTIONS = new LinkedHashSet<>(List.of("report", "seeds"));

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String summary() {
    return "how well a clock is kept, in simulated time";
  }

  @Override
  public String help() {
    return """
    Usage: bench accuracy [OPTION VALUE]...

    Simulates the real engine with simulated clocks and paths, and prints the median of each figure
    over the seeds. Each run repeats exactly. Packets are sent in a burst at the start.

      --scenario NAME   A LAN, B WAN, C noisy WAN, D one-sided delay half of the time, F fast wander,
                        G 100 ppm, I four servers of which one is wrong, J 20 % loss each way,
                        K 10 s off, N three clients in a chain; the other options change it [A]
      --offset S        initial error of the clock in seconds, positive if ahead [0.1]
      --frequency R     initial error of the oscillator as a ratio, positive if it gains [1e-5]
      --wander R        random walk of the oscillator's frequency per square root of a second [1e-9]
      --up B+M          delay to the server: least and mean excess, s [1e-4+1e-5]
      --down B+M        delay from the server [1e-4+1e-5]
      --delay-law LAW   distribution of the excess, always with the mean M: exponential, lognormal,
                        half-normal, pareto:2.5, uniform, erlang:3, noisy (exponential, the stamps off
                        by a normal tenth of M), spikes (one in twenty twenty times as long)
                        [exponential]
      --route-change AT:UP:DOWN
                        from second AT on UP and DOWN seconds are added to the delays [never]
      --loss SHARE      packets lost each way, 0 to 0.99 [0]
      --servers N       so many servers of the same kind [1]
      --poll P[..P]     least and greatest poll interval, log2 seconds, 4 to 17 [6]
      --step S@T        somebody sets the clock by S seconds at second T [never]
      --seconds N       length of a run [30000]
      --from N          first second that counts for rms, p99, max, freq_rms and packets [10000]
      --seeds N         runs with the seeds 1 to N [10]
      --report DIR      runs everything that is claimed instead, a quarter of an hour, and writes
                        DIR/accuracy.md with its plots in DIR/accuracy; goes with --seeds alone

    The last line: rms_us, p99_us and max_us of the clock's error in microseconds; freq_rms_ppb of its
    rate in 1e-9; settle_1ms_s and settle_100us_s, the second from which the error stays below for
    300 s (inf: never); packets that the client sent.

    Example: bench accuracy --scenario B --poll 6..10 --seeds 40
    """;
  }

  @Override
  public void run(List<String> arguments) throws UsageException, IOException {
    if (arguments.stream().anyMatch(argument -> argument.startsWith("--report"))) {
      report(arguments);
      return;
    }
    AccuracyOptions options = AccuracyOptions.parse(arguments);
    System.out.println(line(AccuracyMedians.of(options.scenario(), options.seeds())));
  }

  private static void report(List<String> arguments) throws UsageException, IOException {
    OptionReader options = new OptionReader(arguments, REPORT_OPTIONS);
    int seeds =
        options.count("seeds", 1, AccuracyOptions.MAX_SEEDS).orElse(AccuracyOptions.DEFAULT_SEEDS);
    Path directory = Path.of(options.text("report").orElse(""));
    if (!Files.isDirectory(directory)) {
      throw OptionReader.wrong("report", directory.toString(), "give a directory that exists");
    }
    System.out.print(new AccuracyReport(directory, seeds).write());
  }

  /// One line for reader and script alike.
  static String line(Statistics statistics) {
    return String.format(
        Locale.ROOT,
        "rms_us=%.2f p99_us=%.2f max_us=%.2f freq_rms_ppb=%.2f settle_1ms_s=%s settle_100us_s=%s"
            + " packets=%.0f",
        statistics.rmsUs(),
        statistics.p99Us(),
        statistics.maxUs(),
        statistics.frequencyRmsPpb(),
        seconds(statistics.settle1msSeconds()),
        seconds(statistics.settle100usSeconds()),
        statistics.packets());
  }

  private static String seconds(double value) {
    return Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%.0f", value);
  }
}
