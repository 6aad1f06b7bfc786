package io.chronoconf.ntp.engine;

import java.net.InetAddress;
import java.util.Optional;

/// How a packet of an association leaves.
///
/// @param kind [SocketKind#CLIENT]: from a random port of the association's own; [SocketKind#PEER]:
///   from the service's port, by a socket that hears its destination alone
/// @param source address that it leaves from; empty leaves it to routing
/// @param interfaceIndex interface that it leaves by; 0 leaves it to routing
/// @param ttl time to live or hop limit, 1 to 255; 0 for the system's
public record SendPath(SocketKind kind, Optional<InetAddress> source, int interfaceIndex, int ttl) {
  /// As routes say, from a random port.
  public static final SendPath ANY = new SendPath(SocketKind.CLIENT, Optional.empty(), 0, 0);
}
