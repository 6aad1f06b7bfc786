package io.chronoconf.ntp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.EngineEvent;
import io.chronoconf.ntp.linux.Timex;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The same engine, network and oscillator with the real drivers of clocks in place of the
/// simulated clock. Readings of whole nanoseconds make runs differ by some nanoseconds, slews that
/// end late by what was then gained too much, for about a second.
class DriversTest {
  private static final double SAME_FIGURE = 0.01;

  @TempDir private Path folder;

  private final List<KernelStand> kernels = new ArrayList<>();

  enum Driver {
    VIRTUAL,
    KERNEL,
    KERNEL_WITH_LATE_TICKS
  }

  @AfterEach
  void closeKernels() {
    kernels.forEach(KernelStand::close);
  }

  private ClockMaker clocks(Driver driver) {
    return (start, offset, frequency, wander, random) ->
        switch (driver) {
          case VIRTUAL ->
              new DrivenClock(
                  new VirtualStand(start, offset), start, frequency, wander, random, () -> 0);
          case KERNEL ->
              new DrivenClock(kernel(start, offset), start, frequency, wander, random, () -> 0);
          case KERNEL_WITH_LATE_TICKS ->
              new DrivenClock(kernel(start, offset), start, frequency, wander, random, late());
        };
  }

  private KernelStand kernel(Instant start, double offset) {
    KernelStand stand = new KernelStand(start, offset, folder.resolve("lock" + kernels.size()));
    kernels.add(stand);
    return stand;
  }

  /// Two milliseconds on average, as on a busy host.
  private static DoubleSupplier late() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    return () -> 2e-3 * random.nextExponential();
  }

  static Stream<Arguments> scenarios() {
    Scenario lan = Scenarios.lan();
    return Stream.of(Driver.values())
        .flatMap(
            driver ->
                Stream.of(
                    Arguments.of("a LAN, 100 ms off", driver, window(named("A"))),
                    Arguments.of("a WAN", driver, window(named("B"))),
                    Arguments.of("ten seconds off", driver, window(named("K"))),
                    Arguments.of("the first minutes", driver, lan.withRun(400, 60)),
                    Arguments.of("fast wander", driver, window(named("F"))),
                    Arguments.of(
                        "5 % fast", driver, window(lan.withFrequency(5e-2).withOffset(-6.5))),
                    Arguments.of(
                        "set wrong later", driver, window(lan.withStep(new ClockStep(900, 300))))));
  }

  private static Scenario window(Scenario scenario) {
    return scenario.withRun(4_000, 2_000);
  }

  private static Scenario named(String name) {
    return Objects.requireNonNull(Scenarios.byName().get(name));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("scenarios")
  void isAsAccurateAndAsSoonAsTheSimulatedClock(String name, Driver driver, Scenario scenario) {
    for (long seed = 1; seed <= 2; seed++) {
      Statistics simulated = new ScenarioRun(scenario, seed).run();
      Statistics driven = new ScenarioRun(scenario, seed, clocks(driver)).run();
      String both = "seed " + seed + ": " + driven + " against " + simulated;
      assertEquals(simulated.settle1msSeconds(), driven.settle1msSeconds(), both);
      // Whole seconds: what is gained too much until a late tick is gone a second later.
      assertEquals(simulated.settle100usSeconds(), driven.settle100usSeconds(), 1, both);
      assertEquals(1, driven.rmsUs() / simulated.rmsUs(), SAME_FIGURE, both);
      assertEquals(1, driven.p99Us() / simulated.p99Us(), SAME_FIGURE, both);
      assertEquals(1, driven.maxUs() / simulated.maxUs(), SAME_FIGURE, both);
      assertEquals(1, driven.frequencyRmsPpb() / simulated.frequencyRmsPpb(), 0.03, both);
    }
    assertTrue(
        kernels.stream().allMatch(each -> isSynchronized(each.kernel().state())),
        "programs on the host are told that the clock is right, also after a step");
  }

  private static boolean isSynchronized(Timex state) {
    return (state.status() & Timex.STATUS_UNSYNCHRONIZED) == 0 && state.maximumError() < 100_000;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, VIRTUAL", "-1, 2, VIRTUAL", "1, 1, KERNEL", "-1, 2, KERNEL"})
  void leapsLikeTheSimulatedClock(int direction, int indicator, Driver driver) {
    List<Double> simulated = errorsAroundMidnight(direction, indicator, SimulatedClock::new);
    List<Double> driven = errorsAroundMidnight(direction, indicator, clocks(driver));
    int midnight = 3_600 - (direction < 0 ? 1 : 0);
    for (int second = 100; second < simulated.size(); second++) {
      // Its first moment is a matter of nanoseconds.
      if (second != midnight) {
        assertEquals(simulated.get(second), driven.get(second), 1e-6, "at " + second);
      }
    }
    assertEquals(-direction, driven.getLast(), 1e-4);
  }

  private static List<Double> errorsAroundMidnight(
      int direction, int indicator, ClockMaker clocks) {
    Instant midnight = Instant.parse("2026-07-01T00:00:00Z");
    EngineLab lab = new EngineLab(11, midnight.minusSeconds(3_600), clocks);
    EngineNode node = lab.node(InetAddress.ofLiteral("10.0.0.50"), 0.02, 2e-5);
    ScriptedServer primary = lab.server(InetAddress.ofLiteral("10.0.0.1"));
    lab.link(node.address(), primary.address());
    node.apply(List.of(EngineLab.association(primary.address(), AssociationMode.CLIENT)));
    primary.announce(indicator);
    primary.leap(direction, midnight);
    lab.at(3_601, () -> primary.announce(0));
    List<Double> errors = new ArrayList<>();
    lab.run(5_000, _ -> errors.add(node.clock().error()));
    assertTrue(node.events().stream().noneMatch(EngineEvent.ClockStepped.class::isInstance));
    return errors;
  }

  /// Nobody measures and corrects what a driver does, so every nanosecond that it loses stays.
  @ParameterizedTest
  @EnumSource
  void doesExactlyWhatItIsTold(Driver driver) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    NodeClock driven = clocks(driver).make(SimulatedClock.START, 0.02, 1e-5, 0, random);
    NodeClock told = new SimulatedClock(0.02, 1e-5, 0, random);
    for (int i = 0; i < 1_000; i++) {
      double frequency = random.nextDouble(-6e-4, 6e-4);
      double phase = random.nextDouble(0, 1e-4);
      driven.adjust(frequency, NtpDuration.ofSeconds(phase), phase / 8);
      told.adjust(frequency, NtpDuration.ofSeconds(phase), phase / 8);
      driven.advance(64);
      told.advance(64);
      assertEquals(told.error(), driven.error(), 1e-6, "after " + i);
    }
  }
}
