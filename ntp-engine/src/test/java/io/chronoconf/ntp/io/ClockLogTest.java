package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.time.NtpDuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockLogTest {
  @TempDir private Path folder;

  @Test
  void writesTheClockOnceForEachWholeSecondOfTheHostsOscillator() throws Exception {
    long now = System.currentTimeMillis() * 1_000_000L;
    FakeSource source = new FakeSource(now);
    VirtualClock clock = VirtualClock.start(source, NtpDuration.ofSeconds(0.5), 1e-3);
    Path file = folder.resolve("clock.csv");
    long raw = source.rawNanos();
    try (ClockLog log = new ClockLog(clock, file)) {
      source.advance(1_000_000L);
      log.write();
      source.advance(1_000_000L);
      log.write();
      source.advance(1_000_000_000L);
      log.write();
    }
    assertEquals(
        List.of(
            raw + "," + (now + 500_000_000L),
            (raw + 1_000_000_000L) + "," + (now + 1_501_000_000L)),
        Files.readAllLines(file));
  }
}
