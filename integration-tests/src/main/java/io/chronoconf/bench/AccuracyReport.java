package io.chronoconf.bench;

import io.chronoconf.ntp.sim.AccuracyMedians;
import io.chronoconf.ntp.sim.DelayLaw;
import io.chronoconf.ntp.sim.Scenario;
import io.chronoconf.ntp.sim.ScenarioRun;
import io.chronoconf.ntp.sim.Scenarios;
import io.chronoconf.ntp.sim.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Everything that is claimed of accuracy, run anew and written as `accuracy.md` with a plot per
/// scenario in the folder `accuracy` beside it.
final class AccuracyReport {
  private static final int LEAST_POLL = 6;
  private static final int MOST_POLL = 10;
  private static final int ROUTE_CHANGE = 13_000;

  private final Path directory;
  private final int seeds;
  private final StringBuilder text = new StringBuilder();
  private final List<String> missed = new ArrayList<>();

  /// @param directory where `accuracy.md` goes
  /// @param seeds runs with the seeds 1 to this
  AccuracyReport(Path directory, int seeds) {
    this.directory = directory;
    this.seeds = seeds;
  }

  /// Runs and writes all; returns the text.
  String write() throws IOException {
    Files.createDirectories(directory.resolve("accuracy"));
    introduce();
    polls("Polls of 64 s", LEAST_POLL);
    polls("Polls of 64 to 1024 s", MOST_POLL);
    settling();
    routeChanges();
    laws();
    conclude();
    plotAll();
    String all = text.toString();
    Files.writeString(directory.resolve("accuracy.md"), all);
    return all;
  }

  private void introduce() {
    line("# Accuracy");
    line("");
    line(
        "How well the engine keeps a clock in simulated time, beside chronyd 4.8 and NTPsec"
            + " 1.2.5.");
    line("The others' figures were measured with the programs themselves under the same model of");
    line("clocks and paths (`docs/discipline.md` says what ours does); they are constants here.");
    line("This page and its plots are made by one command:");
    line("");
    line("```sh");
    line(
        "integration-tests/bench accuracy --report docs"
            + (seeds == 10 ? "" : " --seeds " + seeds));
    line("```");
    line("");
    line(
        "The clock starts 0.1 s off, its oscillator 10 ppm; each second the frequency takes a step"
            + " of");
    line(
        "1e-9 (F: 1e-8). Figures are medians of "
            + seeds
            + " seeds over seconds 10 000 to 30 000; RMS is that");
    line(
        "of the clock's error in microseconds; packets are those that the client sent in the"
            + " window.");
    line("`bench accuracy --help` says what the scenarios are.");
  }

  private void polls(String title, int maxPoll) {
    heading(title);
    line(
        "| scenario | ours, us | chrony | NTPsec | chrony / ours | target | packets | chrony |"
            + " NTPsec | met |");
    line("|---|---|---|---|---|---|---|---|---|---|");
    for (PublishedFigures figures : PublishedFigures.ALL) {
      if (figures.maxPoll() == maxPoll) {
        line(row(figures, run(named(figures.scenario()).withPoll(LEAST_POLL, maxPoll))));
      }
    }
    if (maxPoll > LEAST_POLL) {
      line("");
      line("Met means too that no more than 1.5 times chrony's packets were sent.");
    }
  }

  private String row(PublishedFigures figures, Statistics ours) {
    String name = figures.scenario() + (figures.maxPoll() == LEAST_POLL ? "" : " 6..10");
    boolean isAccurate = judge(name, "RMS", ours.rmsUs(), figures.target());
    boolean isThrifty = judge(name, "packets", ours.packets(), figures.packetsAllowed());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %.1f | %s | %.0f | %d | %d | %s |",
        figures.scenario(),
        figure(ours.rmsUs()),
        figure(figures.chrony()),
        figure(figures.ntpsec()),
        figures.chrony() / ours.rmsUs(),
        figure(figures.target()),
        ours.packets(),
        figures.chronyPackets(),
        figures.ntpsecPackets(),
        yes(isAccurate && isThrifty));
  }

  private void settling() {
    heading("Settling");
    line("First second from which the error stays below for 300 s, polls of 64 s.");
    line("");
    line("| scenario | below | ours, s | chrony | NTPsec | target | met |");
    line("|---|---|---|---|---|---|---|");
    for (PublishedFigures.Settling row : PublishedFigures.SETTLING) {
      Statistics ours = run(named(row.scenario()));
      settled(
          row.scenario(),
          "1 ms",
          ours.settle1msSeconds(),
          row.chronyMillisecond(),
          row.ntpsecMillisecond(),
          row.targetMillisecond());
      settled(
          row.scenario(),
          "100 us",
          ours.settle100usSeconds(),
          row.chronyTenth(),
          row.ntpsecTenth(),
          row.targetTenth());
    }
  }

  private void settled(
      String scenario, String below, double ours, int chrony, int ntpsec, int target) {
    boolean isMet = judge(scenario, "settling below " + below, ours, target);
    line(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.0f | %d | %d | %d | %s |",
            scenario,
            below,
            ours,
            chrony,
            ntpsec,
            target,
            yes(isMet)));
  }

  private void routeChanges() {
    heading("Another route from second 13 000 on");
    line("| scenario | added up / down, ms | RMS, us | max, us | target RMS | met |");
    line("|---|---|---|---|---|---|");
    routeChange("G", 3e-3, 3e-3, 20);
    routeChange("G", 0, 3e-3, 17);
    routeChange("G", 3e-3, 1e-3, 20);
    routeChange("B", 3e-3, 3e-3, 80);
  }

  private void routeChange(String scenario, double up, double down, double target) {
    String name =
        String.format(Locale.ROOT, "route %s +%.0f/+%.0f ms", scenario, up * 1e3, down * 1e3);
    Scenario changed =
        named(scenario)
            .withServers(PathOptions.rerouted(named(scenario).servers(), ROUTE_CHANGE, up, down));
    Statistics ours = run(changed);
    boolean isMet = judge(name, "RMS", ours.rmsUs(), target);
    line(
        String.format(
            Locale.ROOT,
            "| %s | %.0f / %.0f | %s | %s | %s | %s |",
            scenario,
            up * 1e3,
            down * 1e3,
            figure(ours.rmsUs()),
            figure(ours.maxUs()),
            figure(target),
            yes(isMet)));
  }

  private void laws() {
    heading("Other laws of delay");
    line(
        "The excess has the same mean in all rows. The yardstick is a linear Kalman filter of"
            + " phase");
    line(
        "and frequency that is told the wander and the variance of the noise (`LinearKalman`), run"
            + " on");
    line("the very same exchanges. RMS in us, polls of 64 s.");
    line("");
    line("| law | B: ours | linear | G: ours | linear | met |");
    line("|---|---|---|---|---|---|");
    PathOptions.laws().forEach(this::law);
  }

  private void law(String name, DelayLaw law) {
    StringBuilder row = new StringBuilder("| " + name);
    boolean isMet = true;
    for (String scenario : List.of("B", "G")) {
      Scenario lawful =
          named(scenario).withServers(PathOptions.lawful(named(scenario).servers(), law));
      AccuracyMedians.Compared both = AccuracyMedians.compare(lawful, seeds);
      progress(scenario + " " + name, both.ours());
      double linear = both.linear().rmsUs();
      isMet &= judge(scenario + " " + name, "RMS", both.ours().rmsUs(), linear);
      row.append(" | " + figure(both.ours().rmsUs()) + " | " + figure(linear));
    }
    line(row + " | " + yes(isMet) + " |");
  }

  private void conclude() {
    heading("Missed");
    line(missed.isEmpty() ? "Nothing." : String.join("\n", missed));
  }

  private void plotAll() throws IOException {
    heading("The error over time");
    line(
        "Magnitude of the clock's error, seed 1, the root mean square of every 75 s; dashed:"
            + " chrony's RMS.");
    line("");
    for (Map.Entry<String, Scenario> entry : Scenarios.byName().entrySet()) {
      String name = entry.getKey();
      ErrorPlot plot = new ErrorPlot("Scenario " + name);
      for (int maxPoll : List.of(LEAST_POLL, MOST_POLL)) {
        if (PublishedFigures.of(name, maxPoll).isPresent()) {
          PublishedFigures figures = PublishedFigures.of(name, maxPoll).orElseThrow();
          Scenario scenario = entry.getValue().withPoll(LEAST_POLL, maxPoll);
          String polls = maxPoll == LEAST_POLL ? "polls 6" : "polls 6..10";
          plot.add(polls, new ScenarioRun(scenario, 1).trace().errors());
          plot.addLevel("chrony, " + polls, figures.chrony());
        }
      }
      Path file = directory.resolve("accuracy").resolve(name + ".svg");
      Files.writeString(file, plot.svg());
      line("![Error over time in scenario " + name + "](accuracy/" + name + ".svg)");
    }
  }

  private Statistics run(Scenario scenario) {
    Statistics statistics = AccuracyMedians.of(scenario, seeds);
    progress("", statistics);
    return statistics;
  }

  private static void progress(String what, Statistics statistics) {
    System.err.println("bench: " + what + " " + AccuracySubcommand.line(statistics));
  }

  private boolean judge(String scenario, String what, double ours, double target) {
    if (ours <= target) {
      return true;
    }
    missed.add(
        String.format(
            Locale.ROOT,
            "- %s: %s %s instead of %s (%+.0f %%)",
            scenario,
            what,
            figure(ours),
            figure(target),
            (ours / target - 1) * 100));
    return false;
  }

  private static Scenario named(String scenario) {
    return Objects.requireNonNull(Scenarios.byName().get(scenario));
  }

  private static String yes(boolean isMet) {
    return isMet ? "yes" : "**no**";
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  private void heading(String title) {
    line("");
    line("## " + title);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
