package io.chronoconf.agent;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.ntp.io.RawSource;
import io.chronoconf.ntp.io.VirtualClock;
import io.chronoconf.ntp.linux.KernelClock;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.NtpDuration;
import java.nio.file.Path;
import java.time.Instant;

/// The clock that the options name.
///
/// @param clock what is disciplined and served
/// @param release gives back what it holds
record AgentClock(HostClock clock, Runnable release) implements AutoCloseable {
  /// One agent per host may set the host's clock.
  private static final Path KERNEL_LOCK = Path.of("/run/lock/chronoconf-clock.lock");

  /// @throws StartException if this host has no such clock
  static AgentClock open(AgentOptions.Clock options) throws StartException {
    return switch (options.kind()) {
      case VIRTUAL ->
          new AgentClock(
              VirtualClock.start(
                  RawSource.ofHost(),
                  NtpDuration.ofSeconds(options.offsetSeconds()),
                  options.frequencyError()),
              () -> {});
      case KERNEL -> openKernel();
    };
  }

  private static AgentClock openKernel() throws StartException {
    try {
      KernelClock kernel = KernelClock.open(KERNEL_LOCK);
      return new AgentClock(kernel, kernel::close);
    } catch (UnsupportedOperationException e) {
      throw new StartException(
          "option --clock: the kernel's clock cannot be steered here (%s). Use --clock virtual."
              .formatted(e.getMessage()),
          e);
    }
  }

  /// The time that it shows.
  Instant instant() {
    return clock.now().local().toInstant(Instant.now());
  }

  @Override
  public void close() {
    release.run();
  }
}
