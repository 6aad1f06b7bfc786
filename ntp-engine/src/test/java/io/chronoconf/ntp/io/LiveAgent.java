package io.chronoconf.ntp.io;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.engine.AssociationStatus;
import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.LocalReferenceConfig;
import io.chronoconf.ntp.engine.ServiceConfig;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.PollExponent;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;

/// A service with a virtual clock of its own, on real sockets of the loopback interface.
final class LiveAgent implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private static final int DEADLINE_SECONDS = 20;

  final VirtualClock clock;
  final NtpService service;

  LiveAgent(TransportKind kind, double offset, double frequencyError) {
    this(kind, offset, frequencyError, List.of());
  }

  LiveAgent(TransportKind kind, double offset, double frequencyError, List<InetAddress> addresses) {
    clock = VirtualClock.start(NtpDuration.ofSeconds(offset), frequencyError);
    service =
        NtpService.start(
            NtpServiceOptions.of(clock)
                .withTransport(kind)
                .withBindAddresses(addresses)
                .withRandom(new SplittableRandom(42)));
  }

  /// Serves its own time on a port that the system picks.
  LiveAgent serve() {
    Inet4Address itself = (Inet4Address) InetAddress.ofLiteral("127.127.1.0");
    service.apply(
        List.of(
            new EngineCommand.ConfigureService(new ServiceConfig(true, 0, true)),
            new EngineCommand.SetLocalReferences(List.of(new LocalReferenceConfig(itself, 3)))));
    Awaiting.until(
        DEADLINE_SECONDS,
        () -> !service.serverAddresses().isEmpty() && status().system().isSynchronized(),
        this::status);
    return this;
  }

  /// Follows a server by iburst.
  LiveAgent follow(InetSocketAddress server) {
    service.apply(
        List.of(
            new EngineCommand.ConfigureService(new ServiceConfig(true, 0, true)),
            new EngineCommand.Mobilize(association(server))));
    return this;
  }

  static AssociationConfig association(InetSocketAddress server) {
    return new AssociationConfig(
        new AssociationKey("", server.getAddress(), AssociationMode.CLIENT, true),
        server.getPort(),
        4,
        new PollExponent(4),
        new PollExponent(6),
        false,
        true,
        false);
  }

  /// Where it serves on an address.
  InetSocketAddress address(InetAddress local) {
    return service.serverAddresses().stream()
        .filter(
            bound ->
                bound.getAddress().equals(local)
                    || (bound.getAddress().isAnyLocalAddress()
                        && bound.getAddress().getClass() == local.getClass()))
        .map(bound -> new InetSocketAddress(local, bound.getPort()))
        .findFirst()
        .orElseThrow();
  }

  EngineStatus status() {
    return service.status();
  }

  AssociationStatus onlyAssociation() {
    return status().associations().getFirst();
  }

  /// Its clock minus another's, at one moment.
  double secondsAheadOf(LiveAgent other) {
    long raw = clock.rawNanos();
    return clock.at(raw).local().minus(other.clock.at(raw).local()).toSeconds();
  }

  @Override
  public void close() {
    service.close();
  }
}
