package io.chronoconf.agent.model.ietfntp;

import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.engine.HostConfig;
import java.util.Optional;

/// What is unwise about the number of sources, though it may be configured (RFC 8633 section 3.2).
/// Pure.
final class SourceAdvice {
  private SourceAdvice() {}

  /// Something to tell whoever reads the log; empty if there is nothing to say, or if it was said
  /// by an earlier commit.
  static Optional<String> of(NtpConfig before, NtpConfig after) {
    return count(after.sources()) == 2 && count(before.sources()) != 2
        ? Optional.of(
            "Two servers or peers are configured: when they disagree, neither is believed, and the"
                + " clock is not synchronized. Configure four, or at least three, or one.")
        : Optional.empty();
  }

  /// Servers and peers to take time from; a name counts as many addresses as it may have.
  private static long count(TimeSources sources) {
    long hosts = sources.hosts().stream().mapToLong(HostConfig::most).sum();
    return hosts + sources.associations().stream().filter(SourceAdvice::isSource).count();
  }

  private static boolean isSource(AssociationConfig association) {
    return switch (association.key().mode()) {
      case CLIENT -> association.search().isEmpty();
      case SYMMETRIC_ACTIVE -> true;
      case SYMMETRIC_PASSIVE, SERVER, BROADCAST_SERVER, BROADCAST_CLIENT -> false;
    };
  }
}
