package io.chronoconf.ntp.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The socket that somebody needs.
///
/// @param networkInstance where; the public network has the empty name
/// @param local address (its family decides) and port; port 0 picks a random one. It may be a group
///   or broadcast address, to hear nothing else
/// @param sharesPort whether other sockets may have the same port and share its datagrams
/// @param remote the one remote that it hears and speaks to; such a socket may have the port of
///   others that share it
/// @param mayBroadcast whether it may send to broadcast addresses
/// @param group the group that it listens to as well, or the broadcast address of one interface
record SocketRequest(
    String networkInstance,
    InetSocketAddress local,
    boolean sharesPort,
    Optional<InetSocketAddress> remote,
    boolean mayBroadcast,
    Optional<Membership> group) {

  /// @param group a multicast address of the socket's family, which is joined, or a broadcast
  ///   address
  /// @param interfaceIndex the one interface whose packets the socket takes and gives; 0 leaves it
  ///   to routing where a group is joined, and takes the packets of all
  record Membership(InetAddress group, int interfaceIndex) {}

  /// A socket of the public network that hears all remotes on a port of its own.
  static SocketRequest alone(InetSocketAddress local) {
    return new SocketRequest("", local, false, Optional.empty(), false, Optional.empty());
  }

  /// A socket of the public network that shares its port with others.
  static SocketRequest shared(InetSocketAddress local) {
    return new SocketRequest("", local, true, Optional.empty(), false, Optional.empty());
  }

  /// A socket of the public network that shares the port of others and hears one remote alone.
  static SocketRequest peer(InetSocketAddress local, InetSocketAddress remote) {
    return new SocketRequest("", local, true, Optional.of(remote), false, Optional.empty());
  }

  /// The same in a network instance.
  SocketRequest in(String instance) {
    return new SocketRequest(instance, local, sharesPort, remote, mayBroadcast, group);
  }

  /// The same, and it may send to broadcast addresses.
  SocketRequest withBroadcasts() {
    return new SocketRequest(networkInstance, local, sharesPort, remote, true, group);
  }

  /// The same, and it listens to a group.
  SocketRequest withGroup(Membership membership) {
    return new SocketRequest(
        networkInstance, local, sharesPort, remote, mayBroadcast, Optional.of(membership));
  }
}
