package io.chronoconf.agent.transport;

/// How NETCONF is carried.
public enum TransportKind {
  /// RFC 6242.
  SSH,
  /// RFC 7589.
  TLS
}
