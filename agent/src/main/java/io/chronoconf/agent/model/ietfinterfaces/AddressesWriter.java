package io.chronoconf.agent.model.ietfinterfaces;

import static io.chronoconf.agent.model.ietfinterfaces.InterfaceNodes.ip;

import com.google.common.net.InetAddresses;
import io.chronoconf.datastore.tree.StateBuilder;
import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import java.net.Inet4Address;
import java.util.List;

/// The addresses of an interface (RFC 8344). A family that it has no address of is left out.
final class AddressesWriter {
  private static final int MIN_IPV4_MTU = 68;
  private static final int MAX_IPV4_MTU = 65_535;

  private AddressesWriter() {}

  static void write(HostInterface device, StateBuilder to) {
    List<HostAddress> ipv4 = addresses(device, true);
    if (!ipv4.isEmpty()) {
      to.container(ip("ipv4"), family -> writeIpv4(ipv4, device.mtu(), family));
    }
    List<HostAddress> ipv6 = addresses(device, false);
    if (!ipv6.isEmpty()) {
      to.container(ip("ipv6"), family -> writeIpv6(ipv6, family));
    }
  }

  private static List<HostAddress> addresses(HostInterface device, boolean isIpv4) {
    return device.addresses().stream()
        .filter(own -> own.address() instanceof Inet4Address == isIpv4)
        .toList();
  }

  private static void writeIpv4(List<HostAddress> addresses, int mtu, StateBuilder to) {
    to.leaf(ip("enabled"), true);
    // A loopback device takes more than a packet can be long, which the leaf cannot say.
    if (mtu >= MIN_IPV4_MTU && mtu <= MAX_IPV4_MTU) {
      to.leaf(ip("mtu"), mtu);
    }
    addresses.forEach(own -> to.entry(ip("address"), entry -> writeAddress(own, entry)));
  }

  private static void writeIpv6(List<HostAddress> addresses, StateBuilder to) {
    to.leaf(ip("enabled"), true);
    for (HostAddress own : addresses) {
      to.entry(
          ip("address"),
          entry -> {
            writeAddress(own, entry);
            // Deprecated and tentative ones are not told apart.
            entry.leaf(ip("status"), own.isPreferred() ? "preferred" : "unknown");
          });
    }
  }

  private static void writeAddress(HostAddress own, StateBuilder to) {
    to.leaf(ip("ip"), InetAddresses.toAddrString(own.address()));
    to.leaf(ip("prefix-length"), own.prefixLength());
  }
}
