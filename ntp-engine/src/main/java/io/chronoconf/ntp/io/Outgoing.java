package io.chronoconf.ntp.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A datagram to be sent.
///
/// @param payload its bytes, at most [UdpTransport#PAYLOAD_ROOM]
/// @param to where to
/// @param from the local address it leaves from; empty leaves it to routing. One that is good on
///   one link only says by its scope on which
/// @param interfaceIndex the interface it leaves by; 0 leaves it to routing
/// @param ttl how many hops it may make, 1 to 255; 0 is as many as the system gives others of its
///   kind (unicast, broadcast, multicast). The portable driver leaves all three to the system
/// @param isStamped whether [UdpTransport#takeTransmitStamps] is to tell when it left, if the
///   driver can
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outgoing(
    byte[] payload,
    InetSocketAddress to,
    Optional<InetAddress> from,
    int interfaceIndex,
    int ttl,
    boolean isStamped) {

  /// One that leaves by the route and with the hops that the system takes.
  Outgoing(byte[] payload, InetSocketAddress to, Optional<InetAddress> from, boolean isStamped) {
    this(payload, to, from, 0, 0, isStamped);
  }
}
