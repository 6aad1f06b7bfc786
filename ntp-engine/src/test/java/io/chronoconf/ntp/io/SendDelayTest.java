package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendDelayTest {
  private final SendDelay delay = new SendDelay();

  @Test
  void settlesAtWhatAnswersTake() {
    for (int i = 0; i < 500; i++) {
      delay.observe(8_000);
    }
    assertTrue(Math.abs(delay.nanos() - 8_000) < 50, "it is " + delay.nanos());
  }

  @Test
  void anInterruptionHardlyCountsAndIsSoonForgotten() {
    for (int i = 0; i < 500; i++) {
      delay.observe(8_000);
    }
    delay.observe(50_000_000);
    assertTrue(delay.nanos() < 11_000, "one interruption counts " + delay.nanos());
    for (int i = 0; i < 20; i++) {
      delay.observe(8_000);
    }
    assertTrue(Math.abs(delay.nanos() - 8_000) < 50, "it is " + delay.nanos());
  }

  @Test
  void neverGoesBelowZero() {
    delay.observe(-5_000);
    assertEquals(0, delay.nanos());
  }
}
