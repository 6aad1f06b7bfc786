package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.linux.HardwareStamp;
import io.chronoconf.ntp.linux.ReceiveBatch;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of two stamps counts, for what leaves and for what comes in.
class DeparturesTest {
  private static final long RAW = 5_000_000_000_000L;
  private static final long REAL = 1_800_000_000_000_000_000L;
  private static final long PHC = 77_000_000_000L;

  private final StampConverter converter = new StampConverter(RAW, REAL);
  private final Departures departures = new Departures();

  private OptionalLong software(int number, long agoNanos) {
    return departures.rawNanos(
        new ReceiveBatch.Transmission(number, REAL - agoNanos, Optional.empty()),
        converter,
        stamp -> OptionalLong.empty());
  }

  private OptionalLong hardware(int number, long agoNanos) {
    HardwareStamp stamp = new HardwareStamp(PHC - agoNanos, 2);
    return departures.rawNanos(
        new ReceiveBatch.Transmission(number, REAL, Optional.of(stamp)),
        converter,
        told -> OptionalLong.of(told.nanos() - PHC + RAW));
  }

  @Test
  void theHardwaresStampFollowsAndIsBetter() {
    assertEquals(OptionalLong.of(RAW - 50_000), software(7, 50_000));
    assertEquals(OptionalLong.of(RAW - 45_000), hardware(7, 45_000));
  }

  @ParameterizedTest
  @CsvSource({"50001", "-950001"})
  void aStampThatContradictsTheSoftwareIsNotTold(long agoNanos) {
    software(7, 50_000);
    assertEquals(OptionalLong.empty(), hardware(7, agoNanos));
  }

  @Test
  void aStampWithoutOneOfTheSoftwareIsNotTold() {
    software(6, 50_000);
    assertEquals(OptionalLong.empty(), hardware(7, 45_000));
    assertEquals(OptionalLong.empty(), hardware(70, 45_000), "64 later");
  }

  @Test
  void aClockThatCannotBeToldLeavesTheSoftwaresStamp() {
    software(7, 50_000);
    assertEquals(
        OptionalLong.empty(),
        departures.rawNanos(
            new ReceiveBatch.Transmission(7, REAL, Optional.of(new HardwareStamp(PHC, 2))),
            converter,
            told -> OptionalLong.empty()));
  }

  @Test
  void numbersWrapAround() {
    software(-1, 50_000);
    assertEquals(OptionalLong.of(RAW - 45_000), hardware(-1, 45_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, at once",
    "-1, -1, a little earlier than the software noticed",
    "-1000000, -1000000, a millisecond earlier",
    "-1000001, 0, too early",
    "1, 0, after the software had it",
  })
  void whatCameInWasThereBeforeTheSoftwareNoticed(long stamp, long chosen, String why) {
    assertEquals(RAW + chosen, CredibleStamp.ofArrival(RAW, OptionalLong.of(RAW + stamp)), why);
  }

  @Test
  void withoutAStampOfHardwareTheSoftwaresCounts() {
    assertEquals(RAW, CredibleStamp.ofArrival(RAW, OptionalLong.empty()));
  }
}
