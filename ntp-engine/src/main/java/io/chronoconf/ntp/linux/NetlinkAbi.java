package io.chronoconf.ntp.linux;

/// Numbers and offsets of rtnetlink, equal on x86-64 and aarch64. All integers are in the machine's
/// order, which is little-endian on both.
final class NetlinkAbi {
  static final int AF_NETLINK = 16;
  static final int SOCK_RAW = 3;

  /// `struct sockaddr_nl`: family, padding, port (0 is the kernel), groups.
  static final int SOCKADDR_NL_PORT = 4;

  static final int SOCKADDR_NL_GROUPS = 8;
  static final int SOCKADDR_NL_SIZE = 12;
  static final int GROUP_LINK = 1;
  static final int GROUP_IPV4_ADDRESS = 0x10;
  static final int GROUP_IPV6_ADDRESS = 0x100;

  /// `struct nlmsghdr`: length with this header, type, flags, sequence number, port. Messages and
  /// attributes are aligned to 4.
  static final int HEADER_TYPE = 4;

  static final int HEADER_FLAGS = 6;
  static final int HEADER_SEQUENCE = 8;
  static final int HEADER_SIZE = 16;
  static final int FLAG_REQUEST = 1;
  static final int FLAG_DUMP = 0x300;

  /// The picture changed while it was being told.
  static final int FLAG_DUMP_INTERRUPTED = 0x10;

  static final int MESSAGE_ERROR = 2;
  static final int MESSAGE_DONE = 3;
  static final int NEW_LINK = 16;
  static final int GET_LINK = 18;
  static final int NEW_ADDRESS = 20;
  static final int GET_ADDRESS = 22;

  /// `struct nlattr`: length with this header, type with flags in its upper two bits.
  static final int ATTRIBUTE_TYPE = 2;

  static final int ATTRIBUTE_SIZE = 4;
  static final int ATTRIBUTE_TYPE_MASK = 0x3fff;

  /// `struct ifinfomsg`: family, padding, hardware (ARPHRD), index, flags, change mask.
  static final int LINK_HARDWARE = 2;

  static final int LINK_INDEX = 4;
  static final int LINK_FLAGS = 8;
  static final int LINK_SIZE = 16;

  static final int LINK_ADDRESS = 1;
  static final int LINK_NAME = 3;
  static final int LINK_MTU = 4;
  static final int LINK_LOWER = 5;
  static final int LINK_MASTER = 10;
  static final int LINK_OPERATIONAL_STATE = 16;
  static final int LINK_INFO = 18;
  static final int LINK_INFO_KIND = 1;
  static final int LINK_STATISTICS64 = 23;
  static final int LINK_LOWER_NAMESPACE = 37;

  static final int IFF_UP = 1;
  static final int IFF_BROADCAST = 2;
  static final int IFF_LOOPBACK = 8;
  static final int IFF_MULTICAST = 0x1000;

  /// There is a carrier.
  static final int IFF_LOWER_UP = 0x10000;

  static final int OPERATIONAL_UNKNOWN = 0;
  static final int OPERATIONAL_UP = 6;

  /// `struct rtnl_link_stats64`.
  static final int STATISTICS_RECEIVED_PACKETS = 0;

  static final int STATISTICS_SENT_PACKETS = 8;
  static final int STATISTICS_RECEIVED_OCTETS = 16;
  static final int STATISTICS_SENT_OCTETS = 24;
  static final int STATISTICS_RECEIVED_ERRORS = 32;
  static final int STATISTICS_SENT_ERRORS = 40;
  static final int STATISTICS_RECEIVED_DROPS = 48;
  static final int STATISTICS_SENT_DROPS = 56;
  static final int STATISTICS_RECEIVED_MULTICASTS = 64;

  /// As far as it is read; newer kernels append to it.
  static final int STATISTICS_SIZE = 72;

  /// `struct ifaddrmsg`: family, bits of the prefix, flags, scope, index of the interface.
  static final int ADDRESS_PREFIX = 1;

  static final int ADDRESS_FLAGS = 2;
  static final int ADDRESS_INDEX = 4;
  static final int ADDRESS_SIZE = 8;

  /// The address, or that of the other end if there is a local one too.
  static final int ADDRESS_ADDRESS = 1;

  static final int ADDRESS_LOCAL = 2;
  static final int ADDRESS_BROADCAST = 4;

  /// All flags; the header has room for the first eight only.
  static final int ADDRESS_ALL_FLAGS = 8;

  /// Of IPv4 a further address of the subnet, of IPv6 a temporary address (RFC 8981).
  static final int IFA_SECONDARY = 1;

  static final int IFA_DUPLICATE = 8;
  static final int IFA_DEPRECATED = 0x20;
  static final int IFA_TENTATIVE = 0x40;

  private NetlinkAbi() {}

  /// The next multiple of 4.
  static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
