package io.chronoconf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.sim.ClockStep;
import io.chronoconf.ntp.sim.Delay;
import io.chronoconf.ntp.sim.DelayLaw;
import io.chronoconf.ntp.sim.Scenario;
import io.chronoconf.ntp.sim.Scenarios;
import io.chronoconf.ntp.sim.ServerSetup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyOptionsTest {
  @Test
  void isScenarioAWithTenSeedsWhenNothingIsSaid() throws UsageException {
    AccuracyOptions options = parse("");
    assertEquals(Scenarios.byName().get("A"), options.scenario());
    assertEquals(10, options.seeds());
  }

  @Test
  void readsEveryOption() throws UsageException {
    Scenario scenario =
        parse(
                "--offset -100 --frequency 2e-5 --wander 1e-7 --up 2e-2+1e-3 --down 5e-3"
                    + " --loss 0.33 --servers 3 --poll 6..10 --step 300@5000 --seconds 6000"
                    + " --from 2000 --seeds 4")
            .scenario();
    assertEquals(-100, scenario.offset());
    assertEquals(List.of(2e-5), scenario.frequencies());
    assertEquals(1e-7, scenario.wander());
    assertEquals(3, scenario.servers().size());
    assertEquals(new Delay.Exponential(2e-2, 1e-3), scenario.servers().get(2).up());
    assertEquals(new Delay.Exponential(5e-3, 0), scenario.servers().get(2).down());
    assertEquals(0.33, scenario.loss());
    assertEquals(6, scenario.minPoll());
    assertEquals(10, scenario.maxPoll());
    assertEquals(Optional.of(new ClockStep(5000, 300)), scenario.step());
    assertEquals(6000, scenario.seconds());
    assertEquals(2000, scenario.from());
  }

  @Test
  void changesANamedScenarioOnlyWhereAsked() throws UsageException {
    Scenario scenario = parse("--scenario=I --up=1e-2+1e-4 --poll=7").scenario();
    Scenario named = Objects.requireNonNull(Scenarios.byName().get("I"));
    assertEquals(4, scenario.servers().size());
    assertEquals(0.5, scenario.servers().getLast().offset());
    assertEquals(new Delay.Exponential(1e-2, 1e-4), scenario.servers().getLast().up());
    assertEquals(named.servers().getLast().down(), scenario.servers().getLast().down());
    assertEquals(7, scenario.maxPoll());
    assertEquals(named.wander(), scenario.wander());
  }

  @Test
  void readsDelaysWithSignedExponents() throws UsageException {
    Scenario scenario = parse("--up 1e-4+1e-5 --down 1.5E+0+2e+0").scenario();
    assertEquals(new Delay.Exponential(1e-4, 1e-5), scenario.servers().getFirst().up());
    assertEquals(new Delay.Exponential(1.5, 2), scenario.servers().getFirst().down());
  }

  @ParameterizedTest
  @MethodSource("laws")
  void readsTheLawsOfDelays(String text, DelayLaw law) throws UsageException {
    ServerSetup server = parse("--up 5e-3+1e-4 --delay-law " + text).scenario().servers().getLast();
    assertEquals(new Delay.Drawn(5e-3, 1e-4, law), server.up());
    assertEquals(new Delay.Drawn(1e-4, 1e-5, law), server.down());
  }

  static Stream<Arguments> laws() {
    return Stream.of(
        Arguments.of("exponential", new DelayLaw.Exponential()),
        Arguments.of("lognormal", new DelayLaw.Lognormal()),
        Arguments.of("half-normal", new DelayLaw.HalfNormal()),
        Arguments.of("pareto:2.5", new DelayLaw.Pareto(2.5)),
        Arguments.of("uniform", new DelayLaw.Uniform()),
        Arguments.of("erlang:3", new DelayLaw.Erlang(3)),
        Arguments.of("noisy", new DelayLaw.Noisy()),
        Arguments.of("spikes", new DelayLaw.Spikes()));
  }

  @Test
  void changesTheRoutesOfAllServers() throws UsageException {
    Scenario scenario = parse("--scenario I --route-change 13000:3e-3:-1e-3").scenario();
    assertEquals(4, scenario.servers().size());
    for (ServerSetup server : scenario.servers()) {
      Delay.Rerouted up = (Delay.Rerouted) server.up();
      assertEquals(new Delay.Rerouted(up.delay(), 13000, 3e-3), up);
      assertEquals(new Delay.Rerouted(up.delay(), 13000, -1e-3), server.down());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--offset x          | --offset cannot be 'x'; give a number",
        "--offset NaN        | --offset cannot be 'NaN'; give a number",
        "--loss 1.5          | --loss cannot be '1.5'; give a number from 0.0 to 0.99",
        "--poll 10..6        | --poll cannot be '10..6'; give the lesser exponent first",
        "--poll 3            | --poll cannot be '3'; give a whole number from 4 to 17",
        "--poll 6..7..8      | --poll cannot be '6..7..8'; give log2 seconds",
        "--up 1+2+3          | --up cannot be '1+2+3'; give seconds as BASE",
        "--delay-law gamma   | --delay-law cannot be 'gamma'; give exponential, lognormal",
        "--delay-law pareto  | --delay-law pareto cannot be ''; give a number from 2.01",
        "--delay-law pareto:2 | --delay-law pareto cannot be '2'; give a number from 2.01",
        "--delay-law erlang:0 | --delay-law erlang cannot be '0'; give a whole number from 1",
        "--delay-law noisy:1 | --delay-law cannot be 'noisy:1'; give exponential",
        "--route-change 5    | --route-change cannot be '5'; give AT:UP:DOWN in seconds",
        "--route-change 5:x:1 | --route-change UP cannot be 'x'; give a number from -10",
        "--route-change -1:1:1 | --route-change AT cannot be '-1'; give a number from 0",
        "--route-change 5:0:-1e-4 | --route-change cannot be '5:0:-1e-4'; no delay may fall",
        "--servers 0         | --servers cannot be '0'; give a whole number from 1",
        "--scenario Z        | --scenario cannot be 'Z'; give one of A B C",
        "--step 300          | --step cannot be '300'; give SECONDS@WHEN",
        "--from 30000        | --from cannot be '30000'; give less than the 30000 s",
        "--seeds             | --seeds needs a value",
        "--seeds 1 --seeds 2 | --seeds is given twice",
        "--colour red        | no option --colour; there are --scenario",
        "offset 1            | 'offset' is no option",
      })
  void saysWhichOptionIsWrongAndWhatToDo(String line, String message) {
    UsageException refused = assertThrows(UsageException.class, () -> parse(line));
    String said = String.valueOf(refused.getMessage());
    assertTrue(said.startsWith(message), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accuracy --poll x",
        "accuracy --report /nowhere/at/all",
        "accuracy --report . --poll 6",
        "speed",
        ""
      })
  void endsWithTwoWhenTheCommandLineIsWrong(String line) {
    assertEquals(2, Bench.run(words(line)));
  }

  @Test
  void endsWithZeroAfterHelp() {
    assertEquals(0, Bench.run(List.of("--help")));
    assertEquals(0, Bench.run(List.of("accuracy", "--help")));
  }

  private static AccuracyOptions parse(String line) throws UsageException {
    return AccuracyOptions.parse(words(line));
  }

  private static List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split(" +"));
  }
}
