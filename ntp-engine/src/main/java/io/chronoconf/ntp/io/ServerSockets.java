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
import java.util.Set;
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
  private final Map<Place, UdpSocket> open = new LinkedHashMap<>();
  private OptionalInt port = OptionalInt.empty();
  private Dscp dscp = Dscp.STANDARD;

  /// @param configured addresses that are to serve; empty means all
  /// @param isAlone whether no other thread's sockets have the same port
  ServerSockets(UdpTransport transport, List<InetAddress> configured, boolean isAlone) {
    this.transport = transport;
    this.configured = configured;
    this.isAlone = isAlone;
  }

  /// Where a socket is.
  private record Place(String instance, InetAddress address) {}

  /// Makes the sockets those of `wanted` (none if empty) as far as the system lets it.
  ///
  /// @param instances network instances in which to serve; the public network has the empty name
  /// @return what it refused, one sentence each
  List<String> reconcile(OptionalInt wanted, Set<String> instances) {
    if (!wanted.equals(port)) {
      closeAll();
      port = wanted;
    }
    List<String> refused = new ArrayList<>();
    if (wanted.isPresent()) {
      List<Place> places = places(instances);
      closeWhatIsNotIn(places);
      for (Place place : places) {
        if (!open.containsKey(place)) {
          bind(place, wanted.getAsInt(), refused);
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

  private List<Place> places(Set<String> instances) {
    List<Place> places = new ArrayList<>();
    for (String instance : instances) {
      List<InetAddress> addresses = instance.isEmpty() ? addresses() : WILDCARDS;
      addresses.forEach(address -> places.add(new Place(instance, address)));
    }
    return places;
  }

  private UdpSocket mark(UdpSocket socket) {
    boolean isIpv4 = socket.localAddress().getAddress() instanceof Inet4Address;
    socket.setTrafficClass(dscp.trafficClass(isIpv4));
    return socket;
  }

  List<InetSocketAddress> addressesBound() {
    return open.values().stream().map(UdpSocket::localAddress).toList();
  }

  /// The open socket of an instance that answers from this address, if any.
  List<UdpSocket> of(String instance, InetAddress local) {
    UdpSocket exact = open.get(new Place(instance, local));
    if (exact != null) {
      return List.of(exact);
    }
    boolean isIpv4 = local instanceof Inet4Address;
    return open.entrySet().stream()
        .filter(entry -> entry.getKey().instance().equals(instance))
        .filter(entry -> entry.getKey().address().isAnyLocalAddress())
        .filter(entry -> entry.getKey().address() instanceof Inet4Address == isIpv4)
        .map(Map.Entry::getValue)
        .limit(1)
        .toList();
  }

  /// Whether the addresses of the host have to be looked at again from time to time.
  boolean followsInterfaces() {
    return port.isPresent() && configured.isEmpty() && !transport.tellsDestination();
  }

  private void bind(Place place, int at, List<String> refused) {
    InetSocketAddress address = new InetSocketAddress(place.address(), at);
    try {
      if (isAlone) {
        // A second agent of the same user would share the port without a word.
        transport.open(SocketRequest.alone(address).in(place.instance())).close();
      }
      open.put(place, mark(transport.open(SocketRequest.shared(address).in(place.instance()))));
    } catch (IOException failure) {
      if (configured.isEmpty() && BindFailure.isMissingFamily(failure)) {
        return;
      }
      refused.add(BindFailure.describe(place.instance(), address, failure));
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

  private void closeWhatIsNotIn(List<Place> places) {
    List<Place> gone = open.keySet().stream().filter(place -> !places.contains(place)).toList();
    for (Place place : gone) {
      UdpSocket socket = open.remove(place);
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
