package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class StampingHardwareTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeSource source = new FakeSource(1_800_000_000L * SECOND);
  private final FakeStampCalls calls = new FakeStampCalls(source);
  private final StampingHardware hardware = new StampingHardware(calls, new Two(), source);

  /// A namespace `blue` and a VRF `red`.
  private static final class Two implements Instances {
    @Override
    public <T> T in(String networkInstance, Callable<T> work) throws IOException {
      if (networkInstance.equals("gone")) {
        throw new IOException("gone");
      }
      return Instances.inPublic(work);
    }

    @Override
    public Optional<String> device(String networkInstance) {
      return Optional.of(networkInstance).filter("red"::equals);
    }
  }

  private static HostInterface device(int index, String name, String kind, boolean isLoopback) {
    return new HostInterface(
        index,
        name,
        kind,
        true,
        true,
        isLoopback,
        true,
        true,
        0,
        0,
        1500,
        "",
        HostInterface.Statistics.NONE,
        List.of());
  }

  private static HostNetwork host(HostInterface... devices) {
    return new HostNetwork(Map.of("", List.of(devices)));
  }

  private void have(String device) {
    calls.abilities.put(device, FakeStampCalls.ALL);
    calls.modes.put(device, FakeStampCalls.OFF);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      source.advance(SECOND);
      hardware.read();
    }
  }

  private void assertTold(String namespace, int index) {
    long told = hardware.toRaw(namespace, index, calls.clockNow()).orElseThrow();
    assertTrue(Math.abs(told - source.rawNanos()) < 5);
  }

  private boolean isTold(String namespace, int index) {
    return hardware.toRaw(namespace, index, calls.clockNow()).isPresent();
  }

  @Test
  void stampsAreToldOnceTheClockIsKnown() {
    have("eth0");
    hardware.look(host(device(2, "eth0", "", false)));
    assertFalse(hardware.isOn());
    pass(1);
    assertFalse(hardware.isOn(), "one reading does not tell how it drifts");
    pass(1);
    assertTrue(hardware.isOn());
    assertTold("", 2);
    assertFalse(isTold("", 3), "another device");
    assertFalse(isTold("blue", 2), "another namespace");
  }

  @Test
  void devicesMadeOfOthersAreLeft() {
    have("lo");
    have("eth0.5");
    have("v0");
    hardware.look(
        host(
            device(1, "lo", "", true),
            device(2, "eth0.5", "vlan", false),
            device(3, "v0", "veth", false)));
    pass(3);
    assertEquals(List.of(), calls.switched);
    assertFalse(hardware.hasClocks());
    assertFalse(hardware.isOn());
  }

  @Test
  void aDeviceIsKnownByItsNamespace() {
    have("eth1");
    have("eth2");
    hardware.look(
        new HostNetwork(
            Map.of(
                "blue",
                List.of(device(2, "eth1", "", false)),
                "red",
                List.of(device(4, "eth2", "", false)),
                "gone",
                List.of(device(5, "eth1", "", false)))));
    pass(2);
    assertTold("blue", 2);
    assertTold("", 4);
    assertFalse(isTold("gone", 5));
  }

  @Test
  void aDeviceThatGoesIsForgotten() {
    have("eth0");
    hardware.look(host(device(2, "eth0", "", false)));
    pass(2);
    hardware.look(host());
    assertFalse(hardware.isOn());
    assertFalse(calls.isOpen);
    assertEquals(OptionalLong.empty(), hardware.toRaw("", 2, calls.clockNow()));
  }

  @Test
  void aLookLaterChangesNothing() {
    have("eth0");
    HostNetwork network = host(device(2, "eth0", "", false));
    hardware.look(network);
    pass(2);
    hardware.look(network);
    assertTold("", 2);
    assertEquals(List.of("eth0 1 15"), calls.switched);
  }

  @Test
  void aClockThatCannotBeReadTellsNothing() {
    have("eth0");
    HostNetwork network = host(device(2, "eth0", "", false));
    hardware.look(network);
    pass(2);
    calls.isGone = true;
    pass(1);
    assertFalse(hardware.isOn());
    assertFalse(calls.isOpen);
    hardware.look(network);
    pass(2);
    assertFalse(hardware.isOn());
    calls.isGone = false;
    hardware.look(network);
    pass(2);
    assertTold("", 2);
  }

  @Test
  void nothingIsOnWhereItIsRefused() {
    have("eth0");
    calls.maySwitch = false;
    hardware.look(host(device(2, "eth0", "", false)));
    pass(3);
    assertFalse(hardware.isOn());
    assertFalse(hardware.hasClocks());
  }

  @Test
  void theEndClosesTheClocks() {
    have("eth0");
    hardware.look(host(device(2, "eth0", "", false)));
    pass(2);
    hardware.close();
    assertFalse(hardware.isOn());
    assertFalse(calls.isOpen);
  }
}
