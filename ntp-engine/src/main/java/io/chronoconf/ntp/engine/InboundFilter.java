package io.chronoconf.ntp.engine;

import java.util.Set;

/// The interfaces by which no packets are taken. Immutable; any thread.
///
/// @param closedIpv4 to IPv4
/// @param closedIpv6 to IPv6
public record InboundFilter(Set<Place> closedIpv4, Set<Place> closedIpv6) {
  /// Everything is taken.
  public static final InboundFilter OPEN = new InboundFilter(Set.of(), Set.of());

  public InboundFilter {
    closedIpv4 = Set.copyOf(closedIpv4);
    closedIpv6 = Set.copyOf(closedIpv6);
  }

  /// An interface of the host.
  public record Place(String networkInstance, int interfaceIndex) {}

  /// Whether a packet is taken.
  public boolean admits(String networkInstance, int interfaceIndex, boolean isIpv4) {
    Set<Place> closed = isIpv4 ? closedIpv4 : closedIpv6;
    return closed.isEmpty() || !closed.contains(new Place(networkInstance, interfaceIndex));
  }
}
