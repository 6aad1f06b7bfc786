package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Datagrams on their way out. One thread at a time.
public final class SendBatch {
  private final int capacity;
  private final int payloadRoom;
  private final MemorySegment messages;
  private final MemorySegment vectors;
  private final MemorySegment names;
  private final MemorySegment payloads;
  private final MemorySegment controls;
  private final MemorySegment state;
  private int count;
  private boolean stampsByHardware;

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
    controls = arena.allocate((long) capacity * ControlWriter.ROOM, 8);
    state = arena.allocate(Libc.STATE);
  }

  /// Says whether hardware is to stamp too what is added with a stamp from now on; at first it is
  /// not.
  public void stampByHardware(boolean isByHardware) {
    stampsByHardware = isByHardware;
  }

  public boolean isFull() {
    return count == capacity;
  }

  public int count() {
    return count;
  }

  /// How a datagram leaves this host.
  ///
  /// @param source the local address; empty leaves it to routing. One that is good on one link only
  ///   (`fe80::`) says by its scope on which, unless the interface is named too
  /// @param interfaceIndex the interface; 0 leaves it to routing
  /// @param ttl how many hops it may make, 1 to 255; 0 is as many as the system gives others of its
  ///   kind (unicast, broadcast, multicast)
  public record Departure(Optional<InetAddress> source, int interfaceIndex, int ttl) {
    /// All is left to the system.
    public static final Departure BY_ROUTING = new Departure(Optional.empty(), 0, 0);

    private static final int MAX_TTL = 255;

    public Departure {
      if (interfaceIndex < 0 || ttl < 0 || ttl > MAX_TTL) {
        throw new IllegalArgumentException(
            "interface " + interfaceIndex + ", time to live " + ttl + " (0 to " + MAX_TTL + ")");
      }
    }

    /// By the route that the system takes.
    public static Departure from(Optional<InetAddress> source) {
      return new Departure(source, 0, 0);
    }
  }

  /// Adds a datagram.
  ///
  /// @param payload no longer than the room
  /// @param to its destination
  /// @param from the local address to leave from; empty leaves it to routing
  /// @param isStamped whether [LinuxSocket#receiveTransmissions] is to tell when it left
  /// @throws IllegalArgumentException if the payload is too long, or the source of another family
  /// @throws IllegalStateException if the batch is full
  public void add(
      byte[] payload, InetSocketAddress to, Optional<InetAddress> from, boolean isStamped) {
    add(payload, to, Departure.from(from), isStamped);
  }

  /// Adds a datagram.
  ///
  /// @param payload no longer than the room
  /// @param to its destination
  /// @param isStamped whether [LinuxSocket#receiveTransmissions] is to tell when it left
  /// @throws IllegalArgumentException if the payload is too long, or the source of another family
  /// @throws IllegalStateException if the batch is full
  public void add(byte[] payload, InetSocketAddress to, Departure departure, boolean isStamped) {
    if (isFull()) {
      throw new IllegalStateException("a batch of " + capacity + " is full");
    }
    if (payload.length > payloadRoom) {
      throw new IllegalArgumentException(payload.length + " bytes exceed " + payloadRoom);
    }
    boolean isIpv4 = to.getAddress() instanceof Inet4Address;
    if (departure.source().filter(own -> own instanceof Inet4Address != isIpv4).isPresent()) {
      throw new IllegalArgumentException(departure.source() + " cannot send to " + to);
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
    MemorySegment control = controls.asSlice((long) count * ControlWriter.ROOM, ControlWriter.ROOM);
    long length = writeControl(control, isIpv4, departure, isStamped);
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

  private long writeControl(
      MemorySegment control, boolean isIpv4, Departure departure, boolean isStamped) {
    ControlWriter writer = new ControlWriter(control, isIpv4);
    if (isStamped) {
      writer.stampRequest(stampsByHardware);
    }
    if (departure.source().isPresent() || departure.interfaceIndex() != 0) {
      writer.departure(departure.source(), departure.interfaceIndex());
    }
    if (departure.ttl() != 0) {
      writer.ttl(departure.ttl());
    }
    return writer.length();
  }

  private MemorySegment message(int index) {
    return messages.asSlice((long) index * LinuxAbi.MMSG_SIZE, LinuxAbi.MMSG_SIZE);
  }
}
