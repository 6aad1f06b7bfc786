package io.chronoconf.ntp.linux;

import io.chronoconf.ntp.host.HostAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads RTM_NEWADDR.
final class AddressReader {
  private static final int IPV4_OCTETS = 4;
  private static final int IPV6_OCTETS = 16;

  private AddressReader() {}

  /// @param body what follows the header of netlink
  static Optional<NetlinkMessages.Address> read(ByteBuffer body) {
    if (body.limit() < NetlinkAbi.ADDRESS_SIZE) {
      return Optional.empty();
    }
    int octets =
        switch (body.get(0)) {
          case LinuxAbi.AF_INET -> IPV4_OCTETS;
          case LinuxAbi.AF_INET6 -> IPV6_OCTETS;
          default -> 0;
        };
    int prefixLength = Byte.toUnsignedInt(body.get(NetlinkAbi.ADDRESS_PREFIX));
    int index = body.getInt(NetlinkAbi.ADDRESS_INDEX);
    if (octets == 0 || prefixLength > octets * Byte.SIZE || index <= 0) {
      return Optional.empty();
    }
    NetlinkAttributes attributes =
        NetlinkAttributes.read(
            body.slice(NetlinkAbi.ADDRESS_SIZE, body.limit() - NetlinkAbi.ADDRESS_SIZE));
    int flags =
        attributes
            .number(NetlinkAbi.ADDRESS_ALL_FLAGS)
            .orElse(Byte.toUnsignedInt(body.get(NetlinkAbi.ADDRESS_FLAGS)));
    Optional<InetAddress> broadcast =
        octets == IPV4_OCTETS
            ? address(attributes, NetlinkAbi.ADDRESS_BROADCAST, octets)
            : Optional.empty();
    // On a line between two points the other attribute is the other end.
    return address(attributes, NetlinkAbi.ADDRESS_LOCAL, octets)
        .or(() -> address(attributes, NetlinkAbi.ADDRESS_ADDRESS, octets))
        .map(own -> new HostAddress(own, prefixLength, broadcast, isPreferred(flags)))
        .map(own -> new NetlinkMessages.Address(index, own));
  }

  private static boolean isPreferred(int flags) {
    int obstacles =
        NetlinkAbi.IFA_SECONDARY
            | NetlinkAbi.IFA_DUPLICATE
            | NetlinkAbi.IFA_DEPRECATED
            | NetlinkAbi.IFA_TENTATIVE;
    return (flags & obstacles) == 0;
  }

  private static Optional<InetAddress> address(NetlinkAttributes attributes, int type, int octets) {
    return attributes
        .octets(type)
        .filter(value -> value.length == octets)
        .map(AddressReader::address);
  }

  /// Java would take an IPv4-mapped address for one of IPv4.
  private static InetAddress address(byte[] octets) {
    try {
      return octets.length == IPV6_OCTETS
          ? Inet6Address.getByAddress(null, octets, -1)
          : InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
