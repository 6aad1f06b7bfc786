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
public final class LinuxSocket implements Pollable, AutoCloseable {
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
    return open(local, SocketOptions.PLAIN.withSharedPort(sharesPort));
  }

  /// Opens a socket.
  ///
  /// @param local address (its family decides) and port; port 0 lets the kernel pick at random. A
  ///   socket that is to hear one group or broadcast address alone may be bound to that; a group of
  ///   one link (`ff02::`) names the link with its scope
  /// @throws LinuxException if the system refuses
  public static LinuxSocket open(InetSocketAddress local, SocketOptions options)
      throws LinuxException {
    LinuxPlatform.require();
    boolean isIpv4 = local.getAddress() instanceof Inet4Address;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.STATE);
      int type = LinuxAbi.SOCK_DGRAM | LinuxAbi.SOCK_NONBLOCK | LinuxAbi.SOCK_CLOEXEC;
      int family = isIpv4 ? LinuxAbi.AF_INET : LinuxAbi.AF_INET6;
      int descriptor = Libc.socket(state, family, type);
      try {
        new SocketSetup(arena, state, descriptor).set(options, isIpv4);
        MemorySegment address = arena.allocate(LinuxAbi.SOCKADDR_ROOM, 8);
        Libc.bind(state, descriptor, address, NativeAddress.write(local, address));
        if (options.remote().isPresent()) {
          int length = NativeAddress.write(options.remote().get(), address);
          Libc.connect(state, descriptor, address, length);
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
      SocketSetup options = setup(arena);
      if (isIpv4) {
        options.set(LinuxAbi.IPPROTO_IP, LinuxAbi.IP_TOS, octet);
      } else {
        options.set(LinuxAbi.IPPROTO_IPV6, LinuxAbi.IPV6_TCLASS, octet);
      }
    }
  }

  /// Reports what hardware stamps from now on, besides the stamps of the kernel.
  ///
  /// @throws LinuxException if the system refuses; everything is as before then
  public void stampByHardware() throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      setup(arena).stampByHardware();
    }
  }

  /// Joins a multicast group on one interface. The socket hears the groups alone that it has
  /// joined.
  ///
  /// @param group of the socket's family
  /// @param interfaceIndex the kernel's number; 0 leaves it to routing
  /// @throws LinuxException if the system refuses, as a second time ([Errno#EADDRINUSE]) or on an
  ///   interface that is gone ([Errno#ENODEV])
  public void join(InetAddress group, int interfaceIndex) throws LinuxException {
    membership(true, group, interfaceIndex);
  }

  /// Takes [#join] back.
  ///
  /// @throws LinuxException if the system refuses, as [Errno#EADDRNOTAVAIL] for a group that was
  ///   not joined there
  public void leave(InetAddress group, int interfaceIndex) throws LinuxException {
    membership(false, group, interfaceIndex);
  }

  private void membership(boolean isJoin, InetAddress group, int interfaceIndex)
      throws LinuxException {
    if (group instanceof Inet4Address != isIpv4) {
      throw new IllegalArgumentException(
          "the group " + group.getHostAddress() + " is of another family than " + localAddress);
    }
    try (Arena arena = Arena.ofConfined()) {
      setup(arena).membership(isJoin, group, interfaceIndex, isIpv4);
    }
  }

  private SocketSetup setup(Arena arena) {
    return new SocketSetup(arena, arena.allocate(Libc.STATE), open());
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

  @Override
  public int descriptor() {
    return open();
  }

  /// A closed descriptor's number may already be somebody else's.
  private int open() {
    if (isClosed) {
      throw new IllegalStateException("the socket " + localAddress + " is closed");
    }
    return descriptor;
  }
}
