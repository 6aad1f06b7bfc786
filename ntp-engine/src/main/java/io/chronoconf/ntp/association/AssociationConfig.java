package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.PollExponent;

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
public record AssociationConfig(
    AssociationKey key,
    int port,
    int version,
    PollExponent minPoll,
    PollExponent maxPoll,
    boolean burst,
    boolean iburst,
    boolean prefer) {
  public AssociationConfig {
    if (maxPoll.compareTo(minPoll) < 0) {
      throw new IllegalArgumentException("maxPoll below minPoll");
    }
  }
}
