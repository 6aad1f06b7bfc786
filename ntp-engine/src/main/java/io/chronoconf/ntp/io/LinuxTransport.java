package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.LinuxSocket;
import io.chronoconf.ntp.linux.Poller;
import io.chronoconf.ntp.linux.ReceiveBatch;
import io.chronoconf.ntp.linux.SendBatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packets through Linux' own calls, stamped by the kernel as they come in.
final class LinuxTransport implements UdpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxTransport.class);
  private static final int BATCH = 64;

  private final RawSource source;
  private final Poller poller;
  private final ReceiveBatch received = new ReceiveBatch(BATCH, PAYLOAD_ROOM);
  private final SendBatch sent = new SendBatch(BATCH, PAYLOAD_ROOM);
  private final Map<LinuxSocket, Handle> handles = new HashMap<>();
  private final List<TransmitStamp> transmitStamps = new ArrayList<>();

  LinuxTransport(RawSource source) throws LinuxException {
    this.source = source;
    this.poller = new Poller();
  }

  @Override
  public UdpSocket open(InetSocketAddress local, boolean sharesPort) throws IOException {
    return watched(LinuxSocket.open(local, sharesPort));
  }

  @Override
  public UdpSocket openPeer(InetSocketAddress local, InetSocketAddress remote) throws IOException {
    return watched(LinuxSocket.openPeer(local, remote));
  }

  private UdpSocket watched(LinuxSocket socket) throws LinuxException {
    Handle handle = new Handle(socket);
    handles.put(handle.socket, handle);
    poller.add(handle.socket);
    return handle;
  }

  @Override
  public boolean stampsTransmissions() {
    return true;
  }

  @Override
  public List<TransmitStamp> takeTransmitStamps() {
    List<TransmitStamp> taken = List.copyOf(transmitStamps);
    transmitStamps.clear();
    return taken;
  }

  @Override
  public boolean tellsDestination() {
    return true;
  }

  /// Takes one batch of each ready socket, so that none starves the others.
  @Override
  public List<Datagram> receive(long waitNanos) {
    List<Datagram> result = new ArrayList<>();
    for (LinuxSocket socket : poller.await(waitNanos)) {
      Handle handle = handles.get(socket);
      if (handle != null) {
        receive(socket, handle, result);
      }
    }
    return result;
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public void close() {
    List.copyOf(handles.values()).forEach(Handle::close);
    poller.close();
  }

  private void receive(LinuxSocket socket, Handle handle, List<Datagram> result) {
    try {
      if (handle.stampsAsked > 0) {
        takeTransmissions(socket, handle);
      }
      socket.receive(received);
    } catch (LinuxException failure) {
      LOG.warn("{} receives no more: {}", socket.localAddress(), failure.getMessage());
      handle.close();
      return;
    }
    StampConverter converter = StampConverter.read(source);
    for (int i = 0; i < received.count(); i++) {
      result.add(datagram(i, handle, converter));
    }
  }

  private void takeTransmissions(LinuxSocket socket, Handle handle) throws LinuxException {
    int count = socket.receiveTransmissions(received);
    handle.stampsAsked = Math.max(0, handle.stampsAsked - count);
    StampConverter converter = StampConverter.read(source);
    for (int i = 0; i < count; i++) {
      received
          .transmission(i)
          .map(
              sending ->
                  new TransmitStamp(
                      handle,
                      Integer.toUnsignedLong(sending.number()),
                      converter.toRaw(sending.stampNanos())))
          .ifPresent(transmitStamps::add);
    }
  }

  private Datagram datagram(int index, Handle handle, StampConverter converter) {
    ReceiveBatch.Arrival arrival =
        received
            .arrival(index)
            .orElseGet(() -> new ReceiveBatch.Arrival(handle.localAddress().getAddress(), 0, true));
    return new Datagram(
        handle,
        received.source(index),
        arrival.local(),
        arrival.interfaceIndex(),
        arrival.isUnicast(),
        !received.isTruncated(index),
        received.payload(index),
        received.stampNanos(index).map(converter::toRaw).orElse(converter.rawNanos()));
  }

  private final class Handle implements UdpSocket {
    private final LinuxSocket socket;

    /// Spares all others a look at the error queue.
    private int stampsAsked;

    Handle(LinuxSocket socket) {
      this.socket = socket;
    }

    @Override
    public InetSocketAddress localAddress() {
      return socket.localAddress();
    }

    @Override
    public void setTrafficClass(int octet) {
      try {
        socket.setTrafficClass(octet);
      } catch (LinuxException refused) {
        LOG.warn("{} sends unmarked packets: {}", socket.localAddress(), refused.getMessage());
      }
    }

    @Override
    public int send(List<Outgoing> datagrams) {
      int refused = 0;
      for (Outgoing datagram : datagrams) {
        sent.add(datagram.payload(), datagram.to(), datagram.from(), datagram.isStamped());
        stampsAsked += datagram.isStamped() ? 1 : 0;
        if (sent.isFull()) {
          refused += socket.send(sent);
        }
      }
      return refused + (sent.count() == 0 ? 0 : socket.send(sent));
    }

    @Override
    public void close() {
      if (handles.remove(socket) != null) {
        poller.remove(socket);
        socket.close();
      }
    }
  }
}
