package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system calls of netlink sockets.
final class NetlinkCalls {
  private static final MethodHandle SEND =
      Libc.failing(
          "send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECVFROM =
      Libc.failing(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));

  private NetlinkCalls() {}

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @param groups what it is to be told of
  static int open(MemorySegment state, int groups) throws LinuxException {
    int type = NetlinkAbi.SOCK_RAW | LinuxAbi.SOCK_CLOEXEC;
    int socket = Libc.socket(state, NetlinkAbi.AF_NETLINK, type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(NetlinkAbi.SOCKADDR_NL_SIZE, 4);
      address.set(JAVA_SHORT, 0, (short) NetlinkAbi.AF_NETLINK);
      address.set(JAVA_INT, NetlinkAbi.SOCKADDR_NL_GROUPS, groups);
      Libc.bind(state, socket, address, NetlinkAbi.SOCKADDR_NL_SIZE);
      // The kernel answers within the call that asks. Nothing may hang if that ever changes.
      MemorySegment patience = arena.allocate(LinuxAbi.TIMESPEC_SIZE, 8);
      patience.set(JAVA_LONG, 0, 1);
      Libc.setSockOpt(
          state,
          socket,
          LinuxAbi.SOL_SOCKET,
          LinuxAbi.SO_RCVTIMEO,
          patience,
          LinuxAbi.TIMESPEC_SIZE);
      return socket;
    } catch (LinuxException failure) {
      Libc.close(socket);
      throw failure;
    }
  }

  /// Sends to the kernel.
  static void send(MemorySegment state, int socket, MemorySegment message) throws LinuxException {
    try {
      long sent = (long) SEND.invokeExact(state, socket, message, message.byteSize(), 0);
      Libc.checked("send", state, (int) sent);
    } catch (Throwable thrown) {
      throw Libc.rethrown(thrown);
    }
  }

  /// The length of the datagram, which may be more than the room; -1 with errno in `state`.
  ///
  /// @param sender receives the sender's address
  /// @param senderSize in: the room for it
  static int receive(
      MemorySegment state,
      int socket,
      MemorySegment room,
      int flags,
      MemorySegment sender,
      MemorySegment senderSize) {
    try {
      int all = flags | LinuxAbi.MSG_TRUNC;
      return (int)
          (long)
              RECVFROM.invokeExact(state, socket, room, room.byteSize(), all, sender, senderSize);
    } catch (Throwable unexpected) {
      throw Libc.unreachable(unexpected);
    }
  }
}
