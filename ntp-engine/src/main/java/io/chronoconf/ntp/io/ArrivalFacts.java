package io.chronoconf.ntp.io;

import io.chronoconf.ntp.access.PacketFacts;

/// What access control lists see of a datagram.
final class ArrivalFacts {
  private ArrivalFacts() {}

  static PacketFacts of(Datagram datagram) {
    return PacketFacts.of(
        datagram.source(), datagram.local(), localPort(datagram), datagram.trafficClass());
  }

  static int localPort(Datagram datagram) {
    return datagram.socket().localAddress().getPort();
  }
}
