package io.chronoconf.bench;

import io.chronoconf.ntp.sim.ClockStep;
import io.chronoconf.ntp.sim.Delay;
import io.chronoconf.ntp.sim.Scenario;
import io.chronoconf.ntp.sim.Scenarios;
import io.chronoconf.ntp.sim.ServerSetup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The options of `bench accuracy`: a named scenario, and what to change of it.
///
/// @param scenario what is to be simulated
/// @param seeds runs with the seeds 1 to this
record AccuracyOptions(Scenario scenario, int seeds) {
  static final int DEFAULT_SEEDS = 10;
  static final int MAX_SEEDS = 1000;
  private static final int MAX_SECONDS = 1_000_000;
  private static final int MAX_SERVERS = 64;
  private static final int LEAST_POLL = 4;
  private static final int MOST_POLL = 17;
  private static final double MAX_OFFSET = 1e9;
  private static final double MAX_RATIO = 0.1;
  private static final double MAX_LOSS = 0.99;

  private static final Set<String> NAMES =
      new LinkedHashSet<>(
          List.of(
              "scenario",
              "offset",
              "frequency",
              "wander",
              "up",
              "down",
              "delay-law",
              "route-change",
              "loss",
              "servers",
              "poll",
              "step",
              "seconds",
              "from",
              "seeds"));

  static AccuracyOptions parse(List<String> arguments) throws UsageException {
    OptionReader options = new OptionReader(arguments, NAMES);
    Scenario scenario = named(options);
    scenario = scenario.withServers(servers(options, scenario.servers()));
    scenario = scenario.withServers(PathOptions.apply(options, scenario.servers()));
    scenario = withClock(options, scenario);
    scenario = withPoll(options, scenario);
    scenario = withRun(options, scenario);
    return new AccuracyOptions(
        scenario, options.count("seeds", 1, MAX_SEEDS).orElse(DEFAULT_SEEDS));
  }

  private static Scenario named(OptionReader options) throws UsageException {
    Optional<String> name = options.text("scenario");
    if (name.isEmpty()) {
      return Scenarios.lan();
    }
    Scenario scenario = Scenarios.byName().get(name.get());
    if (scenario == null) {
      String names = String.join(" ", Scenarios.byName().keySet());
      throw OptionReader.wrong("scenario", name.get(), "give one of " + names);
    }
    return scenario;
  }

  private static Scenario withClock(OptionReader options, Scenario scenario) throws UsageException {
    Optional<Double> offset = options.number("offset", -MAX_OFFSET, MAX_OFFSET);
    Optional<Double> frequency = options.number("frequency", -MAX_RATIO, MAX_RATIO);
    Optional<Double> wander = options.number("wander", 0, MAX_RATIO);
    Optional<Double> loss = options.number("loss", 0, MAX_LOSS);
    Scenario changed = offset.map(scenario::withOffset).orElse(scenario);
    changed = frequency.map(changed::withFrequency).orElse(changed);
    changed = wander.map(changed::withWander).orElse(changed);
    return loss.map(changed::withLoss).orElse(changed);
  }

  private static List<ServerSetup> servers(OptionReader options, List<ServerSetup> servers)
      throws UsageException {
    Optional<Delay> up = PathOptions.delay(options, "up");
    Optional<Delay> down = PathOptions.delay(options, "down");
    Optional<Integer> count = options.count("servers", 1, MAX_SERVERS);
    List<ServerSetup> changed = new ArrayList<>();
    for (int i = 0; i < count.orElse(servers.size()); i++) {
      ServerSetup server = count.isPresent() ? servers.getFirst() : servers.get(i);
      changed.add(
          new ServerSetup(server.offset(), up.orElse(server.up()), down.orElse(server.down())));
    }
    return changed;
  }

  private static Scenario withPoll(OptionReader options, Scenario scenario) throws UsageException {
    Optional<String> text = options.text("poll");
    if (text.isEmpty()) {
      return scenario;
    }
    String[] parts = text.get().split("\\.\\.", -1);
    if (parts.length > 2) {
      throw OptionReader.wrong("poll", text.get(), "give log2 seconds as 6 or 6..10");
    }
    int least = OptionReader.count("poll", parts[0], LEAST_POLL, MOST_POLL);
    int most = OptionReader.count("poll", parts[parts.length - 1], LEAST_POLL, MOST_POLL);
    if (most < least) {
      throw OptionReader.wrong("poll", text.get(), "give the lesser exponent first, as 6..10");
    }
    return scenario.withPoll(least, most);
  }

  private static Scenario withRun(OptionReader options, Scenario scenario) throws UsageException {
    int seconds = options.count("seconds", 1, MAX_SECONDS).orElse(scenario.seconds());
    int usual = scenario.from() < seconds ? scenario.from() : 0;
    int from = options.count("from", 0, MAX_SECONDS).orElse(usual);
    if (from >= seconds) {
      throw OptionReader.wrong(
          "from", Integer.toString(from), "give less than the " + seconds + " s of the run");
    }
    Scenario changed = scenario.withRun(seconds, from);
    Optional<String> step = options.text("step");
    return step.isEmpty() ? changed : changed.withStep(step(step.get(), seconds));
  }

  private static ClockStep step(String text, int seconds) throws UsageException {
    String[] parts = text.split("@", -1);
    if (parts.length != 2) {
      throw OptionReader.wrong("step", text, "give SECONDS@WHEN, as 300@5000");
    }
    return new ClockStep(
        OptionReader.count("step", parts[1], 0, seconds),
        OptionReader.number("step", parts[0], -MAX_OFFSET, MAX_OFFSET));
  }
}
