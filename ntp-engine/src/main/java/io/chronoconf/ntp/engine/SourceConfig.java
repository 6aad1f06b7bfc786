package io.chronoconf.ntp.engine;

import java.net.InetAddress;
import java.util.Optional;

/// Where the unicast packets that we send of our own accord leave from, unless an association says
/// otherwise.
///
/// @param ipv4Interface interface of the public network whose primary IPv4 address it is
/// @param ipv4Address the address itself; not beside `ipv4Interface`
/// @param ipv6Interface interface of the public network whose primary IPv6 address it is
public record SourceConfig(
    Optional<String> ipv4Interface,
    Optional<InetAddress> ipv4Address,
    Optional<String> ipv6Interface) {
  /// Routing decides.
  public static final SourceConfig NONE =
      new SourceConfig(Optional.empty(), Optional.empty(), Optional.empty());
}
