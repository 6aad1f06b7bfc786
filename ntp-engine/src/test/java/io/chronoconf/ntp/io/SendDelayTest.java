package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SendDelayTest {
  private final SendDelay delay = new SendDelay();

  @Test
  void isNothingBeforeEnoughIsKnown() {
    observe(2, 80_000);
    assertEquals(0, delay.nanos());
    observe(1, 90_000);
    assertEquals(80_000, delay.nanos());
  }

  @Test
  void anInterruptionDoesNotCount() {
    observe(20, 8_000);
    observe(7, 50_000_000);
    assertEquals(8_000, delay.nanos());
  }

  @Test
  void shrinksAtOnceAndGrowsWhenTheOldIsForgotten() {
    observe(20, 80_000);
    observe(1, 8_000);
    assertEquals(8_000, delay.nanos());
    observe(8, 80_000);
    assertEquals(80_000, delay.nanos());
  }

  @Test
  void staysWithinItsBounds() {
    observe(20, -5_000);
    assertEquals(0, delay.nanos());
    observe(20, 50_000_000);
    assertEquals(200_000, delay.nanos());
  }

  private void observe(int times, long sample) {
    for (int i = 0; i < times; i++) {
      delay.observe(sample);
    }
  }
}
