package io.chronoconf.ntp.io;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Packets through Netty's NIO datagrams: every platform, stamped in user space as Netty reads
/// them. A socket does not learn which of several addresses a datagram was sent to, so the server
/// binds each address by itself.
final class NettyTransport implements UdpTransport {
  private static final int QUEUE = 4_096;

  private final EventLoopGroup group;
  private final RawSource source;
  private final BlockingQueue<List<Datagram>> arrived = new ArrayBlockingQueue<>(QUEUE);
  private final Set<NettySocket> sockets = new HashSet<>();

  NettyTransport(RawSource source) {
    this.source = source;
    this.group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  /// Two sockets share no port here: Netty's NIO datagrams have no such option everywhere.
  @Override
  public UdpSocket open(SocketRequest request) throws IOException {
    Optional<String> missing = missing(request);
    if (missing.isPresent()) {
      throw new IOException(
          missing.get() + " need Linux sockets; this agent runs on the portable transport");
    }
    NettySocket socket =
        NettySocket.open(group, request.local(), source, this::enqueue, sockets::remove);
    sockets.add(socket);
    return socket;
  }

  private static Optional<String> missing(SocketRequest request) {
    if (!request.networkInstance().isEmpty()) {
      return Optional.of("network instances");
    }
    if (request.remote().isPresent()) {
      return Optional.of("symmetric associations");
    }
    if (request.group().filter(one -> !one.group().isMulticastAddress()).isPresent()) {
      return Optional.of("broadcasts");
    }
    if (request.group().isPresent() || request.local().getAddress().isMulticastAddress()) {
      return Optional.of("multicasts");
    }
    return request.mayBroadcast() ? Optional.of("broadcasts") : Optional.empty();
  }

  @Override
  public boolean stampsTransmissions() {
    return false;
  }

  @Override
  public List<TransmitStamp> takeTransmitStamps() {
    return List.of();
  }

  @Override
  public boolean tellsDestination() {
    return false;
  }

  @Override
  public List<Datagram> receive(long waitNanos) {
    List<Datagram> result = new ArrayList<>();
    try {
      @Nullable List<Datagram> first = arrived.poll(Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
      if (first != null) {
        List<List<Datagram>> all = new ArrayList<>(List.of(first));
        arrived.drainTo(all);
        all.forEach(result::addAll);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return result;
  }

  /// No datagram is a wake-up; if there is no room for it there is something to wake up to.
  @Override
  public void wakeUp() {
    enqueue(List.of());
  }

  @Override
  public void close() {
    List.copyOf(sockets).forEach(NettySocket::close);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @SuppressWarnings("ReturnValueIgnored") // what finds no room is lost, as in the kernel's queue
  private void enqueue(List<Datagram> entry) {
    arrived.offer(entry);
  }
}
