package io.chronoconf.ntp.linux;

import io.chronoconf.ntp.host.HostInterface;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads RTM_NEWLINK.
final class LinkReader {
  /// Tunnels (IPv4, IPv6, SIT, GRE over either): the kernel gives their local end as if it were a
  /// physical address.
  private static final Set<Integer> TUNNELS = Set.of(768, 769, 776, 778, 823);

  /// The other end of such a pair is no device below.
  private static final Set<String> PAIRS = Set.of("veth", "netkit", "vxcan");

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  private LinkReader() {}

  /// @param body what follows the header of netlink
  static Optional<NetlinkMessages.Link> read(ByteBuffer body) {
    if (body.limit() < NetlinkAbi.LINK_SIZE) {
      return Optional.empty();
    }
    int index = body.getInt(NetlinkAbi.LINK_INDEX);
    NetlinkAttributes attributes =
        NetlinkAttributes.read(
            body.slice(NetlinkAbi.LINK_SIZE, body.limit() - NetlinkAbi.LINK_SIZE));
    String name = attributes.text(NetlinkAbi.LINK_NAME);
    // A family other than 0 tells of a port of a bridge, not of the device.
    if (index <= 0 || name.isEmpty() || body.get(0) != 0) {
      return Optional.empty();
    }
    return Optional.of(new NetlinkMessages.Link(device(index, name, body, attributes)));
  }

  private static HostInterface device(
      int index, String name, ByteBuffer body, NetlinkAttributes attributes) {
    int flags = body.getInt(NetlinkAbi.LINK_FLAGS);
    int hardware = Short.toUnsignedInt(body.getShort(NetlinkAbi.LINK_HARDWARE));
    String kind = attributes.inside(NetlinkAbi.LINK_INFO).text(NetlinkAbi.LINK_INFO_KIND);
    boolean isLoopback = has(flags, NetlinkAbi.IFF_LOOPBACK);
    return new HostInterface(
        index,
        name,
        kind,
        isUp(flags, attributes),
        has(flags, NetlinkAbi.IFF_UP),
        isLoopback,
        has(flags, NetlinkAbi.IFF_BROADCAST),
        has(flags, NetlinkAbi.IFF_MULTICAST),
        Math.max(0, attributes.number(NetlinkAbi.LINK_MASTER).orElse(0)),
        lower(index, kind, attributes),
        mtu(attributes),
        isLoopback || TUNNELS.contains(hardware) ? "" : physicalAddress(attributes),
        statistics(attributes),
        List.of());
  }

  /// Most virtual devices do not know their state, and have a carrier.
  private static boolean isUp(int flags, NetlinkAttributes attributes) {
    int state =
        attributes.number(NetlinkAbi.LINK_OPERATIONAL_STATE).orElse(NetlinkAbi.OPERATIONAL_UNKNOWN);
    return has(flags, NetlinkAbi.IFF_UP)
        && has(flags, NetlinkAbi.IFF_LOWER_UP)
        && (state == NetlinkAbi.OPERATIONAL_UP || state == NetlinkAbi.OPERATIONAL_UNKNOWN);
  }

  /// A number that is valid in another namespace names nothing here.
  private static int lower(int index, String kind, NetlinkAttributes attributes) {
    int lower = Math.max(0, attributes.number(NetlinkAbi.LINK_LOWER).orElse(0));
    boolean isElsewhere = attributes.value(NetlinkAbi.LINK_LOWER_NAMESPACE).isPresent();
    return lower == index || isElsewhere || PAIRS.contains(kind) ? 0 : lower;
  }

  private static int mtu(NetlinkAttributes attributes) {
    int mtu = attributes.number(NetlinkAbi.LINK_MTU).orElse(0);
    return mtu < 0 ? Integer.MAX_VALUE : mtu;
  }

  private static String physicalAddress(NetlinkAttributes attributes) {
    return attributes.octets(NetlinkAbi.LINK_ADDRESS).map(COLONS::formatHex).orElse("");
  }

  private static HostInterface.Statistics statistics(NetlinkAttributes attributes) {
    return attributes
        .value(NetlinkAbi.LINK_STATISTICS64)
        .filter(counters -> counters.limit() >= NetlinkAbi.STATISTICS_SIZE)
        .map(
            counters ->
                new HostInterface.Statistics(
                    counters.getLong(NetlinkAbi.STATISTICS_RECEIVED_OCTETS),
                    counters.getLong(NetlinkAbi.STATISTICS_RECEIVED_PACKETS),
                    counters.getLong(NetlinkAbi.STATISTICS_RECEIVED_MULTICASTS),
                    counters.getLong(NetlinkAbi.STATISTICS_RECEIVED_ERRORS),
                    counters.getLong(NetlinkAbi.STATISTICS_RECEIVED_DROPS),
                    counters.getLong(NetlinkAbi.STATISTICS_SENT_OCTETS),
                    counters.getLong(NetlinkAbi.STATISTICS_SENT_PACKETS),
                    counters.getLong(NetlinkAbi.STATISTICS_SENT_ERRORS),
                    counters.getLong(NetlinkAbi.STATISTICS_SENT_DROPS)))
        .orElse(HostInterface.Statistics.NONE);
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }
}
