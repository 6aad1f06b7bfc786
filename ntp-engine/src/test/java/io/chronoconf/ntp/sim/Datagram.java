package io.chronoconf.ntp.sim;

import java.net.InetSocketAddress;

/// A datagram under way.
///
/// @param trafficClass the octet of its header with DSCP and ECN
@SuppressWarnings("ArrayRecordComponent") // never compared
record Datagram(
    InetSocketAddress source, InetSocketAddress destination, byte[] bytes, int trafficClass) {
  Datagram(InetSocketAddress source, InetSocketAddress destination, byte[] bytes) {
    this(source, destination, bytes, 0);
  }

  /// A datagram back to where this one came from.
  Datagram answer(byte[] answer) {
    return new Datagram(/* source= */ destination, /* destination= */ source, answer);
  }
}
