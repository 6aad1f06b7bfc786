package io.chronoconf.ntp.linux;

import java.net.InetSocketAddress;
import java.util.Optional;

/// How a socket is to be opened.
///
/// @param sharesPort whether further sockets of this user may bind the same, and the kernel deals
///   out the datagrams among them (broadcasts and multicasts reach all of them)
/// @param device the one device whose datagrams it takes and gives, as a VRF; at most 15 octets
/// @param interfaceIndex the same by the kernel's number, instead of a device; 0 for all. Sockets
///   of one group need it if they share a port: the kernel may give a datagram to any of those that
///   share address, port and interface, whether it joined there or not (seen with IPv4 on Linux
///   6.18)
/// @param mayBroadcast whether it may send to broadcast addresses
/// @param remote the one remote that it hears and speaks to; the wildcard address of the socket
///   becomes the one that the route to it has now. Such a socket may have the port of sockets that
///   share it: the kernel gives it what comes from there, and nothing else
public record SocketOptions(
    boolean sharesPort,
    Optional<String> device,
    int interfaceIndex,
    boolean mayBroadcast,
    Optional<InetSocketAddress> remote) {
  /// A port of its own, all devices, no broadcasts, all remotes.
  public static final SocketOptions PLAIN =
      new SocketOptions(false, Optional.empty(), 0, false, Optional.empty());

  public SocketOptions withSharedPort(boolean isShared) {
    return new SocketOptions(isShared, device, interfaceIndex, mayBroadcast, remote);
  }

  public SocketOptions withDevice(String name) {
    return new SocketOptions(sharesPort, Optional.of(name), interfaceIndex, mayBroadcast, remote);
  }

  public SocketOptions withInterface(int index) {
    return new SocketOptions(sharesPort, device, index, mayBroadcast, remote);
  }

  public SocketOptions withBroadcasts() {
    return new SocketOptions(sharesPort, device, interfaceIndex, true, remote);
  }

  public SocketOptions withRemote(InetSocketAddress one) {
    return new SocketOptions(sharesPort, device, interfaceIndex, mayBroadcast, Optional.of(one));
  }
}
