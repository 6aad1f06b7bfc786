package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StampConverterTest {
  private static final long REAL = 1_800_000_000_000_000_000L;
  private static final long RAW = 5_000_000_000_000L;

  private final StampConverter converter = new StampConverter(RAW, REAL);

  @Test
  void thePacketIsAsOldOnTheOscillatorAsOnTheKernelsClock() {
    assertEquals(RAW - 12_345, converter.toRaw(REAL - 12_345));
    assertEquals(RAW - 1_000_000_000, converter.toRaw(REAL - 1_000_000_000));
    assertEquals(RAW, converter.toRaw(REAL));
  }

  @Test
  void aStampFromBeforeOrAfterAStepIsNotUsed() {
    assertEquals(RAW, converter.toRaw(REAL + 1));
    assertEquals(RAW, converter.toRaw(REAL - 1_000_000_001));
  }

  @Test
  void bothClocksAreReadAtOneMoment() {
    FakeSource source = new FakeSource(REAL);
    StampConverter read = StampConverter.read(source);
    assertEquals(source.rawNanos(), read.rawNanos());
    assertEquals(source.realNanos(), read.realNanos());
  }
}
