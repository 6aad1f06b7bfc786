package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.Dscp;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of one server thread: one for each address that is to serve. What could not be bound
/// is tried again.
final class ServerSockets {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSockets.class);
  private static final List<InetAddress> WILDCARDS =
      List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));

  private final UdpTransport transport;
  private final List<InetAddress> configured;
  private final boolean isAlone;
  private final Map<InetAddress, UdpSocket> open = new LinkedHashMap<>();
  private OptionalInt port = OptionalInt.empty();
  private Dscp dscp = Dscp.STANDARD;

  /// @param configured addresses that are to serve; empty means all
  /// @param isAlone whether no other thread's sockets have the same port
  ServerSockets(UdpTransport transport, List<InetAddress> configured, boolean isAlone) {
    this.transport = transport;
    this.configured = configured;
    this.isAlone = isAlone;
  }

  /// Makes the sockets those of `wanted` (none if empty) as far as the system lets it.
  ///
  /// @return what it refused, one sentence each
  List<String> reconcile(OptionalInt wanted) {
    if (!wanted.equals(port)) {
      closeAll();
      port = wanted;
    }
    List<String> refused = new ArrayList<>();
    if (wanted.isPresent()) {
      List<InetAddress> addresses = addresses();
      closeWhatIsNotIn(addresses);
      for (InetAddress address : addresses) {
        if (!open.containsKey(address)) {
          bind(new InetSocketAddress(address, wanted.getAsInt()), refused);
        }
      }
    }
    return refused;
  }

  /// Marks all packets from now on.
  void mark(Dscp wanted) {
    if (!wanted.equals(dscp)) {
      dscp = wanted;
      open.values().forEach(this::mark);
    }
  }

  private UdpSocket mark(UdpSocket socket) {
    boolean isIpv4 = socket.localAddress().getAddress() instanceof Inet4Address;
    socket.setTrafficClass(dscp.trafficClass(isIpv4));
    return socket;
  }

  List<InetSocketAddress> addressesBound() {
    return open.values().stream().map(UdpSocket::localAddress).toList();
  }

  /// The open socket that answers from this address, if any.
  List<UdpSocket> of(InetAddress local) {
    UdpSocket exact = open.get(local);
    if (exact != null) {
      return List.of(exact);
    }
    boolean isIpv4 = local instanceof Inet4Address;
    return open.entrySet().stream()
        .filter(entry -> entry.getKey().isAnyLocalAddress())
        .filter(entry -> entry.getKey() instanceof Inet4Address == isIpv4)
        .map(Map.Entry::getValue)
        .limit(1)
        .toList();
  }

  /// Whether the addresses of the host have to be looked at again from time to time.
  boolean followsInterfaces() {
    return port.isPresent() && configured.isEmpty() && !transport.tellsDestination();
  }

  private void bind(InetSocketAddress address, List<String> refused) {
    try {
      if (isAlone) {
        // A second agent of the same user would share the port without a word.
        transport.open(SocketRequest.alone(address)).close();
      }
      open.put(address.getAddress(), mark(transport.open(SocketRequest.shared(address))));
    } catch (IOException failure) {
      if (configured.isEmpty() && BindFailure.isMissingFamily(failure)) {
        return;
      }
      refused.add(BindFailure.describe(address, failure));
    }
  }

  private List<InetAddress> addresses() {
    if (!configured.isEmpty()) {
      return configured;
    }
    if (transport.tellsDestination()) {
      return WILDCARDS;
    }
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .distinct()
          .toList();
    } catch (SocketException unknown) {
      LOG.warn("the addresses of this host are not known: {}", unknown.getMessage());
      return WILDCARDS;
    }
  }

  private void closeWhatIsNotIn(List<InetAddress> addresses) {
    List<InetAddress> gone =
        open.keySet().stream().filter(address -> !addresses.contains(address)).toList();
    for (InetAddress address : gone) {
      UdpSocket socket = open.remove(address);
      if (socket != null) {
        socket.close();
      }
    }
  }

  private void closeAll() {
    open.values().forEach(UdpSocket::close);
    open.clear();
  }
}
