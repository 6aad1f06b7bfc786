package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.LinuxPlatform;
import java.io.IOException;
import java.util.List;

/// The network as one thread sees it: its sockets and the one place where it waits.
interface UdpTransport extends AutoCloseable {
  /// The longest datagram that is looked at. NTP's header is 48 octets; extension fields and a MAC
  /// follow, and what is longer than an Ethernet frame is nobody's.
  int PAYLOAD_ROOM = 1_500;

  /// Opens a transport without stamps by hardware.
  ///
  /// @param instances where the sockets of network instances are opened
  /// @throws IOException if the system has no descriptors left
  static UdpTransport open(TransportKind kind, RawSource source, Instances instances)
      throws IOException {
    return open(kind, source, instances, HardwareStamps.NONE);
  }

  /// Opens a transport.
  ///
  /// @param instances where the sockets of network instances are opened
  /// @param hardware whose stamps are taken where they are there and credible; the caller closes it
  /// @throws IOException if the system has no descriptors left
  static UdpTransport open(
      TransportKind kind, RawSource source, Instances instances, HardwareStamps hardware)
      throws IOException {
    return switch (kind) {
      case AUTO ->
          LinuxPlatform.obstacle().isEmpty()
              ? new LinuxTransport(source, instances, hardware)
              : new NettyTransport(source);
      case LINUX -> new LinuxTransport(source, instances, hardware);
      case NETTY -> new NettyTransport(source);
    };
  }

  /// Opens a socket; [#receive] watches it until it is closed.
  ///
  /// @throws IOException if the system refuses, if there is no such network instance or if this
  ///   driver cannot do it, with a message for humans
  UdpSocket open(SocketRequest request) throws IOException;

  /// Whether [#takeTransmitStamps] ever has any.
  boolean stampsTransmissions();

  /// The transmit stamps that the last [#receive] found. A packet's stamp is found before its
  /// answer or together with it; a second, better one by hardware may follow, sooner or later.
  List<TransmitStamp> takeTransmitStamps();

  /// Whether a socket of the wildcard address tells which address a datagram was sent to, and can
  /// answer from it.
  boolean tellsDestination();

  /// Takes what has arrived; waits for it if nothing has.
  ///
  /// @param waitNanos how long to wait at most
  /// @return no datagram after the time or a wake-up
  List<Datagram> receive(long waitNanos);

  /// Ends the wait under way, or the next one. Any thread.
  void wakeUp();

  /// Closes the sockets too.
  @Override
  void close();
}
