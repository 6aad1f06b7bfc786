package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineControl;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.PacketCounters;
import io.chronoconf.ntp.engine.SyncState;
import io.chronoconf.ntp.engine.SystemStatus;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A running NTP service: the one thing that the rest of an agent starts and stops. It begins with
/// nothing configured, and no socket is open until a command asks for one.
public final class NtpService implements EngineControl, AutoCloseable {
  private final NtpServiceOptions options;

  private NtpService(NtpServiceOptions options) {
    this.options = options;
  }

  /// Starts the threads. Never fails for what the environment refuses: that shows in
  /// [EngineStatus#degraded] and is tried again.
  public static NtpService start(NtpServiceOptions options) {
    return new NtpService(options);
  }

  @Override
  public void apply(List<EngineCommand> commands) {}

  @Override
  public EngineStatus status() {
    NtpTimestamp unknown = NtpTimestamp.UNKNOWN;
    NtpDuration zero = NtpDuration.ZERO;
    return new EngineStatus(
        options.clock().now(),
        new SystemStatus(
            false,
            SyncState.CLOCK_NEVER_SET,
            16,
            3,
            0,
            Optional.empty(),
            zero,
            0,
            zero,
            0,
            zero,
            zero,
            unknown,
            options.clock().precision(),
            64),
        List.of(),
        new PacketCounters(unknown, 0, 0, 0, 0),
        List.of());
  }

  /// The local addresses that serve at this moment, with their real ports.
  public List<InetSocketAddress> serverAddresses() {
    return List.of();
  }

  /// Saves the state, closes the sockets and ends the threads; the clock keeps its frequency.
  @Override
  public void close() {}
}
