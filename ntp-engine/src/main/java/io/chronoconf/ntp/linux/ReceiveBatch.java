package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Room for some datagrams with what the kernel tells about each. One thread at a time; what is
/// read from it holds until it is filled again.
public final class ReceiveBatch {
  private static final int CONTROL_ROOM = 256;

  private final int capacity;
  private final int payloadRoom;
  private final MemorySegment messages;
  private final MemorySegment vectors;
  private final MemorySegment names;
  private final MemorySegment payloads;
  private final MemorySegment controls;
  private final MemorySegment state;
  private int count;

  /// @param capacity datagrams per call
  /// @param payloadRoom bytes per datagram; longer ones arrive cut off and marked
  public ReceiveBatch(int capacity, int payloadRoom) {
    LinuxPlatform.require();
    this.capacity = capacity;
    this.payloadRoom = payloadRoom;
    Arena arena = Arena.ofAuto();
    messages = arena.allocate((long) capacity * LinuxAbi.MMSG_SIZE, 8);
    vectors = arena.allocate((long) capacity * LinuxAbi.IOV_SIZE, 8);
    names = arena.allocate((long) capacity * LinuxAbi.SOCKADDR_ROOM, 8);
    payloads = arena.allocate((long) capacity * payloadRoom, 8);
    controls = arena.allocate((long) capacity * CONTROL_ROOM, 8);
    state = arena.allocate(Libc.STATE);
    for (int i = 0; i < capacity; i++) {
      connect(i);
    }
  }

  /// Takes what is there, up to the capacity, and returns how many.
  int fill(int socket) throws LinuxException {
    return fill(socket, 0);
  }

  /// Takes what the socket's error queue holds instead, where transmit stamps arrive.
  int fillFromErrors(int socket) throws LinuxException {
    return fill(socket, LinuxAbi.MSG_ERRQUEUE);
  }

  private int fill(int socket, int flags) throws LinuxException {
    for (int i = 0; i < capacity; i++) {
      MemorySegment message = message(i);
      message.set(JAVA_INT, LinuxAbi.MSG_NAMELEN, LinuxAbi.SOCKADDR_ROOM);
      message.set(JAVA_LONG, LinuxAbi.MSG_CONTROLLEN, CONTROL_ROOM);
    }
    int received = Libc.recvMmsg(state, socket, messages, capacity, flags);
    count = Math.max(0, received);
    if (received < 0) {
      LinuxException failure = new LinuxException("recvmmsg", Libc.errno(state));
      // ECONNREFUSED and the like speak of an earlier packet of ours: nothing to receive, that is
      // all. The queue is asked again by the next poll.
      if (failure.is(Errno.EINVAL) || failure.is(Errno.EPERM)) {
        throw failure;
      }
    }
    return count;
  }

  public int count() {
    return count;
  }

  /// A copy of what arrived, cut off at the room.
  public byte[] payload(int index) {
    int length = Math.min(message(index).get(JAVA_INT, LinuxAbi.MMSG_LEN), payloadRoom);
    return payloads.asSlice((long) index * payloadRoom, length).toArray(JAVA_BYTE);
  }

  public boolean isTruncated(int index) {
    return (message(index).get(JAVA_INT, LinuxAbi.MSG_FLAGS) & LinuxAbi.MSG_TRUNC) != 0;
  }

  public InetSocketAddress source(int index) {
    return NativeAddress.read(names.asSlice((long) index * LinuxAbi.SOCKADDR_ROOM));
  }

  /// When the kernel received it: CLOCK_REALTIME, nanoseconds since 1970.
  public Optional<Long> stampNanos(int index) {
    return controls(index).softwareStamp();
  }

  /// When the hardware received it, if it stamps and the socket wants to know.
  public Optional<HardwareStamp> hardwareStamp(int index) {
    return controls(index).hardwareStamp();
  }

  /// The stamp of a datagram of ours, if this entry of the error queue is one.
  public Optional<Transmission> transmission(int index) {
    return controls(index).transmission();
  }

  /// When a datagram left.
  ///
  /// @param number how many with a stamp went before it by the same socket
  /// @param stampNanos CLOCK_REALTIME in nanoseconds since 1970; in an entry of the hardware's it
  ///   is only when the entry was read
  /// @param hardware present in the entry of the hardware's, which follows that of the software's
  public record Transmission(int number, long stampNanos, Optional<HardwareStamp> hardware) {}

  /// Where it was sent to and where it came in.
  public Optional<Arrival> arrival(int index) {
    return control(index, LinuxAbi.IPPROTO_IP, LinuxAbi.IP_PKTINFO)
        .map(ReceiveBatch::arrivalIpv4)
        .or(
            () ->
                control(index, LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_PKTINFO)
                    .map(ReceiveBatch::arrivalIpv6));
  }

  /// How a datagram reached this host.
  ///
  /// @param local the address to answer from
  /// @param interfaceIndex the interface it came in on
  /// @param isUnicast false if it was sent to a broadcast or multicast address
  public record Arrival(InetAddress local, int interfaceIndex, boolean isUnicast) {}

  /// The octet that tells how the datagram was to be treated: type of service or traffic class, the
  /// code point in the upper six bits; 0 if the kernel does not tell.
  public int trafficClass(int index) {
    return control(index, LinuxAbi.IPPROTO_IP, LinuxAbi.IP_TOS)
        .or(() -> control(index, LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_TCLASS))
        .filter(data -> data.byteSize() > 0)
        .map(data -> Byte.toUnsignedInt(data.get(JAVA_BYTE, 0)))
        .orElse(0);
  }

  private static Arrival arrivalIpv4(MemorySegment info) {
    InetAddress local = NativeAddress.readIpv4(info, LinuxAbi.PKTINFO_LOCAL);
    InetAddress destination = NativeAddress.readIpv4(info, LinuxAbi.PKTINFO_DESTINATION);
    // For a broadcast the kernel names the interface's own address as the local one.
    boolean isUnicast = local.equals(destination) && !destination.isMulticastAddress();
    return new Arrival(local, info.get(JAVA_INT, LinuxAbi.PKTINFO_INDEX), isUnicast);
  }

  private static Arrival arrivalIpv6(MemorySegment info) {
    int index = info.get(JAVA_INT, LinuxAbi.PKTINFO6_INDEX);
    InetAddress local = NativeAddress.readIpv6(info, 0, index);
    return new Arrival(local, index, !local.isMulticastAddress());
  }

  Optional<MemorySegment> control(int index, int level, int type) {
    return controls(index).find(level, type);
  }

  private ControlMessages controls(int index) {
    long length = Math.min(message(index).get(JAVA_LONG, LinuxAbi.MSG_CONTROLLEN), CONTROL_ROOM);
    return new ControlMessages(controls.asSlice((long) index * CONTROL_ROOM, length));
  }

  private MemorySegment message(int index) {
    return messages.asSlice((long) index * LinuxAbi.MMSG_SIZE, LinuxAbi.MMSG_SIZE);
  }

  private void connect(int index) {
    MemorySegment vector = vectors.asSlice((long) index * LinuxAbi.IOV_SIZE, LinuxAbi.IOV_SIZE);
    MemorySegment payload = payloads.asSlice((long) index * payloadRoom, payloadRoom);
    vector.set(ADDRESS, LinuxAbi.IOV_BASE, payload);
    vector.set(JAVA_LONG, LinuxAbi.IOV_LEN, payloadRoom);
    MemorySegment message = message(index);
    message.set(ADDRESS, LinuxAbi.MSG_NAME, names.asSlice((long) index * LinuxAbi.SOCKADDR_ROOM));
    message.set(ADDRESS, LinuxAbi.MSG_IOV, vector);
    message.set(JAVA_LONG, LinuxAbi.MSG_IOVLEN, 1);
    message.set(ADDRESS, LinuxAbi.MSG_CONTROL, controls.asSlice((long) index * CONTROL_ROOM));
  }
}
