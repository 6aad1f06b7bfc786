package io.chronoconf.ntp.association;

import java.net.InetAddress;

/// What tells one association from another.
///
/// @param networkInstance VPN instance, empty for the public network
/// @param interfaceName the interface that it is bound to, as broadcast and multicast associations
///   are; empty for one that follows the routes
/// @param address the remote address; of a broadcast server where it sends to
/// @param mode our mode
/// @param isConfigured true for a static association, false for one formed by a packet
public record AssociationKey(
    String networkInstance,
    String interfaceName,
    InetAddress address,
    AssociationMode mode,
    boolean isConfigured) {
  /// An association that is bound to no interface.
  public AssociationKey(
      String networkInstance, InetAddress address, AssociationMode mode, boolean isConfigured) {
    this(networkInstance, "", address, mode, isConfigured);
  }
}
