package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// A hardware clock by its file, read as one of the kernel's dynamic clocks.
final class LinuxHardwareClock implements HardwareClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// Marks a clock's number as made of a descriptor.
  private static final int CLOCK_OF_FILE = 3;

  // The hardware is far away: this call takes long, and the collector must not wait for it.
  private static final MethodHandle CLOCK_GETTIME =
      Libc.failing("clock_gettime", JAVA_INT, ADDRESS);

  private final int descriptor;
  private final MemorySegment state;
  private final MemorySegment timespec;
  private boolean isClosed;

  private LinuxHardwareClock(int descriptor) {
    this.descriptor = descriptor;
    Arena arena = Arena.ofAuto();
    this.state = arena.allocate(Libc.STATE);
    this.timespec = arena.allocate(LinuxAbi.TIMESPEC_SIZE, 8);
  }

  static HardwareClock open(Path file) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      return new LinuxHardwareClock(NamespaceCalls.open(arena.allocate(Libc.STATE), path));
    }
  }

  @Override
  public long nanos() throws LinuxException {
    if (isClosed) {
      throw new IllegalStateException("the hardware clock is closed");
    }
    try {
      int clock = clockOf(descriptor);
      int result = (int) CLOCK_GETTIME.invokeExact(state, clock, timespec);
      Libc.checked("clock_gettime", state, result);
    } catch (Throwable thrown) {
      throw Libc.rethrown(thrown);
    }
    return timespec.get(JAVA_LONG, 0) * NANOS_PER_SECOND + timespec.get(JAVA_LONG, 8);
  }

  static int clockOf(int descriptor) {
    return ~descriptor << 3 | CLOCK_OF_FILE;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      Libc.close(descriptor);
    }
  }
}
