package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.chronoconf.ntp.host.HostInterface;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The interfaces of one network namespace as the kernel tells them (rtnetlink): that of the thread
/// that opens it. A [Poller] that waits for it sees that something changed. One thread at a time.
public final class Netlink implements Pollable, AutoCloseable {
  /// The kernel writes at most 32 KiB into one.
  private static final int DATAGRAM_ROOM = 1 << 16;

  /// How often it is asked again when something changed while it was being told. The last answer is
  /// taken as it is; the notice of the change leads to the next.
  private static final int MAX_ATTEMPTS = 10;

  private static final int MAX_DATAGRAMS = 1 << 16;
  private static final int MAX_NOTICES = 1_000;

  private final int questions;
  private final int notices;
  private final MemorySegment state;
  private final MemorySegment room;
  private final MemorySegment sender;
  private final MemorySegment senderSize;
  private int sequence;
  private boolean isClosed;

  private Netlink(Arena arena, MemorySegment state, int questions, int notices) {
    this.questions = questions;
    this.notices = notices;
    this.state = state;
    room = arena.allocate(DATAGRAM_ROOM, 8);
    sender = arena.allocate(NetlinkAbi.SOCKADDR_NL_SIZE, 4);
    senderSize = arena.allocate(JAVA_INT);
  }

  /// Opens the sockets in the network namespace of the calling thread, where they stay.
  ///
  /// @throws LinuxException if the system refuses
  public static Netlink open() throws LinuxException {
    LinuxPlatform.require();
    Arena arena = Arena.ofAuto();
    MemorySegment state = arena.allocate(Libc.STATE);
    int questions = NetlinkCalls.open(state, 0);
    try {
      int groups =
          NetlinkAbi.GROUP_LINK | NetlinkAbi.GROUP_IPV4_ADDRESS | NetlinkAbi.GROUP_IPV6_ADDRESS;
      return new Netlink(arena, state, questions, NetlinkCalls.open(state, groups));
    } catch (LinuxException failure) {
      Libc.close(questions);
      throw failure;
    }
  }

  /// All interfaces at this moment, by their numbers.
  ///
  /// @throws LinuxException if the system refuses
  public List<HostInterface> interfaces() throws LinuxException {
    requireOpen();
    InterfaceDump dump = dump();
    for (int attempt = 1; attempt < MAX_ATTEMPTS && !dump.isWhole(); attempt++) {
      dump = dump();
    }
    return dump.interfaces();
  }

  /// Forgets the changes that were told so far, and returns whether there were any.
  public boolean takeChanges() {
    requireOpen();
    boolean isChanged = false;
    for (int i = 0; i < MAX_NOTICES; i++) {
      if (receive(notices, LinuxAbi.MSG_DONTWAIT) < 0) {
        // Notices that found no room are changes too.
        boolean isOverrun = Libc.errno(state) == Errno.ENOBUFS.number();
        isChanged |= isOverrun;
        if (!isOverrun) {
          return isChanged;
        }
      } else {
        isChanged = true;
      }
    }
    return isChanged;
  }

  @Override
  public int descriptor() {
    requireOpen();
    return notices;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      Libc.close(questions);
      Libc.close(notices);
    }
  }

  private InterfaceDump dump() throws LinuxException {
    InterfaceDump dump = new InterfaceDump();
    ask(NetlinkAbi.GET_LINK, dump);
    ask(NetlinkAbi.GET_ADDRESS, dump);
    return dump;
  }

  private void ask(int type, InterfaceDump dump) throws LinuxException {
    sequence++;
    try (Arena arena = Arena.ofConfined()) {
      byte[] request = NetlinkMessages.dumpRequest(type, sequence);
      NetlinkCalls.send(state, questions, arena.allocateFrom(JAVA_BYTE, request));
    }
    for (int i = 0; i < MAX_DATAGRAMS; i++) {
      int length = receive(questions, 0);
      if (length < 0 && Libc.errno(state) != Errno.EINTR.number()) {
        throw new LinuxException("reading the interfaces by netlink", Libc.errno(state));
      }
      if (length > DATAGRAM_ROOM) {
        break;
      }
      MemorySegment datagram = room.asSlice(0, Math.max(0, length));
      if (dump.accept(NetlinkMessages.read(datagram.asByteBuffer()), sequence)) {
        return;
      }
    }
    throw new LinuxException("reading the interfaces by netlink", Errno.EMSGSIZE.number());
  }

  /// The length of a datagram of the kernel's; what others send has none.
  private int receive(int socket, int flags) {
    senderSize.set(JAVA_INT, 0, NetlinkAbi.SOCKADDR_NL_SIZE);
    int length = NetlinkCalls.receive(state, socket, room, flags, sender, senderSize);
    boolean isKernel = sender.get(JAVA_INT, NetlinkAbi.SOCKADDR_NL_PORT) == 0;
    return length > 0 && !isKernel ? 0 : length;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("this netlink socket is closed");
    }
  }
}
