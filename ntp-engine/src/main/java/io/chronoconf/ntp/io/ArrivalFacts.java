package io.chronoconf.ntp.io;

import io.chronoconf.ntp.access.PacketFacts;

/// What access control lists see of a datagram.
final class ArrivalFacts {
  private ArrivalFacts() {}

  static PacketFacts of(Datagram datagram) {
    return PacketFacts.of(
        datagram.source(), datagram.local(), localPort(datagram), trafficClass(datagram));
  }

  static int localPort(Datagram datagram) {
    return datagram.socket().localAddress().getPort();
  }

  // The transports do not tell it yet.
  static int trafficClass(Datagram datagram) {
    return 0;
  }
}
