package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/// Sets the options of one UDP socket.
///
/// @param arena for the values
/// @param state receives errno
/// @param descriptor the socket
record SocketSetup(Arena arena, MemorySegment state, int descriptor) {
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  void set(SocketOptions options, boolean isIpv4) throws LinuxException {
    setCommon();
    if (isIpv4) {
      setIpv4();
    } else {
      setIpv6();
    }
    if (options.sharesPort()) {
      set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_REUSEPORT, 1);
    }
    if (options.mayBroadcast()) {
      set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_BROADCAST, 1);
    }
    if (options.interfaceIndex() != 0) {
      set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_BINDTOIFINDEX, options.interfaceIndex());
    } else if (options.device().isPresent()) {
      bindToDevice(options.device().get());
    }
  }

  void set(int level, int name, int value) throws LinuxException {
    MemorySegment segment = arena.allocateFrom(JAVA_INT, value);
    Libc.setSockOpt(state, descriptor, level, name, segment, Integer.BYTES);
  }

  /// Reports the stamps of hardware too. The numbers of transmit stamps go on.
  void stampByHardware() throws LinuxException {
    set(
        LinuxAbi.SOL_SOCKET,
        LinuxAbi.SO_TIMESTAMPING,
        LinuxAbi.STAMP_BY_SOFTWARE
            | LinuxAbi.STAMP_WITH_NUMBER
            | StampAbi.RAW_HARDWARE
            | StampAbi.WITH_CONTROL
            | StampAbi.WITH_INTERFACE
            | StampAbi.BOTH);
  }

  /// Joins or leaves a group.
  void membership(boolean isJoin, InetAddress group, int interfaceIndex, boolean isIpv4)
      throws LinuxException {
    int level = isIpv4 ? LinuxAbi.IPPROTO_IP : LinuxAbi.IPPROTO_IPV6;
    int join = isIpv4 ? LinuxAbi.IP_ADD_MEMBERSHIP : LinuxAbi.IPV6_JOIN_GROUP;
    int leave = isIpv4 ? LinuxAbi.IP_DROP_MEMBERSHIP : LinuxAbi.IPV6_LEAVE_GROUP;
    int size = isIpv4 ? LinuxAbi.MREQN_SIZE : LinuxAbi.MREQ6_SIZE;
    MemorySegment request = arena.allocate(size, 8);
    NativeAddress.copy(group, request, 0);
    request.set(JAVA_INT, isIpv4 ? LinuxAbi.MREQN_INDEX : LinuxAbi.MREQ6_INDEX, interfaceIndex);
    Libc.setSockOpt(state, descriptor, level, isJoin ? join : leave, request, size);
  }

  private void setCommon() throws LinuxException {
    set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_TIMESTAMPNS, 1);
    // Reports the stamps of those datagrams that ask for one.
    set(
        LinuxAbi.SOL_SOCKET,
        LinuxAbi.SO_TIMESTAMPING,
        LinuxAbi.STAMP_BY_SOFTWARE | LinuxAbi.STAMP_WITH_NUMBER | LinuxAbi.STAMP_WITHOUT_PAYLOAD);
    try {
      set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES);
    } catch (LinuxException notPrivileged) {
      // The system's own limit (net.core.rmem_max) cuts this one.
      set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    }
  }

  private void setIpv4() throws LinuxException {
    set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_PKTINFO, 1);
    set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_RECVTOS, 1);
    set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_MULTICAST_ALL, 0);
  }

  private void setIpv6() throws LinuxException {
    set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_V6ONLY, 1);
    set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_RECVPKTINFO, 1);
    set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_RECVTCLASS, 1);
    set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_MULTICAST_ALL, 0);
  }

  /// The kernel cuts a longer name off, which would be another device.
  private void bindToDevice(String device) throws LinuxException {
    byte[] name = device.getBytes(UTF_8);
    if (name.length == 0 || name.length >= LinuxAbi.IFNAMSIZ) {
      throw new LinuxException("a device of the name " + device, Errno.ENODEV.number());
    }
    MemorySegment value = arena.allocateFrom(device);
    Libc.setSockOpt(
        state, descriptor, LinuxAbi.SOL_SOCKET, LinuxAbi.SO_BINDTODEVICE, value, name.length + 1);
  }
}
