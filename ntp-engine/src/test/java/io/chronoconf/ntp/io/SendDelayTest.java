package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendDelayTest {
  private final SendDelay delay = new SendDelay();

  @Test
  void isWhatTheFirstAnswerTook() {
    delay.observe(80_000);
    assertEquals(80_000, delay.nanos());
  }

  @Test
  void anInterruptionDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      delay.observe(8_000 + i);
    }
    delay.observe(50_000_000);
    assertTrue(delay.nanos() <= 8_020, "it is " + delay.nanos());
  }

  @Test
  void followsAChangeWithinAFewAnswers() {
    for (int i = 0; i < 20; i++) {
      delay.observe(80_000);
    }
    for (int i = 0; i < 5; i++) {
      delay.observe(8_000);
    }
    assertEquals(8_000, delay.nanos());
  }

  @Test
  void neverGoesBelowZero() {
    delay.observe(-5_000);
    assertEquals(0, delay.nanos());
  }
}
