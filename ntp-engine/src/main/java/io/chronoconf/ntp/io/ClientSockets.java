package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.Output;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One socket for each association that has something to say, each on a random port of its own (RFC
/// 9109), opened when first needed.
final class ClientSockets {
  private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY_IPV6 = InetAddress.ofLiteral("::");

  private final UdpTransport transport;
  private final Map<Integer, UdpSocket> byAssociation = new HashMap<>();
  private final Map<UdpSocket, Integer> associations = new HashMap<>();

  ClientSockets(UdpTransport transport) {
    this.transport = transport;
  }

  /// Sends a packet.
  ///
  /// @throws IOException if the system refuses, with a message for humans
  void send(Output.Send packet) throws IOException {
    if (!packet.networkInstance().isEmpty()) {
      throw new IOException(
          "the network instance " + packet.networkInstance() + " has no sockets in this version");
    }
    UdpSocket socket = socket(packet.associationId(), packet.destination());
    Outgoing outgoing = new Outgoing(packet.bytes(), packet.destination(), Optional.empty());
    if (socket.send(List.of(outgoing)) > 0) {
      throw new IOException("there is no way to " + packet.destination() + " at present");
    }
  }

  /// The association whose socket this is; empty if it was released meanwhile.
  OptionalInt associationOf(UdpSocket socket) {
    Integer id = associations.get(socket);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  void release(int associationId) {
    UdpSocket socket = byAssociation.remove(associationId);
    if (socket != null) {
      associations.remove(socket);
      socket.close();
    }
  }

  private UdpSocket socket(int associationId, InetSocketAddress destination) throws IOException {
    UdpSocket known = byAssociation.get(associationId);
    if (known != null) {
      return known;
    }
    InetAddress any = destination.getAddress() instanceof Inet4Address ? ANY_IPV4 : ANY_IPV6;
    UdpSocket opened = transport.open(new InetSocketAddress(any, 0), false);
    byAssociation.put(associationId, opened);
    associations.put(opened, associationId);
    return opened;
  }
}
