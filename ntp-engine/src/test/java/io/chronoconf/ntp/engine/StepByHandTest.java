package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An operator sets the clock.
class StepByHandTest {
  private static final String SERVER = "192.0.2.1";
  private static final NtpDuration HOUR = NtpDuration.ofSeconds(3600);

  private final EngineFixture fixture = new EngineFixture();

  @Test
  void theClockStepsWithoutAnyService() {
    fixture.command(new EngineCommand.StepClock(HOUR));
    assertEquals(List.of(new Output.StepClock(HOUR)), fixture.all(Output.StepClock.class));
  }

  @Test
  void aClockThatNtpIsInChargeOfStays() {
    fixture.serve(SERVER, 0).following(SERVER).run(20);
    int before = fixture.all(Output.StepClock.class).size();
    fixture.command(new EngineCommand.StepClock(HOUR));
    assertEquals(before, fixture.all(Output.StepClock.class).size());
  }

  @Test
  void whatWasReadBeforeIsToldAnew() {
    fixture.command(EngineFixture.service(true, false), EngineFixture.local(2));
    NtpTimestamp before = fixture.system().reference();
    NtpTimestamp discontinuity = fixture.engine.status(fixture.now()).counters().discontinuity();
    fixture.command(new EngineCommand.StepClock(HOUR));
    assertEquals(HOUR, fixture.system().reference().minus(before));
    assertEquals(
        HOUR, fixture.engine.status(fixture.now()).counters().discontinuity().minus(discontinuity));
    assertTrue(fixture.system().isSynchronized());
  }

  @Test
  void sourcesAreSeenFromWhereTheClockIsNow() {
    fixture.serve(SERVER, 0);
    fixture.command(
        EngineFixture.service(true, false),
        new EngineCommand.Mobilize(EngineFixture.config(SERVER, true)));
    fixture.run(20);
    fixture.command(new EngineCommand.StepClock(HOUR));
    assertEquals(-3600, fixture.row(SERVER).offset().toSeconds(), 0.01);
    fixture.run(70);
    assertEquals(-3600, fixture.row(SERVER).offset().toSeconds(), 0.01);
  }
}
