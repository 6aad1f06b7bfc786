package io.chronoconf.agent.model.ietfinterfaces;

import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.type;

import io.chronoconf.ntp.host.HostInterface;
import org.opendaylight.yangtools.yang.common.QName;

/// What a device counts as unless configuration says.
final class InterfaceTypes {
  private InterfaceTypes() {}

  /// The identity of `iana-if-type`.
  static QName of(HostInterface device) {
    if (device.isLoopback()) {
      return type("softwareLoopback");
    }
    return type(
        switch (device.kind()) {
          case "vlan" -> "l2vlan";
          case "bond", "team" -> "ieee8023adLag";
          case "bridge" -> "bridge";
          case "ppp" -> "ppp";
          case "vrf" -> "other";
          case "gre",
              "ip6gre",
              "ip6tnl",
              "ipip",
              "sit",
              "tun",
              "vti",
              "vti6",
              "wireguard",
              "xfrm" ->
              "tunnel";
          default -> "ethernetCsmacd";
        });
  }
}
