package io.chronoconf.ntp.io;

import java.net.InetSocketAddress;
import java.util.List;

/// A bound UDP socket of one address family. It belongs to the thread of its transport.
interface UdpSocket extends AutoCloseable {
  /// With its real port.
  InetSocketAddress localAddress();

  /// Where it was opened; empty for the public network.
  String networkInstance();

  /// Sets the octet of the header that tells how a packet is to be treated (type of service,
  /// traffic class), for all packets from now on. What the system does not let us set stays as it
  /// is.
  void setTrafficClass(int octet);

  /// Sends these at once and returns how many the system refused.
  int send(List<Outgoing> datagrams);

  @Override
  void close();
}
