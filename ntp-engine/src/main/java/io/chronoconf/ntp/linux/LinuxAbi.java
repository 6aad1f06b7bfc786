package io.chronoconf.ntp.linux;

/// Numbers and offsets of Linux' user space interface, equal on x86-64 and aarch64.
final class LinuxAbi {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_NONBLOCK = 0x800;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_BROADCAST = 6;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_RCVTIMEO = 20;
  static final int SO_BINDTODEVICE = 25;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_TIMESTAMPNS = 35;

  static final int SO_TIMESTAMPING = 37;
  static final int STAMP_TRANSMISSION = 1 << 1;
  static final int STAMP_BY_SOFTWARE = 1 << 4;
  static final int STAMP_WITH_NUMBER = 1 << 7;
  static final int STAMP_WITHOUT_PAYLOAD = 1 << 11;

  static final int SO_BINDTOIFINDEX = 62;

  static final int IPPROTO_IP = 0;
  static final int IP_TOS = 1;
  static final int IP_TTL = 2;
  static final int IP_PKTINFO = 8;
  static final int IP_RECVERR = 11;
  static final int IP_RECVTOS = 13;
  static final int IP_ADD_MEMBERSHIP = 35;
  static final int IP_DROP_MEMBERSHIP = 36;
  static final int IP_MULTICAST_ALL = 49;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_JOIN_GROUP = 20;
  static final int IPV6_LEAVE_GROUP = 21;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_MULTICAST_ALL = 29;
  static final int IPV6_RECVPKTINFO = 49;
  static final int IPV6_PKTINFO = 50;
  static final int IPV6_HOPLIMIT = 52;
  static final int IPV6_RECVTCLASS = 66;
  static final int IPV6_TCLASS = 67;

  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_ERRQUEUE = 0x2000;
  static final int MSG_NOSIGNAL = 0x4000;

  static final int EFD_NONBLOCK = 0x800;
  static final int EFD_CLOEXEC = 0x80000;
  static final short POLLIN = 1;

  static final int CLOCK_REALTIME = 0;
  static final int CLOCK_MONOTONIC_RAW = 4;

  /// `struct sockaddr_in`: family, port in network order, address.
  static final int SOCKADDR_PORT = 2;

  static final int SOCKADDR_IN_ADDRESS = 4;
  static final int SOCKADDR_IN_SIZE = 16;

  /// `struct sockaddr_in6`: family, port, flow, address, scope.
  static final int SOCKADDR_IN6_ADDRESS = 8;

  static final int SOCKADDR_IN6_SCOPE = 24;
  static final int SOCKADDR_IN6_SIZE = 28;

  /// Room for either, aligned.
  static final int SOCKADDR_ROOM = 32;

  /// `struct msghdr` inside `struct mmsghdr`.
  static final int MSG_NAME = 0;

  static final int MSG_NAMELEN = 8;
  static final int MSG_IOV = 16;
  static final int MSG_IOVLEN = 24;
  static final int MSG_CONTROL = 32;
  static final int MSG_CONTROLLEN = 40;
  static final int MSG_FLAGS = 48;
  static final int MMSG_LEN = 56;
  static final int MMSG_SIZE = 64;

  /// `struct iovec`.
  static final int IOV_BASE = 0;

  static final int IOV_LEN = 8;
  static final int IOV_SIZE = 16;

  /// `struct cmsghdr`; the data follows, the next header is aligned to 8.
  static final int CMSG_LEN = 0;

  static final int CMSG_LEVEL = 8;
  static final int CMSG_TYPE = 12;
  static final int CMSG_DATA = 16;

  /// `struct in_pktinfo`: interface, local address, destination of the header.
  static final int PKTINFO_INDEX = 0;

  static final int PKTINFO_LOCAL = 4;
  static final int PKTINFO_DESTINATION = 8;
  static final int PKTINFO_SIZE = 12;

  /// `struct in6_pktinfo`: address, interface.
  static final int PKTINFO6_INDEX = 16;

  static final int PKTINFO6_SIZE = 20;

  /// `struct ip_mreqn`: group, local address, interface.
  static final int MREQN_INDEX = 8;

  static final int MREQN_SIZE = 12;

  /// `struct ipv6_mreq`: group, interface.
  static final int MREQ6_INDEX = 16;

  static final int MREQ6_SIZE = 20;

  /// The room of a device's name, with the zero octet at its end.
  static final int IFNAMSIZ = 16;

  /// `struct sock_extended_err`: origin and, for stamps, what is stamped and its number.
  static final int EXTENDED_ORIGIN = 4;

  static final int EXTENDED_INFO = 8;
  static final int EXTENDED_DATA = 12;
  static final int ORIGIN_STAMP = 4;
  static final int STAMP_OF_SENDING = 0;

  /// `struct pollfd`.
  static final int POLLFD_EVENTS = 4;

  static final int POLLFD_REVENTS = 6;
  static final int POLLFD_SIZE = 8;

  /// `struct timespec`.
  static final int TIMESPEC_SIZE = 16;

  /// `struct timex`.
  static final int TIMEX_MODES = 0;

  static final int TIMEX_FREQUENCY = 16;
  static final int TIMEX_MAXERROR = 24;
  static final int TIMEX_ESTERROR = 32;
  static final int TIMEX_STATUS = 40;
  static final int TIMEX_SECONDS = 72;
  static final int TIMEX_NANOS = 80;
  static final int TIMEX_TICK = 88;
  static final int TIMEX_SIZE = 208;

  static final int O_RDONLY = 0;
  static final int O_CLOEXEC = 0x80000;
  static final int CLONE_NEWNET = 0x40000000;

  private LinuxAbi() {}

  /// The next multiple of 8, as control messages are laid out.
  static long aligned(long length) {
    return (length + 7) & ~7L;
  }
}
