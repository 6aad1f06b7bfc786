package io.chronoconf.ntp.association;

import java.net.InetAddress;

/// What tells one association from another.
///
/// @param networkInstance VPN instance, empty for the public network
/// @param address the remote address
/// @param mode our mode
/// @param isConfigured true for a static association, false for one formed by a packet
public record AssociationKey(
    String networkInstance, InetAddress address, AssociationMode mode, boolean isConfigured) {}
