package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What drivers answer, octet for octet, and what is asked of them then.
class StampModeTest {
  private static final String ROOM = "000000000000000000000000";

  @BeforeAll
  static void needsLinux() {
    assumeTrue(LinuxPlatform.obstacle().isEmpty());
  }

  private static MemorySegment octets(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);
    MemorySegment memory = Arena.ofAuto().allocate(octets.length, 8);
    MemorySegment.copy(MemorySegment.ofArray(octets), 0, memory, 0, octets.length);
    return memory;
  }

  private static StampAbilities abilities(String four, String filters) {
    return StampAbilities.read(octets("41000000" + four + ROOM + filters + ROOM));
  }

  @ParameterizedTest
  @CsvSource({
    "5f000000 02000000 03000000, 02000000, true, a network card with all",
    "1f000000 02000000 03000000, 02000000, false, no raw stamps",
    "5e000000 02000000 03000000, 02000000, false, not for what is sent",
    "5b000000 02000000 03000000, 02000000, false, not for what is received",
    "5f000000 ffffffff 03000000, 02000000, false, no clock",
    "5f000000 00000000 01000000, 02000000, false, sending cannot be switched on",
    "1a000000 ffffffff 00000000, 00000000, false, a veth",
  })
  void anAnswerOfEthtool(String four, String filters, boolean isComplete, String of) {
    assertEquals(isComplete, abilities(four.replace(" ", ""), filters).areComplete(), of);
  }

  @Test
  void anAnswerOfEthtoolFieldByField() {
    assertEquals(
        new StampAbilities(0x5f, 2, 0x3, 0x8001),
        abilities("5f0000000200000003000000", "01800000"));
  }

  @Test
  void aModeFieldByField() {
    MemorySegment octets = octets("01000000020000000c000000");
    StampMode mode = StampMode.read(octets);
    assertEquals(new StampMode(1, 2, 12), mode);
    MemorySegment written = octets("ff".repeat(12));
    mode.write(written);
    assertArrayEquals(octets.toArray(JAVA_BYTE), written.toArray(JAVA_BYTE));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1, 15, true",
    "2, 1, true",
    "0, 1, false",
    "1, 0, false",
    "1, 2, false",
    "1, 12, false",
  })
  void aModeIsEnoughIfItStampsNtpBothWays(int sendType, int filter, boolean isEnough) {
    assertEquals(isEnough, new StampMode(0, sendType, filter).isEnough());
  }

  /// Filters as a set of bits: 0x2 is ALL, 0x8000 is NTP_ALL, 0x1000 one of PTP.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 9003, 1, 15, nobody uses it: those of NTP alone",
    "0, 0, 1003, 1, 1, nobody uses it and all can be had",
    "1, 12, 9003, 1, 1, PTP goes on getting its own among all",
    "2, 12, 9003, 2, 1, and sends as before",
    "0, 15, 9003, 1, 15, only what is sent is missing",
    "0, 2, 9003, 1, 1, whoever uses it gets all",
  })
  void whatIsAskedFor(
      int sendType, int filter, String offered, int wantedType, int wantedFilter, String why) {
    StampAbilities abilities = new StampAbilities(0x5f, 0, 3, Integer.parseInt(offered, 16));
    StampMode wanted = new StampMode(1, sendType, filter).enough(abilities).orElseThrow();
    assertEquals(new StampMode(1, wantedType, wantedFilter), wanted, why);
    assertTrue(wanted.isEnough());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1001, the driver stamps packets of PTP alone",
    "12, 9001, those of NTP would take from PTP what it has",
    "2, 8001, nobody knows who uses it",
  })
  void nothingIsAskedFor(int filter, String offered, String why) {
    StampAbilities abilities = new StampAbilities(0x5f, 0, 3, Integer.parseInt(offered, 16));
    assertEquals(Optional.empty(), new StampMode(0, 0, filter).enough(abilities), why);
  }

  @Test
  void theNumberOfAClockIsMadeOfItsDescriptor() {
    assertEquals(-29, LinuxHardwareClock.clockOf(3));
    assertEquals(-37, LinuxHardwareClock.clockOf(4));
  }

  @Test
  void aClockThatIsNoneIsRefused() throws IOException {
    LinuxException missing =
        assertThrows(
            LinuxException.class, () -> LinuxHardwareClock.open(Path.of("/dev/ptp9999")).close());
    assertTrue(missing.is(Errno.ENOENT));
    try (HardwareClock noClock = LinuxHardwareClock.open(Path.of("/dev/null"))) {
      assertThrows(LinuxException.class, noClock::nanos);
    }
  }

  @Test
  void theLoopbackDeviceHasNone() throws IOException {
    assertFalse(new LinuxStampCalls().abilities("lo").areComplete());
    assertThrows(LinuxException.class, () -> new LinuxStampCalls().mode("lo"));
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() {
    for (String device : new String[] {"gone", "a-name-that-is-longer-than-any"}) {
      LinuxException missing =
          assertThrows(LinuxException.class, () -> new LinuxStampCalls().abilities(device));
      assertTrue(missing.is(Errno.ENODEV));
      assertTrue(String.valueOf(missing.getMessage()).contains(device));
    }
  }
}
