package io.chronoconf.agent;

import io.chronoconf.ntp.engine.EngineCommand.ConfigureService;
import io.chronoconf.ntp.engine.EngineCommand.SetLocalReferences;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.io.NtpService;
import io.chronoconf.ntp.io.NtpServiceOptions;
import io.chronoconf.ntp.io.RawSource;
import io.chronoconf.ntp.io.TransportKind;
import io.chronoconf.ntp.io.VirtualClock;
import io.chronoconf.ntp.time.NtpDuration;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// A time server to try things with: a second NTP service in this process, on the loopback address,
/// which serves the host's time of day as stratum 1. It is configured by nobody and keeps nothing.
final class ExampleServer implements AutoCloseable {
  static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");

  private static final Inet4Address LOCAL_CLOCK =
      (Inet4Address) InetAddress.ofLiteral("127.127.1.0");

  private final NtpService service;

  private ExampleServer(NtpService service) {
    this.service = service;
  }

  static ExampleServer start(int port, TransportKind transport) {
    VirtualClock clock = VirtualClock.start(RawSource.ofHost(), NtpDuration.ZERO, 0);
    NtpService service =
        NtpService.start(
            NtpServiceOptions.of(clock)
                .withTransport(transport)
                .withBindAddresses(List.of(ADDRESS)));
    service.apply(
        List.of(
            new ConfigureService(new ServiceConfig(true, port, false)),
            new SetLocalReferences(List.of(new LocalReferenceConfig(LOCAL_CLOCK, 1)))));
    return new ExampleServer(service);
  }

  @Override
  public void close() {
    service.close();
  }
}
