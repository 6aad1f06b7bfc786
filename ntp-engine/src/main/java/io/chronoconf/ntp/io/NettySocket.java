package io.chronoconf.ntp.io;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Netty datagram channel.
final class NettySocket implements UdpSocket {
  private static final Logger LOG = LoggerFactory.getLogger(NettySocket.class);
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  /// Turns of the event loop that a close waits for at most.
  private static final int CLOSING_TURNS = 1_000;

  private final DatagramChannel channel;
  private final java.nio.channels.DatagramChannel descriptor;
  private final Consumer<NettySocket> whenClosed;

  private NettySocket(
      DatagramChannel channel,
      java.nio.channels.DatagramChannel descriptor,
      Consumer<NettySocket> whenClosed) {
    this.channel = channel;
    this.descriptor = descriptor;
    this.whenClosed = whenClosed;
  }

  static NettySocket open(
      EventLoopGroup group,
      InetSocketAddress local,
      RawSource source,
      Consumer<List<Datagram>> receiver,
      Consumer<NettySocket> whenClosed)
      throws IOException {
    ProtocolFamily family =
        local.getAddress() instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    java.nio.channels.DatagramChannel descriptor = java.nio.channels.DatagramChannel.open(family);
    Receiver handler = new Receiver(source, receiver);
    ChannelFuture bound =
        new Bootstrap()
            .group(group)
            .channelFactory(() -> new NioDatagramChannel(descriptor))
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .option(ChannelOption.AUTO_READ, false)
            // One octet more than is looked at shows that a datagram was longer.
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(UdpTransport.PAYLOAD_ROOM + 1))
            .handler(handler)
            .bind(local)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("bind: " + bound.cause().getMessage(), bound.cause());
    }
    NettySocket socket = new NettySocket((DatagramChannel) bound.channel(), descriptor, whenClosed);
    handler.socket = Optional.of(socket);
    socket.channel.config().setAutoRead(true);
    return socket;
  }

  @Override
  public String networkInstance() {
    return "";
  }

  @Override
  public InetSocketAddress localAddress() {
    return channel.localAddress();
  }

  @Override
  public void setTrafficClass(int octet) {
    try {
      channel.config().setTrafficClass(octet);
    } catch (ChannelException refused) {
      LOG.warn("{} sends unmarked packets: {}", localAddress(), refused.getMessage());
    }
  }

  /// A socket of one address leaves from that address; one of the wildcard leaves it to routing.
  @Override
  public int send(List<Outgoing> datagrams) {
    int refused = 0;
    for (Outgoing datagram : datagrams) {
      DatagramPacket packet =
          new DatagramPacket(Unpooled.wrappedBuffer(datagram.payload()), datagram.to());
      if (!channel.writeAndFlush(packet).awaitUninterruptibly().isSuccess()) {
        refused++;
      }
    }
    return refused;
  }

  /// The JDK gives the port back only when the selector turns next, which Netty does not wait for.
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    whenClosed.accept(this);
    channel.close().awaitUninterruptibly();
    boolean isReleased = false;
    for (int turn = 0; turn < CLOSING_TURNS && !isReleased; turn++) {
      isReleased = !descriptor.isRegistered();
      channel.eventLoop().submit(() -> {}).awaitUninterruptibly();
    }
  }

  private static final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    private final RawSource source;
    private final Consumer<List<Datagram>> receiver;
    private volatile Optional<NettySocket> socket = Optional.empty();

    Receiver(RawSource source, Consumer<List<Datagram>> receiver) {
      this.source = source;
      this.receiver = receiver;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      long raw = source.rawNanos();
      socket.ifPresent(open -> receiver.accept(List.of(datagram(open, packet, raw))));
    }

    /// The sender hears nothing of an unreachable destination here; its timer tells.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("{}: {}", context.channel().localAddress(), cause.toString());
    }

    private static Datagram datagram(NettySocket socket, DatagramPacket packet, long raw) {
      ByteBuf content = packet.content();
      byte[] payload = new byte[Math.min(content.readableBytes(), UdpTransport.PAYLOAD_ROOM)];
      boolean isWhole = content.readableBytes() <= UdpTransport.PAYLOAD_ROOM;
      content.readBytes(payload);
      return new Datagram(
          socket,
          packet.sender(),
          socket.localAddress().getAddress(),
          0,
          true,
          isWhole,
          0,
          payload,
          raw);
    }
  }
}
