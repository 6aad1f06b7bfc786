package io.chronoconf.agent.netconf.frame;

/// How messages are told apart (RFC 6242 section 4).
public enum Framing {
  /// `]]>]]>` ends a message: for hello, and for everything in base:1.0.
  END_OF_MESSAGE,
  /// Chunks with their sizes before them: base:1.1, after both hellos.
  CHUNKED
}
