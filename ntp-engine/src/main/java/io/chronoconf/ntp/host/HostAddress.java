package io.chronoconf.ntp.host;

import java.net.InetAddress;
import java.util.Optional;

/// An address of an interface.
///
/// @param address without a zone
/// @param prefixLength bits of its subnet, 0 to 32 or 128
/// @param broadcast the subnet's broadcast address; IPv4 only, empty on links that have none
/// @param isPreferred false for one that is not to be a source of its own accord: a secondary or
///   deprecated address, or one not yet known to be nobody else's (tentative)
public record HostAddress(
    InetAddress address, int prefixLength, Optional<InetAddress> broadcast, boolean isPreferred) {}
