package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Datagrams on their way out. One thread at a time.
public final class SendBatch {
  private static final int CONTROL_ROOM = 64;

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
  /// @param payloadRoom bytes per datagram
  public SendBatch(int capacity, int payloadRoom) {
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
  }

  public boolean isFull() {
    return count == capacity;
  }

  public int count() {
    return count;
  }

  /// Adds a datagram.
  ///
  /// @param payload no longer than the room
  /// @param to its destination
  /// @param from the local address to leave from; empty leaves it to routing
  /// @param isStamped whether [LinuxSocket#receiveTransmissions] is to tell when it left
  /// @throws IllegalArgumentException if the payload is too long
  /// @throws IllegalStateException if the batch is full
  public void add(
      byte[] payload, InetSocketAddress to, Optional<InetAddress> from, boolean isStamped) {
    if (isFull()) {
      throw new IllegalStateException("a batch of " + capacity + " is full");
    }
    if (payload.length > payloadRoom) {
      throw new IllegalArgumentException(payload.length + " bytes exceed " + payloadRoom);
    }
    MemorySegment room = payloads.asSlice((long) count * payloadRoom, payloadRoom);
    MemorySegment.copy(payload, 0, room, JAVA_BYTE, 0, payload.length);
    MemorySegment vector = vectors.asSlice((long) count * LinuxAbi.IOV_SIZE, LinuxAbi.IOV_SIZE);
    vector.set(ADDRESS, LinuxAbi.IOV_BASE, room);
    vector.set(JAVA_LONG, LinuxAbi.IOV_LEN, payload.length);
    MemorySegment name = names.asSlice((long) count * LinuxAbi.SOCKADDR_ROOM);
    MemorySegment message = message(count);
    message.fill((byte) 0);
    message.set(ADDRESS, LinuxAbi.MSG_NAME, name);
    message.set(JAVA_INT, LinuxAbi.MSG_NAMELEN, NativeAddress.write(to, name));
    message.set(ADDRESS, LinuxAbi.MSG_IOV, vector);
    message.set(JAVA_LONG, LinuxAbi.MSG_IOVLEN, 1);
    MemorySegment control = controls.asSlice((long) count * CONTROL_ROOM, CONTROL_ROOM);
    long length = isStamped ? writeStampRequest(control) : 0;
    if (from.isPresent()) {
      length += writeSource(from.get(), control.asSlice(length));
    }
    if (length > 0) {
      message.set(ADDRESS, LinuxAbi.MSG_CONTROL, control);
      message.set(JAVA_LONG, LinuxAbi.MSG_CONTROLLEN, length);
    }
    count++;
  }

  /// Sends all and forgets them; returns how many the system refused.
  int flush(int socket) {
    int refused = 0;
    int done = 0;
    while (done < count) {
      MemorySegment rest = messages.asSlice((long) done * LinuxAbi.MMSG_SIZE);
      int sent = Libc.sendMmsg(state, socket, rest, count - done);
      if (sent <= 0) {
        if (sent < 0 && Libc.errno(state) == Errno.EINTR.number()) {
          continue;
        }
        // The first of the rest is what the error is about.
        refused++;
        done++;
      } else {
        done += sent;
      }
    }
    count = 0;
    return refused;
  }

  private static long writeStampRequest(MemorySegment control) {
    control.set(JAVA_LONG, LinuxAbi.CMSG_LEN, LinuxAbi.CMSG_DATA + Integer.BYTES);
    control.set(JAVA_INT, LinuxAbi.CMSG_LEVEL, LinuxAbi.SOL_SOCKET);
    control.set(JAVA_INT, LinuxAbi.CMSG_TYPE, LinuxAbi.SO_TIMESTAMPING);
    control.set(JAVA_INT, LinuxAbi.CMSG_DATA, LinuxAbi.STAMP_TRANSMISSION);
    return LinuxAbi.aligned(LinuxAbi.CMSG_DATA + Integer.BYTES);
  }

  private static long writeSource(InetAddress from, MemorySegment control) {
    control.fill((byte) 0);
    boolean isIpv6 = from instanceof Inet6Address;
    int size = isIpv6 ? LinuxAbi.PKTINFO6_SIZE : LinuxAbi.PKTINFO_SIZE;
    if (from instanceof Inet6Address v6) {
      NativeAddress.copy(v6, control, LinuxAbi.CMSG_DATA);
      control.set(JAVA_INT, LinuxAbi.CMSG_DATA + LinuxAbi.PKTINFO6_INDEX, v6.getScopeId());
    } else {
      NativeAddress.copy(from, control, LinuxAbi.CMSG_DATA + LinuxAbi.PKTINFO_LOCAL);
    }
    int level = isIpv6 ? LinuxAbi.IPPROTO_IPV6 : LinuxAbi.IPPROTO_IP;
    int type = isIpv6 ? LinuxAbi.IPV6_PKTINFO : LinuxAbi.IP_PKTINFO;
    control.set(JAVA_LONG, LinuxAbi.CMSG_LEN, LinuxAbi.CMSG_DATA + size);
    control.set(JAVA_INT, LinuxAbi.CMSG_LEVEL, level);
    control.set(JAVA_INT, LinuxAbi.CMSG_TYPE, type);
    return LinuxAbi.aligned(LinuxAbi.CMSG_DATA + size);
  }

  private MemorySegment message(int index) {
    return messages.asSlice((long) index * LinuxAbi.MMSG_SIZE, LinuxAbi.MMSG_SIZE);
  }
}
