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
/// @param hostName the name that its address was found by; empty if it was given by address
/// @param search set if the address is a group in which servers are looked for (manycast)
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
    int ttl,
    Optional<String> hostName,
    Optional<ManycastSearch> search) {
  public AssociationConfig {
    if (maxPoll.compareTo(minPoll) < 0) {
      throw new IllegalArgumentException("maxPoll below minPoll");
    }
  }

  /// An association given by its address.
  public AssociationConfig(
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
    this(
        key,
        port,
        version,
        minPoll,
        maxPoll,
        burst,
        iburst,
        prefer,
        keyId,
        sourceInterface,
        ttl,
        Optional.empty(),
        Optional.empty());
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

  /// The same with another key.
  public AssociationConfig withKey(AssociationKey other) {
    return new AssociationConfig(
        other,
        port,
        version,
        minPoll,
        maxPoll,
        burst,
        iburst,
        prefer,
        keyId,
        sourceInterface,
        ttl,
        hostName,
        search);
  }

  /// The same with another key identifier.
  public AssociationConfig withKeyId(OptionalLong id) {
    return new AssociationConfig(
        key,
        port,
        version,
        minPoll,
        maxPoll,
        burst,
        iburst,
        prefer,
        id,
        sourceInterface,
        ttl,
        hostName,
        search);
  }

  /// The same as a search for servers.
  public AssociationConfig withSearch(ManycastSearch wanted) {
    return new AssociationConfig(
        key,
        port,
        version,
        minPoll,
        maxPoll,
        burst,
        iburst,
        prefer,
        keyId,
        sourceInterface,
        ttl,
        hostName,
        Optional.of(wanted));
  }

  /// The same, found by a name.
  public AssociationConfig withHostName(String name) {
    return new AssociationConfig(
        key,
        port,
        version,
        minPoll,
        maxPoll,
        burst,
        iburst,
        prefer,
        keyId,
        sourceInterface,
        ttl,
        Optional.of(name),
        search);
  }
}
