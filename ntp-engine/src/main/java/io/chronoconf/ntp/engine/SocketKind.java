package io.chronoconf.ntp.engine;

/// Which of our sockets a packet came in by, or leaves by.
public enum SocketKind {
  /// One association's own, on a random port (RFC 9109).
  CLIENT,
  /// One association's own, on the service's port and connected to its remote: what symmetric and
  /// broadcast associations use, whose peers look at the port (RFC 5905 section 9.1).
  PEER,
  /// One that listens to a [GroupSocket].
  GROUP,
  /// One of the service's, on the configured port.
  SERVER
}
