package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.Dscp;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.engine.Output;
import io.chronoconf.ntp.engine.SendPath;
import io.chronoconf.ntp.engine.SocketKind;
import io.chronoconf.ntp.time.HostClock;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/// One socket for each association that has something to say, opened when first needed: on a random
/// port of its own (RFC 9109), or on the service's port and connected to its peer.
final class ClientSockets {
  private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY_IPV6 = InetAddress.ofLiteral("::");

  private final UdpTransport transport;
  private final Supplier<OptionalInt> servicePort;
  private Dscp dscp = Dscp.STANDARD;
  private final Map<Integer, ClientSocket> byAssociation = new HashMap<>();
  private final Map<UdpSocket, ClientSocket> bySocket = new HashMap<>();

  /// @param servicePort the port that the service has now, if it has one
  ClientSockets(UdpTransport transport, Supplier<OptionalInt> servicePort) {
    this.transport = transport;
    this.servicePort = servicePort;
  }

  /// Sends a packet.
  ///
  /// @throws IOException if the system refuses, with a message for humans
  void send(Output.Send packet) throws IOException {
    ClientSocket client = socket(packet);
    SendPath path = packet.path();
    Outgoing outgoing =
        new Outgoing(
            packet.bytes(),
            packet.destination(),
            // A socket that is bound to its source need not be told it, but to the interface.
            path.interfaceIndex() == 0 ? Optional.empty() : path.source(),
            path.interfaceIndex(),
            path.ttl(),
            true);
    if (client.socket.send(List.of(outgoing)) > 0) {
      // Whether the kernel counted the packet is not known: a new socket begins anew.
      release(packet.associationId());
      throw new IOException("there is no way to " + packet.destination() + " at present");
    }
    client.sent++;
    client.lastNonce = packet.nonce();
  }

  /// The association whose socket this is; empty if it was released meanwhile.
  OptionalInt associationOf(UdpSocket socket) {
    ClientSocket client = bySocket.get(socket);
    return client == null ? OptionalInt.empty() : OptionalInt.of(client.associationId);
  }

  /// What the stamp means to the engine, if it belongs to the last packet of an association.
  Optional<Input> sent(TransmitStamp stamp, HostClock clock) {
    ClientSocket client = bySocket.get(stamp.socket());
    return client == null || client.sent - 1 != stamp.number()
        ? Optional.empty()
        : Optional.of(
            new Input.Sent(client.associationId, client.lastNonce, clock.at(stamp.rawNanos())));
  }

  void release(int associationId) {
    ClientSocket client = byAssociation.remove(associationId);
    if (client != null) {
      bySocket.remove(client.socket);
      client.socket.close();
    }
  }

  /// Closes the sockets in network instances that are not there any more.
  void keepIn(Set<String> networkInstances) {
    List.copyOf(byAssociation.values()).stream()
        .filter(client -> !networkInstances.contains(client.socket.networkInstance()))
        .forEach(client -> release(client.associationId));
  }

  private static final class ClientSocket {
    private final int associationId;
    private final UdpSocket socket;
    private final SendPath path;
    private long sent;
    private long lastNonce;

    ClientSocket(int associationId, UdpSocket socket, SendPath path) {
      this.associationId = associationId;
      this.socket = socket;
      this.path = path;
    }
  }

  private ClientSocket socket(Output.Send packet) throws IOException {
    int associationId = packet.associationId();
    ClientSocket known = byAssociation.get(associationId);
    if (known != null && isAsBefore(known.path, packet.path())) {
      return known;
    }
    release(associationId);
    UdpSocket socket = mark(open(packet));
    ClientSocket client = new ClientSocket(associationId, socket, packet.path());
    byAssociation.put(associationId, client);
    bySocket.put(socket, client);
    return client;
  }

  /// Whether the socket of the one way is good for the other: a time to live is told with each
  /// packet.
  private static boolean isAsBefore(SendPath before, SendPath now) {
    return before.kind() == now.kind()
        && before.source().equals(now.source())
        && before.interfaceIndex() == now.interfaceIndex();
  }

  /// Marks all packets from now on.
  void mark(Dscp wanted) {
    dscp = wanted;
    bySocket.keySet().forEach(this::mark);
  }

  private UdpSocket mark(UdpSocket socket) {
    boolean isIpv4 = socket.localAddress().getAddress() instanceof Inet4Address;
    socket.setTrafficClass(dscp.trafficClass(isIpv4));
    return socket;
  }

  private UdpSocket open(Output.Send packet) throws IOException {
    InetSocketAddress destination = packet.destination();
    InetAddress any = destination.getAddress() instanceof Inet4Address ? ANY_IPV4 : ANY_IPV6;
    InetAddress source = packet.path().source().orElse(any);
    if (packet.path().kind() != SocketKind.PEER) {
      return transport.open(
          SocketRequest.alone(new InetSocketAddress(source, 0)).in(packet.networkInstance()));
    }
    OptionalInt port = servicePort.get();
    // Before the service has its port, nobody may share it.
    if (port.isEmpty()) {
      throw new IOException(
          "there is no way to " + destination + " as long as the service has no port");
    }
    return transport.open(
        SocketRequest.peer(new InetSocketAddress(source, port.getAsInt()), destination)
            .in(packet.networkInstance())
            .withBroadcasts());
  }
}
