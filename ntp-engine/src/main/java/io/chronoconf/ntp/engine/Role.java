package io.chronoconf.ntp.engine;

/// What the service is to others.
public enum Role {
  /// Client, peer and server.
  FULL,
  /// A client and nothing else, as SNTP is (RFC 4330 section 4): no server socket is open, nobody
  /// is answered, and no packet forms an association.
  CLIENT_ONLY
}
