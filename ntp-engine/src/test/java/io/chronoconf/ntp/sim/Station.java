package io.chronoconf.ntp.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Somebody on the network who is no engine: it sends packets to the service of a node, and
/// remembers what comes back.
final class Station {
  private static final int PORT = 51_234;

  private final InetAddress address;
  private final InetAddress to;
  private final SimulatedNetwork network;
  private final List<byte[]> received = new ArrayList<>();

  Station(InetAddress address, InetAddress to, SimulatedNetwork network) {
    this.address = address;
    this.to = to;
    this.network = network;
    network.attach(address, datagram -> received.add(datagram.bytes()));
  }

  void send(byte[] bytes) {
    send(bytes, PORT, 0);
  }

  /// @param trafficClass how the packet is marked
  void send(byte[] bytes, int port, int trafficClass) {
    network.send(
        new Datagram(
            new InetSocketAddress(address, port),
            new InetSocketAddress(to, EngineNode.SERVICE_PORT),
            bytes,
            trafficClass));
  }

  List<byte[]> received() {
    return List.copyOf(received);
  }
}
