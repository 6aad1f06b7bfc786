package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.ClockException;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelClockTest {
  private static final double PPM = 1e-6;
  private static final long SECOND = 1_000_000_000L;
  private static final long SECONDS_TO_MIDNIGHT = 16 * 3_600;

  @TempDir private Path folder;

  private final RecordedKernel kernel = new RecordedKernel();
  private KernelClock clock = KernelClock.open(kernel, Path.of("/nonexistent/clock.lock"));

  @BeforeEach
  void openClock() {
    clock = KernelClock.open(kernel, folder.resolve("clock.lock"));
  }

  @AfterEach
  void closeClock() {
    clock.close();
  }

  @Test
  void readsBothClocksOfOneInstant() {
    kernel.advance(5 * SECOND);
    Now now = clock.now();
    assertEquals(kernel.rawNanos(), now.monotonic().nanos());
    assertEquals(NtpTimestamp.of(Instant.ofEpochSecond(0, kernel.realNanos())), now.local());
  }

  @Test
  void readsOnWhenTheEraEnds() {
    long eraEnd = Instant.parse("2036-02-07T06:28:16Z").getEpochSecond();
    kernel.real = (eraEnd - 1) * SECOND;
    NtpTimestamp before = clock.now().local();
    kernel.advance(SECOND - 1_000);
    assertEquals(0.999999, clock.now().local().minus(before).toSeconds(), 1e-6);
    assertEquals(0xffff_ffffL, clock.now().local().bits() >>> 32);
    kernel.advance(2_000);
    assertEquals(0, clock.now().local().bits() >>> 32);
    assertEquals(1.000001, clock.now().local().minus(before).toSeconds(), 1e-6);
    assertFalse(clock.now().local().isBefore(before));
    assertEquals(eraEnd, clock.now().local().toInstant().getEpochSecond());
  }

  @Test
  void tellsAnEarlierInstant() {
    kernel.advance(5 * SECOND);
    Now earlier = clock.at(kernel.rawNanos() - 1_000_000);
    assertEquals(-1_000_000, earlier.local().minus(clock.now().local()).toNanos());
  }

  @Test
  void tellsWhatItReadAtAnEarlierInstantWhateverItsRateWasThen() throws Exception {
    clock.adjust(400 * PPM, NtpDuration.ofSeconds(0.1), 0.0833);
    kernel.advance(SECOND);
    Now duringSlew = clock.now();
    kernel.advance(2_000_000);
    assertEquals(duringSlew, clock.at(duringSlew.monotonic().nanos()));

    clock.adjust(400 * PPM, NtpDuration.ZERO, 0);
    assertEquals(duringSlew, clock.at(duringSlew.monotonic().nanos()));
    kernel.advance(3_000_000);
    assertEquals(duringSlew, clock.at(duringSlew.monotonic().nanos()));
  }

  @Test
  void slewsAtTheGreatestRateThroughTheTick() throws Exception {
    long before = kernel.lead();
    clock.adjust(10 * PPM, NtpDuration.ofSeconds(-0.1), 0.0833);
    assertEquals(10_000 - 833, kernel.state.tick());
    assertEquals(-83_290, clock.kernelFrequency() / PPM, 1e-4);
    kernel.advance(clock.nextTick().orElseThrow().nanos() - kernel.rawNanos());
    clock.tick();
    assertEquals(Optional.empty(), clock.nextTick());
    assertEquals(-100_000_000 + 12_005, (double) (kernel.lead() - before), 2);
    assertEquals(10_000, kernel.state.tick());
    assertEquals(10 * PPM, clock.kernelFrequency(), 1e-11);
  }

  @Test
  void setsASmallFrequencyFinely() throws Exception {
    clock.adjust(123.5 * PPM, NtpDuration.ZERO, 0);
    assertEquals(Math.round(123.5 * 65536), kernel.state.frequency());
    assertEquals(10_000, kernel.state.tick());
    assertEquals(Optional.empty(), clock.nextTick());
  }

  @Test
  void setsALargeFrequencyThroughTheTick() throws Exception {
    clock.adjust(-0.0123456, NtpDuration.ZERO, 0);
    assertEquals(10_000 - 123, kernel.state.tick());
    assertEquals(-0.0123456, clock.kernelFrequency(), 1e-11);
  }

  @Test
  void clampsAFrequencyBeyondTheKernelsReach() throws Exception {
    clock.adjust(0.5, NtpDuration.ZERO, 0);
    assertEquals(11_000, kernel.state.tick());
  }

  @Test
  void stepsBackwardsWithNormalizedNanoseconds() throws Exception {
    clock.step(NtpDuration.ofSeconds(-1.25));
    Timex step = kernel.last();
    assertEquals(Timex.ADD_OFFSET | Timex.IN_NANOS, step.modes());
    assertEquals(-2, step.seconds());
    assertEquals(750_000_000, step.nanos());
  }

  @Test
  void slewsExactlyThePhaseEvenIfTheTickIsLate() throws Exception {
    long before = kernel.lead();
    clock.adjust(10 * PPM, NtpDuration.ofSeconds(0.005), 0.001);
    assertEquals(1010 * PPM, clock.kernelFrequency(), 1e-11);
    long began = kernel.rawNanos();
    for (int i = 0; i < 10 && clock.nextTick().isPresent(); i++) {
      kernel.advance(clock.nextTick().orElseThrow().nanos() - kernel.rawNanos() + 3_000_000);
      clock.tick();
    }
    assertEquals(Optional.empty(), clock.nextTick());
    assertEquals(10 * PPM, clock.kernelFrequency(), 1e-11);
    double drift = (kernel.rawNanos() - began) * 10 * PPM;
    assertEquals(5_000_000 + drift, (double) (kernel.lead() - before), 200);
  }

  @Test
  void aTickBeforeItsTimeChangesNothing() throws Exception {
    clock.adjust(0, NtpDuration.ofSeconds(0.01), 0.001);
    int count = kernel.requests.size();
    clock.tick();
    assertEquals(count, kernel.requests.size());
  }

  @Test
  void aStepEndsTheSlew() throws Exception {
    clock.adjust(7 * PPM, NtpDuration.ofSeconds(0.01), 0.001);
    clock.step(NtpDuration.ofSeconds(3));
    assertEquals(Optional.empty(), clock.nextTick());
    assertEquals(7 * PPM, clock.kernelFrequency(), 1e-11);
  }

  @Test
  void announcesALeapSecondAndKeepsForeignStatusBits() throws Exception {
    kernel.state = kernel.withStatus(0x2000);
    clock.setSynchronized(true, NtpDuration.ofSeconds(0.002));
    clock.setLeap(1);
    assertEquals(0x2000 | Timex.STATUS_INSERT, kernel.state.status());
    assertEquals(2_000, kernel.state.maximumError());
    clock.setLeap(0);
    clock.setLeap(-1);
    assertEquals(0x2000 | Timex.STATUS_DELETE, kernel.state.status());
    clock.setLeap(0);
    clock.setSynchronized(false, NtpDuration.ofSeconds(16));
    assertEquals(0x2000 | Timex.STATUS_UNSYNCHRONIZED, kernel.state.status());
  }

  /// Lets time pass and the clock tick when it wants to.
  private void pass(long seconds) throws Exception {
    for (long i = 0; i < seconds * 10; i++) {
      kernel.advance(SECOND / 10);
      if (clock.nextTick().filter(at -> at.nanos() <= kernel.rawNanos()).isPresent()) {
        clock.tick();
      }
    }
  }

  private long statusWrites(int bit) {
    return kernel.requests.stream()
        .filter(request -> (request.modes() & Timex.SET_STATUS) != 0)
        .filter(request -> (request.status() & bit) != 0)
        .count();
  }

  private long lead() {
    return kernel.realNanos() - kernel.rawNanos();
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "-1, 32"})
  void theKernelLeapsOnceAndIsReadyForTheNext(int leap, int bit) throws Exception {
    long before = lead();
    clock.setLeap(leap);
    pass(SECONDS_TO_MIDNIGHT - 10);
    assertEquals(before, lead());
    assertEquals(1, statusWrites(bit), "set once");
    pass(20);
    assertEquals(before - leap * SECOND, lead());
    assertEquals(RecordedKernel.LeapState.WAIT, kernel.leapState());
    clock.setLeap(0);
    pass(3);
    assertEquals(0, kernel.state.status() & 0x30);
    assertEquals(RecordedKernel.LeapState.OK, kernel.leapState());
    pass(2 * 86_400);
    assertEquals(before - leap * SECOND, lead(), "it leapt twice");
  }

  @Test
  void aWithdrawnLeapDoesNotHappen() throws Exception {
    long before = lead();
    clock.setLeap(1);
    pass(100);
    clock.setLeap(0);
    pass(SECONDS_TO_MIDNIGHT);
    assertEquals(before, lead());
  }

  @Test
  void bitsThatAnEarlierProcessLeftWaitingAreTakenAwayFirst() throws Exception {
    kernel.state = kernel.withStatus(Timex.STATUS_INSERT);
    pass(SECONDS_TO_MIDNIGHT + 5);
    assertEquals(RecordedKernel.LeapState.WAIT, kernel.leapState());
    long before = lead();
    clock.setLeap(1);
    assertEquals(0, kernel.state.status() & Timex.STATUS_INSERT);
    clock.setSynchronized(true, NtpDuration.ofSeconds(0.001));
    assertEquals(0, kernel.state.status() & Timex.STATUS_INSERT, "too early");
    pass(3);
    assertEquals(Timex.STATUS_INSERT, kernel.state.status() & Timex.STATUS_INSERT);
    assertEquals(Optional.empty(), clock.nextTick());
    pass(86_400);
    assertEquals(before - SECOND, lead());
  }

  @Test
  void aStepDoesNotMakeTheKernelForgetTheLeap() throws Exception {
    clock.setLeap(1);
    pass(10);
    clock.step(NtpDuration.ofSeconds(2));
    long before = lead();
    pass(SECONDS_TO_MIDNIGHT);
    assertEquals(before - SECOND, lead());
  }

  @Test
  void anotherKindOfLeapReplacesTheFirst() throws Exception {
    long before = lead();
    clock.setLeap(1);
    pass(10);
    clock.setLeap(-1);
    pass(SECONDS_TO_MIDNIGHT);
    assertEquals(before + SECOND, lead());
  }

  @Test
  void switchesOffALoopThatAnotherDaemonLeft() throws Exception {
    kernel.state = kernel.withStatus(Timex.STATUS_PLL);
    clock.adjust(1 * PPM, NtpDuration.ZERO, 0);
    assertEquals(0, kernel.state.status() & Timex.STATUS_PLL);
  }

  @Test
  void yieldsForGoodWhenAnotherProgramChangesTheRate() throws Exception {
    clock.adjust(1 * PPM, NtpDuration.ZERO, 0);
    kernel.adjust(Timex.rate(KernelRate.of(50 * PPM)));
    int count = kernel.requests.size();

    ClockException yielded =
        assertThrows(ClockException.class, () -> clock.adjust(2 * PPM, NtpDuration.ZERO, 0));

    assertTrue(yielded.toString().contains("another program"), yielded.getMessage());
    assertThrows(ClockException.class, () -> clock.step(NtpDuration.ofSeconds(1)));
    assertThrows(ClockException.class, () -> clock.setLeap(1));
    assertEquals(0, kernel.writesSince(count));
    assertEquals(kernel.rawNanos(), clock.now().monotonic().nanos());
  }

  @Test
  void yieldsWhenAnotherProgramStartsTheKernelsLoop() throws Exception {
    clock.adjust(1 * PPM, NtpDuration.ZERO, 0);
    kernel.state = kernel.withStatus(Timex.STATUS_PLL);
    assertThrows(ClockException.class, () -> clock.step(NtpDuration.ofSeconds(1)));
    assertTrue(clock.obstacle().isPresent());
  }

  @Test
  void withoutTheCapabilityNothingIsTriedAndTheRemedyIsNamed() {
    kernel.maySet = false;
    try (KernelClock barred = KernelClock.open(kernel, folder.resolve("other.lock"))) {
      ClockException refused =
          assertThrows(ClockException.class, () -> barred.step(NtpDuration.ofSeconds(1)));
      assertTrue(refused.toString().contains("CAP_SYS_TIME"), refused.getMessage());
      assertEquals(0, kernel.writesSince(0));
    }
  }

  @Test
  void aRefusalOfTheSystemIsRememberedWithItsRemedy() {
    kernel.refusal = Errno.EPERM;
    assertThrows(ClockException.class, () -> clock.step(NtpDuration.ofSeconds(1)));
    assertTrue(clock.obstacle().orElseThrow().contains("CAP_SYS_TIME"));
  }

  @Test
  void oneLockFileHasOneOwner() throws Exception {
    Path file = folder.resolve("clock.lock");
    try (KernelClock second = KernelClock.open(kernel, file)) {
      assertTrue(second.obstacle().orElseThrow().contains("another agent"));
      assertThrows(ClockException.class, () -> second.step(NtpDuration.ofSeconds(1)));
    }
    assertEquals(Optional.empty(), clock.obstacle());
    clock.close();
    try (KernelClock third = KernelClock.open(kernel, file)) {
      assertEquals(Optional.empty(), third.obstacle());
    }
  }

  @Test
  void aLockFileThatCannotBeWrittenIsAnObstacle() throws Exception {
    Path blocked = Files.createDirectory(folder.resolve("directory"));
    try (KernelClock barred = KernelClock.open(kernel, blocked)) {
      assertTrue(barred.obstacle().orElseThrow().contains(blocked.toString()));
    }
  }

  @Test
  void closingEndsTheSlewAndKeepsTheFrequency() throws Exception {
    clock.adjust(7 * PPM, NtpDuration.ofSeconds(0.01), 0.001);
    clock.close();
    assertEquals(7 * PPM, KernelRate.of(kernel.state).ratio(), 1e-11);
    assertFalse(clock.nextTick().isPresent());
  }
}
