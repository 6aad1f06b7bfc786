package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.discipline.Correction;
import io.chronoconf.ntp.discipline.DisciplineSample;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockProcessTest {
  private static final String SERVER = "192.0.2.1";

  private static EngineFixture synchronizedFixture() {
    EngineFixture fixture = new EngineFixture().serve(SERVER, 0).following(SERVER);
    fixture.run(100);
    assertEquals(SyncState.CLOCK_SYNCHRONIZED, fixture.system().syncState());
    return fixture;
  }

  private static List<Double> steps(EngineFixture fixture) {
    return fixture.all(Output.StepClock.class).stream()
        .map(step -> Math.rint(step.offset().toSeconds() * 1000) / 1000)
        .toList();
  }

  @Test
  void beginsUnsetAndMeasuresTheFrequencyFirst() {
    EngineFixture fixture = new EngineFixture().serve(SERVER, 0).following(SERVER);
    assertEquals(SyncState.CLOCK_NEVER_SET, fixture.system().syncState());
    fixture.run(6.5);
    assertEquals(SyncState.FREQ, fixture.system().syncState());
    fixture.run(2);
    assertEquals(SyncState.CLOCK_SYNCHRONIZED, fixture.system().syncState());
  }

  @Test
  void resumesASavedFrequency() {
    EngineFixture fixture =
        new EngineFixture(OptionalDouble.of(2e-5)).serve(SERVER, 0).following(SERVER);
    assertEquals(SyncState.FREQ_SET_BY_CFG, fixture.system().syncState());
    Output.AdjustClock first = fixture.all(Output.AdjustClock.class).getFirst();
    assertEquals(2e-5, first.frequency());
    assertEquals(NtpDuration.ZERO, first.phase());
    assertEquals(2e-5, fixture.system().frequency());
    fixture.run(6.5);
    assertEquals(SyncState.CLOCK_SYNCHRONIZED, fixture.system().syncState());
  }

  private static final Discipline VAGUE = new Discipline(1);

  /// A discipline that knows the frequency only so well.
  private record Discipline(double wander) implements ClockDiscipline {
    @Override
    public void sample(DisciplineSample sample) {}

    @Override
    public Optional<Correction> correct(Now now) {
      return Optional.empty();
    }

    @Override
    public void forget(int associationId) {}

    @Override
    public void leapt(NtpDuration leap) {}

    @Override
    public double frequency() {
      return 0;
    }

    @Override
    public double advisedPollSeconds() {
      return 64;
    }
  }

  private static ClockProcess.Deed apply(ClockProcess clock, double phase, double seconds) {
    return clock.apply(
        new Correction(0, NtpDuration.ofSeconds(phase), NtpDuration.ZERO, 0.01),
        new Now(new MonotonicTime(Math.round(seconds * 1e9)), new NtpTimestamp(0xe9L << 56)),
        new ArrayList<>());
  }

  /// A process that came into that state at second 0.
  private static ClockProcess in(SyncState state) {
    boolean hasFrequency = state != SyncState.CLOCK_NEVER_SET && state != SyncState.FREQ;
    ClockProcess clock =
        new ClockProcess(VAGUE, hasFrequency ? OptionalDouble.of(0) : OptionalDouble.empty());
    switch (state) {
      case CLOCK_NEVER_SET, FREQ_SET_BY_CFG -> {}
      case FREQ, CLOCK_SYNCHRONIZED -> apply(clock, 0, 0);
      case SPIKE -> {
        apply(clock, 0, -64);
        apply(clock, 1, 0);
      }
    }
    assertEquals(state, clock.state());
    return clock;
  }

  /// RFC 5905 figure 28: what is done in each state about an offset below the step threshold and
  /// about one beyond, before and after the step-out.
  @ParameterizedTest
  @CsvSource({
    "CLOCK_NEVER_SET   ,   0.1,  64, SLEWED , FREQ",
    "CLOCK_NEVER_SET   , -10.0,  64, STEPPED, FREQ",
    "FREQ_SET_BY_CFG   ,   0.1,  64, SLEWED , CLOCK_SYNCHRONIZED",
    "FREQ_SET_BY_CFG   ,  10.0,  64, STEPPED, CLOCK_SYNCHRONIZED",
    "FREQ              ,  -0.1,  64, SLEWED , FREQ",
    "FREQ              ,   0.1, 300, SLEWED , CLOCK_SYNCHRONIZED",
    "FREQ              ,  10.0,  64, HELD   , SPIKE",
    "SPIKE             ,   0.1,  64, SLEWED , CLOCK_SYNCHRONIZED",
    "SPIKE             ,  10.0, 299, HELD   , SPIKE",
    "SPIKE             , -10.0, 300, STEPPED, CLOCK_SYNCHRONIZED",
    "CLOCK_SYNCHRONIZED,   0.1, 999, SLEWED , CLOCK_SYNCHRONIZED",
    "CLOCK_SYNCHRONIZED,  10.0, 999, HELD   , SPIKE",
  })
  void goesFromStateToState(
      SyncState from, double phase, double seconds, ClockProcess.Deed deed, SyncState to) {
    ClockProcess clock = in(from);
    assertEquals(deed, apply(clock, phase, seconds));
    assertEquals(to, clock.state());
  }

  @Test
  void slewsWhatIsSmall() {
    EngineFixture fixture = new EngineFixture().serve(SERVER, 0.127).following(SERVER);
    fixture.run(20);
    assertEquals(List.of(), steps(fixture));
    assertEquals(0.127, fixture.error(), 1e-6);
  }

  @Test
  void stepsTheFirstTimeAsFarAsItTakes() {
    EngineFixture fixture = new EngineFixture().serve(SERVER, 3600).following(SERVER);
    fixture.run(8);
    assertEquals(List.of(3600.0), steps(fixture));
    assertTrue(fixture.system().isSynchronized());
    assertEquals(0, fixture.row(SERVER).offset().toSeconds(), 1e-3, "told of the clock as it is");
    EngineFixture far = new EngineFixture().serve(SERVER, -1e9).following(SERVER);
    far.run(8);
    assertEquals(List.of(-1e9), steps(far));
  }

  @Test
  void ignoresAShortSpike() {
    EngineFixture fixture = synchronizedFixture();
    fixture.serve(SERVER, 0.2).run(200);
    assertEquals(SyncState.SPIKE, fixture.system().syncState());
    fixture.serve(SERVER, 0).run(100);
    assertEquals(SyncState.CLOCK_SYNCHRONIZED, fixture.system().syncState());
    assertEquals(List.of(), steps(fixture));
    assertEquals(0, fixture.error(), 1e-6);
  }

  @Test
  void stepsWhatLasts() {
    EngineFixture fixture = synchronizedFixture();
    fixture.serve(SERVER, 0.2).run(290);
    assertEquals(List.of(), steps(fixture));
    fixture.run(200);
    assertEquals(List.of(0.2), steps(fixture));
    assertEquals(SyncState.CLOCK_SYNCHRONIZED, fixture.system().syncState());
    EngineEvent.ClockStepped told = fixture.events(EngineEvent.ClockStepped.class).getFirst();
    assertEquals(1, fixture.events(EngineEvent.ClockStepped.class).size());
    assertEquals(0.2, told.offset().toSeconds(), 1e-3);
    assertEquals(EngineFixture.config(SERVER, true).key(), told.source().orElseThrow());
  }

  @Test
  void slewsUpToTheThresholdAndWatchesWhatIsBeyond() {
    EngineFixture small = synchronizedFixture();
    small.serve(SERVER, 0.1279).run(70);
    assertEquals(SyncState.CLOCK_SYNCHRONIZED, small.system().syncState());
    assertEquals(0.1279, small.error(), 1e-6);
    EngineFixture large = synchronizedFixture();
    large.serve(SERVER, 0.1281).run(70);
    assertEquals(SyncState.SPIKE, large.system().syncState());
    assertEquals(0, large.error(), 1e-6);
    assertEquals(List.of(), steps(large));
  }

  @Test
  void spikesThatEndNeverAddUpToAStep() {
    EngineFixture fixture = synchronizedFixture();
    for (int i = 0; i < 10; i++) {
      fixture.serve(SERVER, 0.5).run(200);
      fixture.serve(SERVER, 0).run(100);
    }
    assertEquals(List.of(), steps(fixture));
    assertEquals(0, fixture.error(), 1e-6);
  }

  @Test
  void whatLastsIsSteppedUpToThePanicThreshold() {
    EngineFixture fixture = synchronizedFixture();
    fixture.serve(SERVER, -999).run(2000);
    assertEquals(List.of(-999.0), steps(fixture));
    assertEquals(List.of(), fixture.events(EngineEvent.PanicOffset.class));
  }

  @Test
  void refusesPanicOffsetsUntilAccepted() {
    EngineFixture fixture = synchronizedFixture();
    fixture.serve(SERVER, 1001).run(2000);
    assertEquals(List.of(), steps(fixture));
    assertEquals(1, fixture.events(EngineEvent.PanicOffset.class).size(), "told once");
    String shown = fixture.engine.status(fixture.now()).degraded().getFirst();
    assertTrue(shown.startsWith("an offset of 1001"), shown);
    fixture.command(new EngineCommand.AcceptOffset());
    fixture.run(70);
    assertEquals(List.of(1001.0), steps(fixture));
    assertEquals(List.of(), fixture.engine.status(fixture.now()).degraded());
  }

  @Test
  void operatorsSetThePanicThreshold() {
    EngineFixture fixture = synchronizedFixture();
    fixture.command(new EngineCommand.ConfigureOffsets(new OffsetPolicy(100, 128, 128)));
    fixture.serve(SERVER, 101).run(2000);
    assertEquals(List.of(), steps(fixture));
    // 0 believes everything.
    fixture.command(new EngineCommand.ConfigureOffsets(new OffsetPolicy(0, 128, 128)));
    fixture.serve(SERVER, 1_000_000).run(2000);
    assertEquals(List.of(1_000_000.0), steps(fixture));
  }

  @Test
  void theAcceptanceIsUsedUp() {
    EngineFixture fixture = synchronizedFixture();
    fixture.command(new EngineCommand.AcceptOffset());
    fixture.run(70);
    fixture.serve(SERVER, 1001).run(2000);
    assertEquals(List.of(), steps(fixture));
  }

  @Test
  void leavesTheClockAloneIfNotInCharge() {
    EngineFixture fixture = new EngineFixture().serve(SERVER, 10);
    fixture.command(
        EngineFixture.service(true, false),
        new EngineCommand.Mobilize(EngineFixture.config(SERVER, true)));
    fixture.run(200);
    assertEquals(List.of(), fixture.all(Output.StepClock.class));
    assertEquals(List.of(), fixture.all(Output.AdjustClock.class));
    assertEquals(List.of(), fixture.all(Output.SetSynchronized.class));
    assertEquals(16, fixture.system().stratum());
    assertEquals(10, fixture.row(SERVER).offset().toSeconds(), 1e-3, "but it is observed");
    fixture.command(EngineFixture.service(true, true));
    fixture.run(70);
    assertEquals(List.of(10.0), steps(fixture));
    assertEquals(2, fixture.system().stratum());
  }
}
