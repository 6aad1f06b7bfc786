package io.chronoconf.ntp.engine;

/// Which of our sockets a packet came in by.
public enum SocketKind {
  /// One association's own, on a random port (RFC 9109).
  CLIENT,
  /// One of the service's, on the configured port.
  SERVER
}
