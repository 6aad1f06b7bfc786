package io.chronoconf.ntp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// A bound, non-blocking UDP socket of one address family whose datagrams carry the kernel's
/// receive stamp and the address they were sent to. One thread at a time.
public final class LinuxSocket implements AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  private final int descriptor;
  private final boolean isIpv4;
  private final InetSocketAddress localAddress;
  private boolean isClosed;

  private LinuxSocket(int descriptor, boolean isIpv4, InetSocketAddress localAddress) {
    this.descriptor = descriptor;
    this.isIpv4 = isIpv4;
    this.localAddress = localAddress;
  }

  /// Opens a socket.
  ///
  /// @param local address (its family decides) and port; port 0 lets the kernel pick at random
  /// @param sharesPort whether further sockets of this user may bind the same, and the kernel deals
  ///   out the datagrams among them
  /// @throws LinuxException if the system refuses
  public static LinuxSocket open(InetSocketAddress local, boolean sharesPort)
      throws LinuxException {
    return open(local, sharesPort, Optional.empty());
  }

  /// Opens a socket that hears one remote alone. It may have the port of sockets that
  /// [#open(InetSocketAddress, boolean)] opened to share it: the kernel gives it what comes from
  /// there, and nothing else.
  ///
  /// @param local address and port; the wildcard address becomes the one that the route has now
  /// @param remote address and port
  /// @throws LinuxException if the system refuses
  public static LinuxSocket openPeer(InetSocketAddress local, InetSocketAddress remote)
      throws LinuxException {
    return open(local, true, Optional.of(remote));
  }

  private static LinuxSocket open(
      InetSocketAddress local, boolean sharesPort, Optional<InetSocketAddress> remote)
      throws LinuxException {
    LinuxPlatform.require();
    boolean isIpv4 = local.getAddress() instanceof Inet4Address;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.STATE);
      int type = LinuxAbi.SOCK_DGRAM | LinuxAbi.SOCK_NONBLOCK | LinuxAbi.SOCK_CLOEXEC;
      int family = isIpv4 ? LinuxAbi.AF_INET : LinuxAbi.AF_INET6;
      int descriptor = Libc.socket(state, family, type);
      try {
        Options options = new Options(arena, state, descriptor);
        options.setCommon(sharesPort);
        if (isIpv4) {
          options.setIpv4();
        } else {
          options.setIpv6();
        }
        MemorySegment address = arena.allocate(LinuxAbi.SOCKADDR_ROOM, 8);
        Libc.bind(state, descriptor, address, NativeAddress.write(local, address));
        if (remote.isPresent()) {
          Libc.connect(state, descriptor, address, NativeAddress.write(remote.get(), address));
        }
        MemorySegment length = arena.allocateFrom(JAVA_INT, LinuxAbi.SOCKADDR_ROOM);
        Libc.getSockName(state, descriptor, address, length);
        return new LinuxSocket(descriptor, isIpv4, NativeAddress.read(address));
      } catch (LinuxException failure) {
        Libc.close(descriptor);
        throw failure;
      }
    }
  }

  /// The wildcard address of a family.
  public static InetAddress wildcard(boolean isIpv4) {
    try {
      return InetAddress.getByAddress(new byte[isIpv4 ? 4 : 16]);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public InetSocketAddress localAddress() {
    return localAddress;
  }

  public boolean isIpv4() {
    return isIpv4;
  }

  /// Sets type of service or traffic class of all packets from now on.
  ///
  /// @param octet the code point in the upper six bits
  /// @throws LinuxException if the system refuses
  public void setTrafficClass(int octet) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      Options options = new Options(arena, arena.allocate(Libc.STATE), open());
      if (isIpv4) {
        options.set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_TOS, octet);
      } else {
        options.set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_TCLASS, octet);
      }
    }
  }

  /// Receives what is there, without waiting, and returns how many.
  ///
  /// @throws LinuxException if the socket is of no use any more
  public int receive(ReceiveBatch batch) throws LinuxException {
    return batch.fill(open());
  }

  /// Receives the stamps of what was sent, see [ReceiveBatch#transmission].
  ///
  /// @throws LinuxException if the socket is of no use any more
  public int receiveTransmissions(ReceiveBatch batch) throws LinuxException {
    return batch.fillFromErrors(open());
  }

  /// Sends all of a batch and empties it; returns how many the system refused.
  public int send(SendBatch batch) {
    return batch.flush(open());
  }

  /// Sends one datagram through an empty batch; false if the system refused.
  public boolean send(
      SendBatch empty, byte[] payload, InetSocketAddress to, Optional<InetAddress> from) {
    empty.add(payload, to, from, false);
    return send(empty) == 0;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      Libc.close(descriptor);
    }
  }

  int descriptor() {
    return open();
  }

  /// A closed descriptor's number may already be somebody else's.
  private int open() {
    if (isClosed) {
      throw new IllegalStateException("the socket " + localAddress + " is closed");
    }
    return descriptor;
  }

  private record Options(Arena arena, MemorySegment state, int descriptor) {
    void setCommon(boolean sharesPort) throws LinuxException {
      set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_TIMESTAMPNS, 1);
      // Reports the stamps of those datagrams that ask for one.
      set(
          LinuxAbi.SOL_SOCKET,
          LinuxAbi.SO_TIMESTAMPING,
          LinuxAbi.STAMP_BY_SOFTWARE | LinuxAbi.STAMP_WITH_NUMBER | LinuxAbi.STAMP_WITHOUT_PAYLOAD);
      if (sharesPort) {
        set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_REUSEPORT, 1);
      }
      try {
        set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES);
      } catch (LinuxException notPrivileged) {
        // The system's own limit (net.core.rmem_max) cuts this one.
        set(LinuxAbi.SOL_SOCKET, LinuxAbi.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      }
    }

    void setIpv4() throws LinuxException {
      set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_PKTINFO, 1);
      set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_MULTICAST_ALL, 0);
    }

    void setIpv6() throws LinuxException {
      set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_V6ONLY, 1);
      set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_RECVPKTINFO, 1);
      set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_MULTICAST_ALL, 0);
    }

    private void set(int level, int name, int value) throws LinuxException {
      MemorySegment segment = arena.allocateFrom(JAVA_INT, value);
      Libc.setSockOpt(state, descriptor, level, name, segment, Integer.BYTES);
    }
  }
}
