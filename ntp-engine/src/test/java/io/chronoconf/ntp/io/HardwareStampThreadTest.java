package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HardwareStampThreadTest {
  private static final long DEADLINE_SECONDS = 10;

  private final FakeSource source = new FakeSource(1_800_000_000_000_000_000L);
  private final FakeStampCalls calls = new FakeStampCalls(source);
  private final NtpServiceOptions options =
      NtpServiceOptions.of(VirtualClock.start(source, NtpDuration.ZERO, 0));

  @Test
  void nothingIsAskedWhereItIsNotWantedOrOfNoUse() {
    assertSame(
        HardwareStamps.NONE,
        HardwareStampThread.start(
            options.withHardwareStamps(HardwareStampUse.OFF), Instances.NONE, source));
    assertSame(
        HardwareStamps.NONE,
        HardwareStampThread.start(
            options.withHardwareStamps(HardwareStampUse.AUTO).withTransport(TransportKind.NETTY),
            Instances.NONE,
            source));
    calls.obstacle = Optional.of("a reason");
    assertSame(HardwareStamps.NONE, HardwareStampThread.start(calls, Instances.NONE, source));
  }

  @Test
  void whatIsSeenIsSwitchedOnUntilTheEnd() throws InterruptedException {
    calls.abilities.put("eth0", FakeStampCalls.ALL);
    calls.modes.put("eth0", FakeStampCalls.OFF);
    HardwareStamps stamps = HardwareStampThread.start(calls, Instances.NONE, source);
    stamps.see(HostNetwork.UNKNOWN);
    stamps.see(new HostNetwork(Map.of("", List.of(ethernet()))));
    assertTrue(calls.opened.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
    stamps.close();
    assertEquals(List.of("eth0 1 15"), calls.switched);
    assertFalse(calls.isOpen);
    assertFalse(stamps.isOn());
  }

  private static HostInterface ethernet() {
    return new HostInterface(
        2,
        "eth0",
        "",
        true,
        true,
        false,
        true,
        true,
        0,
        0,
        1500,
        "",
        HostInterface.Statistics.NONE,
        List.of());
  }
}
