package io.chronoconf.ntp.sim;

import java.net.InetSocketAddress;

/// A datagram under way.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Datagram(InetSocketAddress source, InetSocketAddress destination, byte[] bytes) {
  /// A datagram back to where this one came from.
  Datagram answer(byte[] answer) {
    return new Datagram(/* source= */ destination, /* destination= */ source, answer);
  }
}
