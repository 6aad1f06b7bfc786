package io.chronoconf.ntp.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An interface of the host at one moment.
///
/// @param index the kernel's number, from 1; unique in its network instance only
/// @param name of the device
/// @param kind what the kernel calls its kind (`vlan`, `bond`, `gre`, `vrf`, `veth`), empty for a
///   plain device
/// @param isUp whether packets can pass: switched on and with a carrier
/// @param isEnabled whether it is switched on
/// @param isLoopback whether it is the loopback device
/// @param hasBroadcast whether the link has broadcasts
/// @param hasMulticast whether the link has multicasts
/// @param master index of the bond, bridge or VRF that it belongs to; 0 if none
/// @param lower index of the device below it, as of a VLAN; 0 if none
/// @param mtu octets
/// @param physicalAddress in hexadecimal with colons; empty if it has none
/// @param statistics the kernel's counters
/// @param addresses in the kernel's order
public record HostInterface(
    int index,
    String name,
    String kind,
    boolean isUp,
    boolean isEnabled,
    boolean isLoopback,
    boolean hasBroadcast,
    boolean hasMulticast,
    int master,
    int lower,
    int mtu,
    String physicalAddress,
    Statistics statistics,
    List<HostAddress> addresses) {
  public HostInterface {
    addresses = List.copyOf(addresses);
  }

  /// The same with other addresses.
  public HostInterface withAddresses(List<HostAddress> others) {
    return with(statistics, others);
  }

  /// The same as far as it does not change with every packet.
  public HostInterface withoutStatistics() {
    return with(Statistics.NONE, addresses);
  }

  private HostInterface with(Statistics newStatistics, List<HostAddress> newAddresses) {
    return new HostInterface(
        index,
        name,
        kind,
        isUp,
        isEnabled,
        isLoopback,
        hasBroadcast,
        hasMulticast,
        master,
        lower,
        mtu,
        physicalAddress,
        newStatistics,
        newAddresses);
  }

  /// Octets and packets since the device came into being.
  public record Statistics(
      long receivedOctets,
      long receivedPackets,
      long receivedMulticasts,
      long receivedErrors,
      long receivedDrops,
      long sentOctets,
      long sentPackets,
      long sentErrors,
      long sentDrops) {
    public static final Statistics NONE = new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /// The address of a family that stands for the interface: one that others can reach before those
  /// of the host itself (127.0.0.1, ::1), preferred before others, and for IPv6 one of global scope
  /// before one of the link's.
  public Optional<InetAddress> primaryAddress(boolean isIpv4) {
    return addresses.stream()
        .filter(own -> own.address() instanceof Inet4Address == isIpv4)
        .min(
            Comparator.comparing((HostAddress own) -> own.address().isLoopbackAddress())
                .thenComparing(own -> !own.isPreferred())
                .thenComparing(own -> own.address().isLinkLocalAddress()))
        .map(HostAddress::address);
  }

  /// Whether one of its addresses is this one.
  public boolean has(InetAddress address) {
    return addresses.stream().anyMatch(own -> own.address().equals(address));
  }
}
