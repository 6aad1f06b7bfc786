package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chronoconf.ntp.linux.StampAbilities;
import io.chronoconf.ntp.linux.StampMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampSwitchTest {
  private final FakeStampCalls calls = new FakeStampCalls(new FakeSource(0));
  private final StampSwitch stampSwitch = new StampSwitch(calls);

  @Test
  void hardwareThatNobodyUsesIsSwitchedOn() {
    calls.abilities.put("eth0", FakeStampCalls.ALL);
    calls.modes.put("eth0", FakeStampCalls.OFF);
    StampSwitch.On on = assertInstanceOf(StampSwitch.On.class, stampSwitch.switchOn("eth0"));
    assertEquals(3, on.clockIndex());
    assertEquals(
        "stamps by hardware, switched on (receive filter ntp-all, clock /dev/ptp3)", on.text());
    assertEquals(List.of("eth0 1 15"), calls.switched);
  }

  @Test
  void whatSomebodyElseHasSwitchedOnIsLeft() {
    calls.abilities.put("eth0", FakeStampCalls.ALL);
    calls.modes.put("eth0", new StampMode(0, 2, 1));
    calls.maySwitch = false;
    assertEquals(
        "stamps by hardware, found on (receive filter all, clock /dev/ptp3)",
        assertInstanceOf(StampSwitch.On.class, stampSwitch.switchOn("eth0")).text());
    assertEquals(List.of(), calls.switched);
  }

  @Test
  void ptpIsNotDisturbed() {
    calls.abilities.put("eth0", new StampAbilities(0x5f, 3, 3, 0x9001));
    calls.modes.put("eth0", new StampMode(0, 1, 12));
    assertEquals(
        "stamps by the kernel: its hardware cannot stamp the packets of NTP beside those of others"
            + " (receive filter 12)",
        assertInstanceOf(StampSwitch.Without.class, stampSwitch.switchOn("eth0")).text());
    assertEquals(List.of(), calls.switched);
  }

  @Test
  void aDriverThatDoesNotTellItsModeIsAskedForAll() {
    calls.abilities.put("eth0", FakeStampCalls.ALL);
    assertInstanceOf(StampSwitch.On.class, stampSwitch.switchOn("eth0"));
    assertEquals(List.of("eth0 1 1"), calls.switched);
  }

  @Test
  void hardwareForPtpAloneIsLeft() {
    calls.abilities.put("eth0", new StampAbilities(0x5f, 3, 3, 0x1001));
    calls.modes.put("eth0", FakeStampCalls.OFF);
    assertEquals(
        "stamps by the kernel: its hardware cannot stamp the packets of NTP",
        assertInstanceOf(StampSwitch.Without.class, stampSwitch.switchOn("eth0")).text());
    assertEquals(List.of(), calls.switched);
  }

  @Test
  void aDeviceWithoutHardwareIsLeft() {
    calls.abilities.put("v0", new StampAbilities(0x1a, -1, 0, 0));
    assertInstanceOf(StampSwitch.Without.class, stampSwitch.switchOn("v0"));
    assertInstanceOf(StampSwitch.Without.class, stampSwitch.switchOn("tells-nothing"));
    assertEquals(List.of(), calls.switched);
  }

  @Test
  void aMissingRightIsNamed() {
    calls.abilities.put("eth0", FakeStampCalls.ALL);
    calls.modes.put("eth0", FakeStampCalls.OFF);
    calls.maySwitch = false;
    assertEquals(
        "stamps by the kernel: the hardware's cannot be switched on: this needs CAP_NET_ADMIN; run"
            + " the agent as root or grant it",
        assertInstanceOf(StampSwitch.Refused.class, stampSwitch.switchOn("eth0")).text());
  }
}
