package io.chronoconf.ntp.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A datagram that arrived. The payload belongs to whoever takes it.
///
/// @param socket the socket it came in by
/// @param source where it came from
/// @param local the address it was sent to, which an answer leaves from
/// @param interfaceIndex of the interface it came in on; 0 if not known
/// @param isUnicast false if it was sent to a broadcast or multicast address
/// @param isWhole false if it was longer than the room and was cut off
/// @param trafficClass the octet that told how it was to be treated, the code point in the upper
///   six bits; 0 if not known
/// @param payload its bytes
/// @param rawNanos the host's oscillator when it arrived
@SuppressWarnings("ArrayRecordComponent") // never compared
record Datagram(
    UdpSocket socket,
    InetSocketAddress source,
    InetAddress local,
    int interfaceIndex,
    boolean isUnicast,
    boolean isWhole,
    int trafficClass,
    byte[] payload,
    long rawNanos) {}
