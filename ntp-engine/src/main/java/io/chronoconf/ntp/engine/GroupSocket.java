package io.chronoconf.ntp.engine;

import java.net.InetAddress;
import java.util.Comparator;

/// A broadcast or multicast address that is listened to on one interface, at the service's port.
///
/// @param networkInstance VPN instance, empty for the public network
/// @param interfaceIndex of the interface
/// @param address 255.255.255.255, a subnet's broadcast address, or a group, which is joined
public record GroupSocket(String networkInstance, int interfaceIndex, InetAddress address) {
  /// Any order, always the same.
  static final Comparator<GroupSocket> ORDER =
      Comparator.comparing(GroupSocket::networkInstance)
          .thenComparingInt(GroupSocket::interfaceIndex)
          .thenComparing(group -> group.address().getHostAddress());
}
