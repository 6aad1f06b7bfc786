package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.PacketCounters;
import io.chronoconf.ntp.engine.SyncState;
import io.chronoconf.ntp.engine.SystemStatus;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeeperTest {
  private static final NtpState LOADED =
      new NtpState(OptionalDouble.of(5e-6), "", Optional.empty());

  @TempDir private Path folder;

  private final FakeSource source = new FakeSource(1_800_000_000_000_000_000L);
  private final VirtualClock clock = VirtualClock.start(source, NtpDuration.ZERO, 0);

  @Test
  void savesTheFrequencyOfASynchronizedClockAtTheEnd() throws Exception {
    clock.adjust(-1e-5, NtpDuration.ZERO, 0);
    StateFile file = runUntilStopped(folder, new FixedEngine(true, -1e-5));
    NtpState saved = file.load();
    assertEquals(OptionalDouble.of(-1e-5), saved.frequency());
    assertEquals(Optional.of(clock.anchor()), saved.anchor());
    assertEquals(StateFile.bootId(), saved.boot());
  }

  @Test
  void keepsTheOldFrequencyIfNoneWasLearnt() throws Exception {
    StateFile file = runUntilStopped(folder, new FixedEngine(false, 0));
    assertEquals(LOADED.frequency(), file.load().frequency());
  }

  @Test
  void saysWhatCannotBeWritten() {
    Housekeeper keeper =
        new Housekeeper(
            clock,
            new FixedEngine(true, 0),
            Optional.of(new StateFile(folder.resolve("gone"))),
            LOADED,
            Optional.empty());
    keeper.stop();
    keeper.run();
    String text = keeper.degraded().getFirst();
    assertTrue(text.contains("gone") && text.contains("make its folder writable"), text);
  }

  private StateFile runUntilStopped(Path target, EngineControl engine) {
    StateFile file = new StateFile(target);
    Housekeeper keeper =
        new Housekeeper(clock, engine, Optional.of(file), LOADED, Optional.empty());
    keeper.stop();
    keeper.run();
    assertEquals(List.of(), keeper.degraded());
    return file;
  }

  private final class FixedEngine implements EngineControl {
    private final boolean isSynchronized;
    private final double frequency;

    FixedEngine(boolean isSynchronized, double frequency) {
      this.isSynchronized = isSynchronized;
      this.frequency = frequency;
    }

    @Override
    public void apply(List<EngineCommand> commands) {
      throw new AssertionError("a housekeeper commands nothing");
    }

    @Override
    public EngineStatus status() {
      NtpTimestamp unknown = NtpTimestamp.UNKNOWN;
      NtpDuration zero = NtpDuration.ZERO;
      SystemStatus system =
          new SystemStatus(
              isSynchronized,
              SyncState.CLOCK_SYNCHRONIZED,
              4,
              0,
              0,
              Optional.empty(),
              zero,
              frequency,
              zero,
              0,
              zero,
              zero,
              unknown,
              -24,
              64);
      PacketCounters counters = new PacketCounters(unknown, 0, 0, 0, 0);
      return new EngineStatus(clock.now(), system, List.of(), counters, List.of());
    }
  }
}
