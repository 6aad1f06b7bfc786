package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// `struct sockaddr_in` and `sockaddr_in6`.
final class NativeAddress {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private NativeAddress() {}

  /// Writes an address and returns its length.
  static int write(InetSocketAddress address, MemorySegment target) {
    target.asSlice(0, LinuxAbi.SOCKADDR_ROOM).fill((byte) 0);
    InetAddress host = address.getAddress();
    short port = Short.reverseBytes((short) address.getPort());
    target.set(JAVA_SHORT_UNALIGNED, LinuxAbi.SOCKADDR_PORT, port);
    if (host instanceof Inet6Address v6) {
      target.set(JAVA_SHORT_UNALIGNED, 0, (short) LinuxAbi.AF_INET6);
      copy(v6, target, LinuxAbi.SOCKADDR_IN6_ADDRESS);
      target.set(JAVA_INT_UNALIGNED, LinuxAbi.SOCKADDR_IN6_SCOPE, v6.getScopeId());
      return LinuxAbi.SOCKADDR_IN6_SIZE;
    }
    target.set(JAVA_SHORT_UNALIGNED, 0, (short) LinuxAbi.AF_INET);
    copy(host, target, LinuxAbi.SOCKADDR_IN_ADDRESS);
    return LinuxAbi.SOCKADDR_IN_SIZE;
  }

  static InetSocketAddress read(MemorySegment source) {
    int family = source.get(JAVA_SHORT_UNALIGNED, 0);
    int port =
        Short.toUnsignedInt(
            Short.reverseBytes(source.get(JAVA_SHORT_UNALIGNED, LinuxAbi.SOCKADDR_PORT)));
    InetAddress host =
        family == LinuxAbi.AF_INET
            ? readIpv4(source, LinuxAbi.SOCKADDR_IN_ADDRESS)
            : readIpv6(
                source,
                LinuxAbi.SOCKADDR_IN6_ADDRESS,
                source.get(JAVA_INT_UNALIGNED, LinuxAbi.SOCKADDR_IN6_SCOPE));
    return new InetSocketAddress(host, port);
  }

  static InetAddress readIpv4(MemorySegment source, long offset) {
    return address(source.asSlice(offset, IPV4_BYTES).toArray(JAVA_BYTE));
  }

  /// @param scope interface index; only a link-local address keeps it
  static InetAddress readIpv6(MemorySegment source, long offset, int scope) {
    byte[] bytes = source.asSlice(offset, IPV6_BYTES).toArray(JAVA_BYTE);
    try {
      Inet6Address plain = Inet6Address.getByAddress(null, bytes, -1);
      return plain.isLinkLocalAddress() && scope != 0
          ? Inet6Address.getByAddress(null, bytes, scope)
          : plain;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void copy(InetAddress address, MemorySegment target, long offset) {
    byte[] bytes = address.getAddress();
    MemorySegment.copy(bytes, 0, target, JAVA_BYTE, offset, bytes.length);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
