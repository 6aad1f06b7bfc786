package io.chronoconf.agent.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A client to be called home (RFC 8071).
///
/// @param kind how the connection is secured
/// @param endpoints where the client may be, the preferred one first; at least one. Those that are
///   not resolved are looked up for each call
/// @param period between the beginnings of two connections; empty for a connection that is always
///   there
/// @param startsWithLast whether the first try goes to where the last connection came about, rather
///   than to the first endpoint
/// @param maxWait the longest pause between two rounds of tries
public record CallHomeConfig(
    TransportKind kind,
    List<InetSocketAddress> endpoints,
    Optional<Duration> period,
    boolean startsWithLast,
    Duration maxWait) {
  public CallHomeConfig {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("a client has an endpoint");
    }
  }
}
