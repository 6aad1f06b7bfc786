package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.PollExponent;
import java.util.Optional;
import java.util.OptionalLong;

/// The desired state of a configured association (RFC 9249 `unicast-configuration`).
///
/// @param key what it is
/// @param port remote UDP port
/// @param version NTP version to send, 1 to 4
/// @param minPoll lowest poll interval
/// @param maxPoll highest poll interval, not below `minPoll`
/// @param burst send eight packets per poll while reachable (RFC 5905 section 13.1)
/// @param iburst send eight packets at start and when unreachable
/// @param prefer preferred among the survivors
/// @param keyId key that authenticates it, 1 to 2^32 - 1; empty for none
/// @param sourceInterface interface whose address packets leave from; empty for the service's
///   choice
/// @param ttl time to live or hop limit of its packets, 1 to 255; 0 for the system's
public record AssociationConfig(
    AssociationKey key,
    int port,
    int version,
    PollExponent minPoll,
    PollExponent maxPoll,
    boolean burst,
    boolean iburst,
    boolean prefer,
    OptionalLong keyId,
    Optional<String> sourceInterface,
    int ttl) {
  public AssociationConfig {
    if (maxPoll.compareTo(minPoll) < 0) {
      throw new IllegalArgumentException("maxPoll below minPoll");
    }
  }

  /// An association without a key whose packets leave as the service's do.
  public AssociationConfig(
      AssociationKey key,
      int port,
      int version,
      PollExponent minPoll,
      PollExponent maxPoll,
      boolean burst,
      boolean iburst,
      boolean prefer) {
    this(
        key,
        port,
        version,
        minPoll,
        maxPoll,
        burst,
        iburst,
        prefer,
        OptionalLong.empty(),
        Optional.empty(),
        0);
  }
}
