package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.LinuxSocket;
import io.chronoconf.ntp.linux.Pollable;
import io.chronoconf.ntp.linux.Poller;
import io.chronoconf.ntp.linux.ReceiveBatch;
import io.chronoconf.ntp.linux.SendBatch;
import io.chronoconf.ntp.linux.SocketOptions;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packets through Linux' own calls, stamped as they come in and leave by the kernel, or better by
/// the hardware.
final class LinuxTransport implements UdpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxTransport.class);
  private static final int BATCH = 64;

  private final RawSource source;
  private final Instances instances;
  private final HardwareStamps hardware;
  private final Poller poller;
  private final ReceiveBatch received = new ReceiveBatch(BATCH, PAYLOAD_ROOM);
  private final SendBatch sent = new SendBatch(BATCH, PAYLOAD_ROOM);
  private final Map<Pollable, Handle> handles = new HashMap<>();
  private final List<TransmitStamp> transmitStamps = new ArrayList<>();

  LinuxTransport(RawSource source, Instances instances, HardwareStamps hardware)
      throws LinuxException {
    this.source = source;
    this.instances = instances;
    this.hardware = hardware;
    this.poller = new Poller();
  }

  @Override
  public UdpSocket open(SocketRequest request) throws IOException {
    // A namespace that comes in between makes the device unknown: the next try finds it.
    SocketOptions options =
        new SocketOptions(
            request.sharesPort(),
            instances.device(request.networkInstance()),
            request.group().map(SocketRequest.Membership::interfaceIndex).orElse(0),
            request.mayBroadcast(),
            request.remote());
    LinuxSocket socket =
        instances.in(request.networkInstance(), () -> LinuxSocket.open(local(request), options));
    String namespace = options.device().isPresent() ? "" : request.networkInstance();
    Handle handle =
        new Handle(
            socket, request.networkInstance(), new SocketStamps(socket, namespace, hardware));
    try {
      join(socket, request);
    } catch (LinuxException refused) {
      socket.close();
      throw refused;
    }
    handles.put(handle.socket, handle);
    poller.add(handle.socket);
    return handle;
  }

  private static void join(LinuxSocket socket, SocketRequest request) throws LinuxException {
    Optional<SocketRequest.Membership> group =
        request.group().filter(one -> one.group().isMulticastAddress());
    if (group.isPresent()) {
      socket.join(group.get().group(), group.get().interfaceIndex());
    }
  }

  /// A group of one link can be bound to together with the link only.
  private static InetSocketAddress local(SocketRequest request) throws UnknownHostException {
    int index = request.group().map(SocketRequest.Membership::interfaceIndex).orElse(0);
    if (index != 0
        && request.local().getAddress() instanceof Inet6Address group
        && group.isMCLinkLocal()
        && group.getScopeId() == 0) {
      InetAddress scoped = Inet6Address.getByAddress(null, group.getAddress(), index);
      return new InetSocketAddress(scoped, request.local().getPort());
    }
    return request.local();
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
    for (Pollable socket : poller.await(waitNanos)) {
      Handle handle = handles.get(socket);
      if (handle != null) {
        receive(handle, result);
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

  private void receive(Handle handle, List<Datagram> result) {
    LinuxSocket socket = handle.socket;
    try {
      handle.stamps.follow();
      if (handle.stampsAsked > 0 || handle.stamps.areSwitched()) {
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
      received.transmission(i).ifPresent(sending -> add(sending, handle, converter));
    }
  }

  private void add(ReceiveBatch.Transmission sending, Handle handle, StampConverter converter) {
    long number = Integer.toUnsignedLong(sending.number());
    handle
        .stamps
        .departure(sending, converter)
        .ifPresent(raw -> transmitStamps.add(new TransmitStamp(handle, number, raw)));
  }

  private long arrival(int index, Handle handle, StampConverter converter) {
    long software = received.stampNanos(index).map(converter::toRaw).orElse(converter.rawNanos());
    return handle.stamps.areSwitched()
        ? handle.stamps.arrival(software, received.hardwareStamp(index))
        : software;
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
        received.trafficClass(index),
        received.payload(index),
        arrival(index, handle, converter));
  }

  private final class Handle implements UdpSocket {
    private final LinuxSocket socket;
    private final String networkInstance;
    private final SocketStamps stamps;

    /// Spares all others a look at the error queue.
    private int stampsAsked;

    Handle(LinuxSocket socket, String networkInstance, SocketStamps stamps) {
      this.socket = socket;
      this.networkInstance = networkInstance;
      this.stamps = stamps;
    }

    @Override
    public String networkInstance() {
      return networkInstance;
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
      stamps.follow();
      sent.stampByHardware(stamps.areWanted());
      for (Outgoing datagram : datagrams) {
        SendBatch.Departure departure =
            new SendBatch.Departure(datagram.from(), datagram.interfaceIndex(), datagram.ttl());
        sent.add(datagram.payload(), datagram.to(), departure, datagram.isStamped());
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
