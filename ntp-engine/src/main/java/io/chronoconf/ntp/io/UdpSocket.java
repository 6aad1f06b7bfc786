package io.chronoconf.ntp.io;

import java.net.InetSocketAddress;
import java.util.List;

/// A bound UDP socket of one address family. It belongs to the thread of its transport.
interface UdpSocket extends AutoCloseable {
  /// With its real port.
  InetSocketAddress localAddress();

  /// Sends these at once and returns how many the system refused.
  int send(List<Outgoing> datagrams);

  @Override
  void close();
}
