package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// Writes the control messages of one datagram to be sent, one after the other.
final class ControlWriter {
  /// For all of them: a stamp request, an IPv6 source and a hop limit.
  static final int ROOM = 96;

  private final MemorySegment control;
  private final boolean isIpv4;
  private long length;

  /// @param control [#ROOM] octets
  /// @param isIpv4 the family of the destination
  ControlWriter(MemorySegment control, boolean isIpv4) {
    this.control = control;
    this.isIpv4 = isIpv4;
    control.fill((byte) 0);
  }

  /// How much is written.
  long length() {
    return length;
  }

  /// @param isByHardware whether hardware is to stamp too
  void stampRequest(boolean isByHardware) {
    long data = begin(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_TIMESTAMPING, Integer.BYTES);
    int hardware = isByHardware ? StampAbi.SENT_BY_HARDWARE : 0;
    control.set(JAVA_INT, data, LinuxAbi.STAMP_TRANSMISSION | hardware);
  }

  /// @param source local address; empty leaves it to routing
  /// @param interfaceIndex to leave by; 0 leaves it to routing, but a source that is good on one
  ///   link only leaves by that
  void departure(Optional<InetAddress> source, int interfaceIndex) {
    int scope =
        source.orElse(null) instanceof Inet6Address v6 && interfaceIndex == 0
            ? v6.getScopeId()
            : interfaceIndex;
    if (isIpv4) {
      long data = begin(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_PKTINFO, LinuxAbi.PKTINFO_SIZE);
      control.set(JAVA_INT, data + LinuxAbi.PKTINFO_INDEX, interfaceIndex);
      source.ifPresent(
          address -> NativeAddress.copy(address, control, data + LinuxAbi.PKTINFO_LOCAL));
    } else {
      long data = begin(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_PKTINFO, LinuxAbi.PKTINFO6_SIZE);
      control.set(JAVA_INT, data + LinuxAbi.PKTINFO6_INDEX, scope);
      source.ifPresent(address -> NativeAddress.copy(address, control, data));
    }
  }

  /// @param ttl how many hops the datagram may make, 1 to 255
  void ttl(int ttl) {
    long data =
        isIpv4
            ? begin(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_TTL, Integer.BYTES)
            : begin(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_HOPLIMIT, Integer.BYTES);
    control.set(JAVA_INT, data, ttl);
  }

  /// Returns where the data go.
  private long begin(int level, int type, int size) {
    control.set(JAVA_LONG, length + LinuxAbi.CMSG_LEN, LinuxAbi.CMSG_DATA + size);
    control.set(JAVA_INT, length + LinuxAbi.CMSG_LEVEL, level);
    control.set(JAVA_INT, length + LinuxAbi.CMSG_TYPE, type);
    long data = length + LinuxAbi.CMSG_DATA;
    length += LinuxAbi.aligned(LinuxAbi.CMSG_DATA + size);
    return data;
  }
}
