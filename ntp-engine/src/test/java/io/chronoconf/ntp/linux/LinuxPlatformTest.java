package io.chronoconf.ntp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinuxPlatformTest {
  @Test
  void refusesOtherSystemsAndSaysWhatToDo() {
    String refusal = LinuxPlatform.obstacle("Mac OS X", "aarch64").orElseThrow();
    assertTrue(refusal.contains("Mac OS X") && refusal.contains("netty"), refusal);
  }

  @Test
  void refusesOtherProcessors() {
    String refusal = LinuxPlatform.obstacle("Linux", "riscv64").orElseThrow();
    assertTrue(refusal.contains("riscv64") && refusal.contains("netty"), refusal);
  }

  @Test
  void takesBothKnownProcessors() {
    assertEquals(Optional.empty(), LinuxPlatform.obstacle("Linux", "amd64"));
    assertEquals(Optional.empty(), LinuxPlatform.obstacle("Linux", "aarch64"));
  }
}
