package io.chronoconf.ntp.host;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All interfaces of the host that are in reach, at one moment.
///
/// @param instances by network instance; the public network has the empty name. An instance that
///   cannot be entered is missing
public record HostNetwork(Map<String, List<HostInterface>> instances) {
  /// A host of which nothing is known.
  public static final HostNetwork UNKNOWN = new HostNetwork(Map.of());

  public HostNetwork {
    instances = Map.copyOf(instances);
  }

  /// The interfaces of one instance; none if it is not known.
  public List<HostInterface> of(String networkInstance) {
    return instances.getOrDefault(networkInstance, List.of());
  }

  public Optional<HostInterface> find(String networkInstance, String name) {
    return of(networkInstance).stream().filter(one -> one.name().equals(name)).findFirst();
  }

  public Optional<HostInterface> find(String networkInstance, int index) {
    return of(networkInstance).stream().filter(one -> one.index() == index).findFirst();
  }

  /// The aggregate that an interface is a member of. What runs on members runs on the aggregate
  /// instead; members of bridges and VRFs are no such members.
  public Optional<HostInterface> aggregateOf(String networkInstance, HostInterface member) {
    return find(networkInstance, member.master())
        .filter(master -> master.kind().equals("bond") || master.kind().equals("team"));
  }

  /// Whether this host has that address in that instance.
  public boolean has(String networkInstance, InetAddress address) {
    return of(networkInstance).stream().anyMatch(one -> one.has(address));
  }
}
