package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what real threads and sockets do in their own time.
final class Awaiting {
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private Awaiting() {}

  /// Returns as soon as it holds; fails after the deadline with what `state` says.
  static void until(int seconds, BooleanSupplier holds, Supplier<Object> state) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        fail("not within " + seconds + " s: " + state.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
