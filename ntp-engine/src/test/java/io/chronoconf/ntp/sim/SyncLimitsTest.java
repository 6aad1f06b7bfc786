package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.engine.EngineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the whole engine must keep to in simulated time, with the real packets, a single seed and
/// limits that leave room for the luck of it. The medians of many seeds are the bench's business.
class SyncLimitsTest {
  private static final int SECONDS = 8000;
  private static final int FROM = 4000;
  private static final Delay DEFAULT_DELAY = new Delay.Exponential(1e-4, 1e-4);

  record Row(String name, Scenario scenario, SyncLimits limits) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    Scenario usual = Scenarios.lan().withServers(servers(1, DEFAULT_DELAY)).withFrequency(1e-4);
    return Stream.of(
        row("a LAN", named("A"), 10, 5, 25, 200),
        row("a WAN", named("B"), 700, 130, 500, 1500),
        row("one-sided delay", named("D"), 500, 40, 300, 500),
        row("fast wander", named("F"), 400, 50, 300, 1600),
        row("a falseticker among four", named("I"), 300, 100, 400, 2000),
        row("packets lost", named("J"), 1000, 200, 700, 1800),
        row("ten seconds off", named("K"), 100, 30, 120, 450),
        row("a chain of three", named("N"), 600, 90, 300, 1200),
        row("100 ppm and longer polls", usual.withPoll(6, 10), 200, 120, 500, 500),
        row("100 s ahead", usual.withOffset(100), 300, 50, 200, 450),
        row("100 s behind", usual.withOffset(-100), 300, 50, 200, 450),
        row("5 % fast", usual.withFrequency(5e-2).withOffset(-6.5), 300, 50, 200, 450),
        row("5 % slow", usual.withFrequency(-5e-2).withOffset(6.5), 300, 50, 200, 450),
        row("a wild oscillator", usual.withWander(1e-7), 300, 300, 1500, 8000),
        row("a third lost", usual.withLoss(0.33).withPoll(6, 8), 1000, 100, 500, 500),
        row("loud noise", noisy(usual, 0.1).withOffset(1), SECONDS, 1e5, 5e5, 5e6),
        row("quiet noise, short polls", noisy(quiet(usual), 1e-6).withPoll(4, 4), 40, 2, 10, 100));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsWithinItsLimits(Row row) {
    row.limits().check(new ScenarioRun(row.scenario().withRun(SECONDS, FROM), 1).run());
  }

  @Test
  void isUnderAMillisecondThreeSecondsAfterAColdStart() {
    for (long seed = 1; seed <= 5; seed++) {
      Statistics statistics = new ScenarioRun(named("A").withRun(400, 100), seed).run();
      assertTrue(statistics.settle1msSeconds() <= 3, "seed " + seed + ": " + statistics);
    }
  }

  @Test
  void repeatsExactly() {
    Scenario scenario = named("I").withRun(2000, 1000);
    assertEquals(new ScenarioRun(scenario, 3).run(), new ScenarioRun(scenario, 3).run());
  }

  @Test
  void stepsBackAfterTheClockWasSetWrong() {
    Scenario scenario = Scenarios.lan().withStep(new ClockStep(2000, 300)).withRun(SECONDS, FROM);
    ScenarioRun run = new ScenarioRun(scenario, 1);
    assertTrue(run.run().maxUs() < 25, "the clock is back");
    List<EngineEvent> steps =
        run.measured().events().stream()
            .filter(EngineEvent.ClockStepped.class::isInstance)
            .toList();
    EngineEvent.ClockStepped last = (EngineEvent.ClockStepped) steps.getLast();
    assertEquals(-300, last.offset().toSeconds(), 1e-3);
  }

  @Test
  void pollsLessOftenWhereTheNoiseIsGreater() {
    Scenario wan = named("B").withPoll(6, 10);
    double short6 = new ScenarioRun(named("B"), 1).run().packets();
    double adaptive = new ScenarioRun(wan, 1).run().packets();
    assertTrue(adaptive <= 28, "sent " + adaptive);
    assertEquals(20_000.0 / 64, short6, 3);
  }

  @Test
  void followsNobodyWhenFalsetickersAreInTheMajority() {
    List<ServerSetup> servers = new ArrayList<>(servers(2, DEFAULT_DELAY));
    for (int i = 1; i <= 3; i++) {
      servers.add(new ServerSetup(i, DEFAULT_DELAY, DEFAULT_DELAY));
    }
    ScenarioRun run = new ScenarioRun(named("A").withServers(servers).withRun(1000, 500), 1);
    run.run();
    assertTrue(Math.abs(run.measured().clock().error()) > 0.09, "the clock was left alone");
    assertTrue(!run.measured().status().system().isSynchronized(), "and is not synchronized");
  }

  private static Row row(
      String name,
      Scenario scenario,
      double synchronizedBy,
      double rmsUs,
      double maxUs,
      double frequencyRmsPpb) {
    return new Row(name, scenario, new SyncLimits(synchronizedBy, rmsUs, maxUs, frequencyRmsPpb));
  }

  private static Scenario named(String name) {
    return Objects.requireNonNull(Scenarios.byName().get(name));
  }

  private static Scenario noisy(Scenario scenario, double mean) {
    return scenario.withServers(servers(1, new Delay.Exponential(1e-4, mean)));
  }

  private static Scenario quiet(Scenario scenario) {
    return scenario.withWander(0);
  }

  private static List<ServerSetup> servers(int count, Delay delay) {
    List<ServerSetup> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(new ServerSetup(0, delay, delay));
    }
    return servers;
  }
}
