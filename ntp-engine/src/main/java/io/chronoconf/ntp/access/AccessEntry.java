package io.chronoconf.ntp.access;

import java.util.Optional;

/// One entry of an access control list; what is empty or any matches everything. Immutable.
///
/// @param permits `accept`; otherwise `drop` or `reject`
/// @param source where a packet comes from
/// @param destination the address of ours that it was sent to
/// @param sourcePorts from which it comes
/// @param destinationPorts of ours that it was sent to
/// @param trafficClass how it is marked
public record AccessEntry(
    boolean permits,
    Optional<Prefix> source,
    Optional<Prefix> destination,
    PortRange sourcePorts,
    PortRange destinationPorts,
    TrafficClassMatch trafficClass) {
  /// One that looks at addresses only.
  public AccessEntry(boolean permits, Optional<Prefix> source, Optional<Prefix> destination) {
    this(permits, source, destination, PortRange.ANY, PortRange.ANY, TrafficClassMatch.ANY);
  }

  /// Whether packets of that family can match it.
  boolean isFor(boolean isIpv4) {
    return source.map(prefix -> prefix.isIpv4() == isIpv4).orElse(true)
        && destination.map(prefix -> prefix.isIpv4() == isIpv4).orElse(true);
  }

  /// Whether addresses alone decide.
  boolean looksAtAddressesOnly() {
    return sourcePorts.isAny() && destinationPorts.isAny() && trafficClass.isAny();
  }

  /// Whether everything but the addresses is right.
  boolean matchesBesideAddresses(PacketFacts packet) {
    return sourcePorts.contains(packet.sourcePort())
        && destinationPorts.contains(packet.localPort())
        && trafficClass.contains(packet.trafficClass());
  }
}
