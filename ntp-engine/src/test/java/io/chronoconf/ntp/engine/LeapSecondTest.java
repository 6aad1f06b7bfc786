package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeapSecondTest {
  private static final NtpTimestamp MIDNIGHT =
      NtpTimestamp.of(Instant.parse("2026-07-01T00:00:00Z"));
  private static final NtpDuration SECOND = NtpDuration.ofSeconds(1);

  private final LeapSecond leap = new LeapSecond();
  private final List<Output> outputs = new ArrayList<>();

  /// The oscillator reads zero at midnight.
  private static Now at(double oscillator, double local) {
    return new Now(
        new MonotonicTime(Math.round(oscillator * 1e9)),
        MIDNIGHT.plus(NtpDuration.ofSeconds(local)));
  }

  private static Now before(double seconds) {
    return at(-seconds, -seconds);
  }

  private List<Output> told() {
    List<Output> told = List.copyOf(outputs);
    outputs.clear();
    return told;
  }

  private double nextLook() {
    return leap.nextLook().orElseThrow().nanos() / 1e9;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-30T00:00:00Z, true",
    "2026-06-30T23:59:54Z, true",
    "2026-06-30T23:59:55Z, false",
    "2026-12-31T12:00:00Z, true",
    "2036-06-30T12:00:00Z, true",
    "2026-06-29T23:59:59Z, false",
    "2026-07-01T00:00:00Z, false",
    "2026-03-31T12:00:00Z, false",
    "2026-09-30T12:00:00Z, false",
    "2026-02-28T12:00:00Z, false"
  })
  void countsOnTheLastDayOfJuneAndDecember(String instant, boolean counts) {
    Now now = new Now(new MonotonicTime(5), NtpTimestamp.of(Instant.parse(instant)));
    leap.announce(1, now, outputs);
    assertEquals(counts ? 1 : 0, leap.indicator());
    leap.announce(-1, now, outputs);
    assertEquals(counts ? 2 : 0, leap.indicator());
  }

  @Test
  void tellsTheClockWhatChangesAndOnceThatThereIsNone() {
    leap.announce(0, before(900), outputs);
    assertEquals(List.of(new Output.SetLeap(0)), told(), "an earlier run may have told it");
    leap.announce(0, before(800), outputs);
    leap.announce(1, before(700), outputs);
    leap.announce(1, before(600), outputs);
    assertEquals(List.of(new Output.SetLeap(1)), told());
    leap.announce(0, before(500), outputs);
    assertEquals(List.of(new Output.SetLeap(0)), told());
    assertEquals(Optional.empty(), leap.nextLook());
    leap.withdraw(outputs);
    assertEquals(List.of(), told());
  }

  @Test
  void anInsertedSecondIsOverWhenMidnightComesForTheSecondTime() {
    leap.announce(1, before(100), outputs);
    assertEquals(-5, nextLook(), 1e-9);
    assertFalse(leap.isNear(before(5.1)));
    assertTrue(leap.isNear(before(5)));
    assertEquals(Optional.empty(), leap.pass(before(5), outputs));
    assertEquals(0, nextLook(), 1e-9);
    assertEquals(Optional.empty(), leap.pass(at(0, -1), outputs), "23:59:60");
    assertEquals(1, nextLook(), 1e-9);
    assertEquals(1, leap.indicator());
    told();
    assertEquals(Optional.of(SECOND.negated()), leap.pass(at(1, 0), outputs));
    assertEquals(List.of(new Output.SetLeap(0)), told());
    assertEquals(0, leap.indicator());
    assertTrue(leap.isNear(at(5.9, 4.9)));
    assertFalse(leap.isNear(at(6, 5)));
    assertEquals(Optional.empty(), leap.pass(at(7, 6), outputs), "it is told once");
  }

  @Test
  void aDeletedSecondIsOverAtOnce() {
    leap.announce(-1, before(100), outputs);
    leap.pass(before(5), outputs);
    assertEquals(-1, nextLook(), 1e-9);
    assertEquals(Optional.of(SECOND), leap.pass(at(-1, 0), outputs));
    assertEquals(0, leap.indicator());
  }

  @Test
  void nothingChangesShortlyBefore() {
    leap.announce(1, before(100), outputs);
    told();
    leap.announce(0, before(4), outputs);
    leap.announce(0, at(0.5, -0.5), outputs);
    assertEquals(List.of(), told());
    assertEquals(1, leap.indicator());
  }

  @Test
  void aClockThatWentOnWithoutIsNotTakenForOneThatLeapt() {
    leap.announce(1, before(100), outputs);
    leap.pass(before(5), outputs);
    assertEquals(Optional.empty(), leap.pass(at(0, 0.001), outputs));
    assertEquals(new Output.SetLeap(0), told().getLast());
  }

  @Test
  void aLateLookTrustsTheClock() {
    leap.announce(1, before(100), outputs);
    assertEquals(Optional.of(SECOND.negated()), leap.pass(at(3_601, 3_600), outputs));
  }

  @Test
  void aSlewMakesItLookAgain() {
    leap.announce(1, before(100), outputs);
    assertEquals(Optional.empty(), leap.pass(at(-5, -5.01), outputs));
    assertEquals(-4.99, nextLook(), 1e-9);
    leap.pass(at(-4.99, -4.999), outputs);
    assertEquals(Optional.of(SECOND.negated()), leap.pass(at(1.1, 0.12), outputs));
  }
}
