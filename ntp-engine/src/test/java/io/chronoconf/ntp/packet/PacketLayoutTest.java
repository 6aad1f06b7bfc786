package io.chronoconf.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.time.NtpDuration;
import org.junit.jupiter.api.Test;

class PacketLayoutTest {
  @Test
  void roundsSpansUpSoThatBoundsDoNotShrink() {
    assertEquals(1, PacketLayout.toShort(new NtpDuration(1)));
    assertEquals(1, PacketLayout.toShort(new NtpDuration(0x10000)));
    assertEquals(2, PacketLayout.toShort(new NtpDuration(0x10001)));
    assertEquals(0x10000, PacketLayout.toShort(NtpDuration.ofSeconds(1)));
  }

  @Test
  void saturatesWhatDoesNotFit() {
    assertEquals(0, PacketLayout.toShort(NtpDuration.ofSeconds(-1)));
    assertEquals(-1, PacketLayout.toShort(NtpDuration.ofSeconds(70_000)));
    assertEquals(65_535.99, PacketLayout.fromShort(-1).toSeconds(), 0.01);
  }

  @Test
  void splitsTheFirstOctet() {
    byte flags = PacketLayout.flags(3, 4, 5);
    assertEquals(3, PacketLayout.leap(flags));
    assertEquals(4, PacketLayout.version(flags));
    assertEquals(5, PacketLayout.mode(flags));
  }
}
