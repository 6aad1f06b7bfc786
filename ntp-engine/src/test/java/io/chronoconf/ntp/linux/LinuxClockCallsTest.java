package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  /// Offsets of `struct timex` where a long has 64 bits, octet by octet.
  @Test
  void writesEachMemberWhereTheKernelLooksForIt() {
    Timex request = new Timex(0x11, 2, 3, 4, Timex.STATUS_INSERT | Timex.STATUS_DELETE, 5, 6, 7);
    byte[] bytes = new byte[LinuxAbi.TIMEX_SIZE];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(LinuxAbi.TIMEX_SIZE, 8);
      LinuxClockCalls.write(request, timex);
      MemorySegment.copy(timex, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
    }
    byte[] expected = new byte[208];
    expected[0] = 0x11;
    expected[16] = 2;
    expected[24] = 3;
    expected[32] = 4;
    expected[40] = 0x30;
    expected[72] = 5;
    expected[80] = 6;
    expected[88] = 7;
    assertArrayEquals(expected, bytes);
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
