package io.chronoconf.ntp.io;

/// Which driver carries the packets.
public enum TransportKind {
  /// `LINUX` where it works, else `NETTY`.
  AUTO,
  /// The system's own calls, with kernel receive stamps.
  LINUX,
  /// Netty NIO: any platform, stamps taken in user space.
  NETTY
}
