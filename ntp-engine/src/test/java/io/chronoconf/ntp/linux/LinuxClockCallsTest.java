package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Reads the machine's clock and changes nothing.
class LinuxClockCallsTest {
  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
  }

  @Test
  void readsTheKernelsRateWithoutPrivilege() throws Exception {
    Timex read = new LinuxClockCalls().adjust(Timex.READ);
    assertTrue(read.tick() >= 9_000 && read.tick() <= 11_000, "tick " + read.tick());
    assertTrue(Math.abs(KernelRate.of(read).ratio()) <= 0.11, "rate " + read);
    double difference = read.seconds() - System.currentTimeMillis() / 1e3;
    assertEquals(0, difference, 10, "the layout is wrong");
  }

  @Test
  void theOscillatorNeverRunsBackwards() {
    long last = LinuxClockReader.rawNanos();
    for (int i = 0; i < 1_000; i++) {
      long next = LinuxClockReader.rawNanos();
      assertTrue(next >= last);
      last = next;
    }
  }
}
