package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad clocks, paths and servers, within the limits that are usual for simulated NTP clients: one
/// server, 100 ms and 100 ppm off, 10 000 s.
class RobustnessTest {
  private static final Delay PATH = new Delay.Exponential(1e-4, 1e-4);
  private static final SynchronyLimits USUAL = SynchronyLimits.USUAL;
  private static final int LAST_FIXED_POLL = 14;

  record Row(String name, Scenario scenario, SynchronyLimits limits) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    Delay long33 = new Delay.Lossy(PATH, 0.33);
    return Stream.of(
        new Row("nothing special", usual(), USUAL),
        new Row("5 % fast", skewed(5e-2), USUAL.by(1000)),
        new Row("5 % slow", skewed(-5e-2), USUAL.by(1000)),
        new Row("0.5 % fast", skewed(5e-3), USUAL.by(1000)),
        new Row("0.5 % slow", skewed(-5e-3), USUAL.by(1000)),
        new Row("100 s ahead", usual().withOffset(100), USUAL.by(1400)),
        new Row("100 s behind", usual().withOffset(-100), USUAL.by(1400)),
        new Row("100 million s ahead", usual().withOffset(1e8), USUAL.by(150)),
        new Row("100 million s behind", usual().withOffset(-1e8), USUAL.by(150)),
        new Row(
            "loud noise",
            usual().withOffset(1).withServers(servers(1, new Delay.Exponential(1e-4, 0.1))),
            USUAL.by(1000).offsets(0.5, 0.1).rates(0.2, 5e-3)),
        new Row(
            "a wild oscillator",
            usual().withWander(1e-7),
            USUAL.offsets(5e-3, 1e-3).rates(5e-3, 1e-4)),
        new Row(
            "stamps that are off",
            usual().withServers(servers(1, PATH.withLaw(new DelayLaw.Noisy()))),
            USUAL),
        new Row(
            "one way much noisier than the other",
            usual()
                .withRun(100_000, 1)
                .withServers(
                    List.of(
                        new ServerSetup(
                            0,
                            new Delay.Exponential(1e-4, 3e-5),
                            new Delay.Exponential(1e-4, 9.7e-4)))),
            USUAL.by(2000)),
        new Row(
            "a path that is open for 20 minutes in three hours",
            usual()
                .withRun(100_000, 1)
                .withServers(servers(1, new Delay.Intermittent(PATH, 0, 1200, 10_000))),
            USUAL.offsets(0.1, 2e-3).rates(5e-4, 2e-5)),
        new Row(
            "a third lost each way",
            usual().withRun(20_000, 1).withPoll(6, 8).withServers(servers(1, long33)),
            USUAL.by(10_000)),
        new Row("two of five wrong", withFalsetickers(2), USUAL),
        new Row("one of five wrong", withFalsetickers(1), USUAL));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsWithinItsLimits(Row row) {
    row.limits().check(new ScenarioRun(row.scenario(), 1).trace());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void isLeftAloneByAMajorityOfFalsetickers(int wrong) {
    ScenarioRun run = new ScenarioRun(withFalsetickers(wrong).withRun(2000, 1), 1);
    double[] errors = run.trace().errors();
    assertEquals(0.1 + 2000 * 1e-4, errors[errors.length - 1], 0.01);
    assertFalse(run.measured().status().system().isSynchronized());
  }

  @Test
  void leavesOutAServerWhoseAnswersTakeASecondLonger() {
    List<ServerSetup> servers = new ArrayList<>(servers(3, PATH));
    servers.set(1, new ServerSetup(0, PATH, new Delay.Rerouted(PATH, 0, 1)));
    USUAL.check(new ScenarioRun(usual().withServers(servers), 1).trace());
  }

  @Test
  void followsNoServerThatIsMoreThanThreeSecondsAway() {
    Delay far = new Delay.Exponential(3.1, 1e-4);
    ScenarioRun run = new ScenarioRun(usual().withServers(servers(1, far)).withRun(2000, 1), 1);
    double[] errors = run.trace().errors();
    assertEquals(0.1 + 2000 * 1e-4, errors[errors.length - 1], 0.01);
  }

  static Stream<Integer> polls() {
    return Stream.iterate(1, poll -> poll <= LAST_FIXED_POLL, poll -> poll + 1);
  }

  @ParameterizedTest
  @MethodSource("polls")
  void keepsWithinItsLimitsAtEveryPoll(int poll) {
    int interval = 1 << poll;
    int by = (int) (2.1 * interval + 1);
    Scenario scenario =
        usual()
            .withWander(0)
            .withServers(servers(1, new Delay.Exponential(1e-4, 1e-6)))
            .withPoll(poll, poll)
            .withRun(Math.max(10 * interval, 2000), by);
    Trace trace = new ScenarioRun(scenario, 1).trace();
    new SynchronyLimits(Math.max(by, 20), 1e-5, 1e-5, 5e-6, 5e-6).check(trace);
    double nominal = (double) (scenario.seconds() - by) / interval;
    assertTrue(
        trace.packets() <= nominal / 0.9 + 9, "sent " + trace.packets() + ", not " + nominal);
    assertTrue(
        trace.packets() >= nominal / 1.1 - 1, "sent " + trace.packets() + ", not " + nominal);
  }

  private static Scenario usual() {
    return Scenarios.lan()
        .withServers(servers(1, PATH))
        .withFrequency(1e-4)
        .withPoll(6, 10)
        .withRun(10_000, 1);
  }

  private static Scenario skewed(double frequency) {
    return usual().withFrequency(frequency).withOffset(-frequency * 130);
  }

  private static Scenario withFalsetickers(int wrong) {
    Delay path = new Delay.Exponential(1e-3, 1e-4);
    List<ServerSetup> servers = new ArrayList<>(servers(5 - wrong, path));
    for (int i = 1; i <= wrong; i++) {
      servers.add(new ServerSetup(i, path, path));
    }
    return usual().withServers(servers);
  }

  private static List<ServerSetup> servers(int count, Delay delay) {
    List<ServerSetup> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(new ServerSetup(0, delay, delay));
    }
    return servers;
  }
}
