package io.chronoconf.ntp.engine;

/// Which addresses of a name are wanted.
public enum AddressFamily {
  IPV4,
  IPV6,
  /// Either, in the order of the answer.
  ANY
}
