package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// The running system's clock.
final class LinuxClockCalls implements ClockCalls {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String EFFECTIVE = "CapEff:";
  private static final int CAP_SYS_TIME = 25;

  LinuxClockCalls() {
    LinuxPlatform.require();
  }

  @Override
  public long rawNanos() {
    return LinuxClockReader.rawNanos();
  }

  @Override
  public long realNanos() {
    return LinuxClockReader.realNanos();
  }

  @Override
  public boolean maySet() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
          .anyMatch(capabilities -> (capabilities >>> CAP_SYS_TIME & 1) == 1);
    } catch (IOException | NumberFormatException unknown) {
      // Without /proc nothing is known: the first attempt will tell.
      return true;
    }
  }

  @Override
  public Timex adjust(Timex request) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(LinuxAbi.TIMEX_SIZE, 8);
      write(request, timex);
      Libc.clockAdjTime(arena.allocate(Libc.STATE), timex);
      return new Timex(
          0,
          timex.get(JAVA_LONG, LinuxAbi.TIMEX_FREQUENCY),
          timex.get(JAVA_LONG, LinuxAbi.TIMEX_MAXERROR),
          timex.get(JAVA_LONG, LinuxAbi.TIMEX_ESTERROR),
          timex.get(JAVA_INT, LinuxAbi.TIMEX_STATUS),
          timex.get(JAVA_LONG, LinuxAbi.TIMEX_SECONDS),
          timex.get(JAVA_LONG, LinuxAbi.TIMEX_NANOS),
          timex.get(JAVA_LONG, LinuxAbi.TIMEX_TICK));
    }
  }

  static void write(Timex request, MemorySegment timex) {
    timex.set(JAVA_INT, LinuxAbi.TIMEX_MODES, request.modes());
    timex.set(JAVA_LONG, LinuxAbi.TIMEX_FREQUENCY, request.frequency());
    timex.set(JAVA_LONG, LinuxAbi.TIMEX_MAXERROR, request.maximumError());
    timex.set(JAVA_LONG, LinuxAbi.TIMEX_ESTERROR, request.estimatedError());
    timex.set(JAVA_INT, LinuxAbi.TIMEX_STATUS, request.status());
    timex.set(JAVA_LONG, LinuxAbi.TIMEX_SECONDS, request.seconds());
    timex.set(JAVA_LONG, LinuxAbi.TIMEX_NANOS, request.nanos());
    timex.set(JAVA_LONG, LinuxAbi.TIMEX_TICK, request.tick());
  }
}
