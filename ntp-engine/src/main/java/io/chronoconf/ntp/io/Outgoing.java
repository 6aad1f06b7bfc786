package io.chronoconf.ntp.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A datagram to be sent.
///
/// @param payload its bytes, at most [UdpTransport#PAYLOAD_ROOM]
/// @param to where to
/// @param from the local address it leaves from; empty leaves it to routing
/// @param isStamped whether [UdpTransport#takeTransmitStamps] is to tell when it left, if the
///   driver can
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outgoing(
    byte[] payload, InetSocketAddress to, Optional<InetAddress> from, boolean isStamped) {}
