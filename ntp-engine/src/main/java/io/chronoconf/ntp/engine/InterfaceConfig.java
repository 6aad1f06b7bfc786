package io.chronoconf.ntp.engine;

import java.net.InetAddress;
import java.util.Set;

/// What is configured of one interface (RFC 9249 `/ntp/interfaces`). The device need not exist.
///
/// @param networkInstance VPN instance, empty for the public network
/// @param name of the device in that instance
/// @param takesIpv4 false drops every IPv4 packet of NTP that comes in by it
/// @param takesIpv6 false drops every IPv6 packet of NTP that comes in by it
/// @param followsBroadcasts whether broadcasts form associations
/// @param followedGroups groups whose multicasts form associations
/// @param answeredGroups groups in which requests are answered (manycast)
public record InterfaceConfig(
    String networkInstance,
    String name,
    boolean takesIpv4,
    boolean takesIpv6,
    boolean followsBroadcasts,
    Set<InetAddress> followedGroups,
    Set<InetAddress> answeredGroups) {
  public InterfaceConfig {
    followedGroups = Set.copyOf(followedGroups);
    answeredGroups = Set.copyOf(answeredGroups);
  }

  /// Whether packets of that family are taken.
  boolean takes(boolean isIpv4) {
    return isIpv4 ? takesIpv4 : takesIpv6;
  }
}
