package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import io.chronoconf.ntp.host.HostNetwork;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The interfaces of the public network as Java tells them, on every platform: looked at every few
/// seconds, without kinds, counters, or what belongs to what.
final class JavaInterfaces implements InterfaceSource {
  private static final Logger LOG = LoggerFactory.getLogger(JavaInterfaces.class);
  private static final long LOOK_SECONDS = 5;
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  private final Semaphore wakeUps = new Semaphore(0);

  /// Java knows one network only.
  @Override
  public void use(Map<String, String> osNames) {}

  @Override
  public boolean follow() {
    return false;
  }

  @Override
  public HostNetwork read() {
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      List<HostInterface> devices =
          all.map(JavaInterfaces::device).flatMap(Optional::stream).toList();
      return new HostNetwork(Map.of("", devices));
    } catch (SocketException unknown) {
      LOG.warn("the interfaces of this host are not known: {}", unknown.getMessage());
      return HostNetwork.UNKNOWN;
    }
  }

  @Override
  @SuppressWarnings("ReturnValueIgnored") // after the time it is looked at all the same
  public boolean await() {
    try {
      wakeUps.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
      wakeUps.drainPermits();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  @Override
  public void wakeUp() {
    wakeUps.release();
  }

  @Override
  public void close() {}

  /// Empty if it vanishes meanwhile.
  private static Optional<HostInterface> device(NetworkInterface device) {
    try {
      if (device.getIndex() <= 0) {
        return Optional.empty();
      }
      byte[] hardware = device.getHardwareAddress();
      List<HostAddress> addresses =
          device.getInterfaceAddresses().stream().map(JavaInterfaces::address).toList();
      return Optional.of(
          new HostInterface(
              device.getIndex(),
              device.getName(),
              "",
              device.isUp(),
              device.isUp(),
              device.isLoopback(),
              addresses.stream().anyMatch(own -> own.broadcast().isPresent()),
              device.supportsMulticast(),
              0,
              0,
              Math.max(0, device.getMTU()),
              hardware == null ? "" : COLONS.formatHex(hardware),
              HostInterface.Statistics.NONE,
              addresses));
    } catch (SocketException gone) {
      return Optional.empty();
    }
  }

  private static HostAddress address(InterfaceAddress own) {
    InetAddress address = withoutZone(own.getAddress());
    int bits = address.getAddress().length * Byte.SIZE;
    return new HostAddress(
        address,
        Math.clamp(own.getNetworkPrefixLength(), 0, bits),
        Optional.ofNullable(own.getBroadcast()),
        true);
  }

  private static InetAddress withoutZone(InetAddress address) {
    try {
      return address instanceof Inet6Address
          ? Inet6Address.getByAddress(null, address.getAddress(), -1)
          : Objects.requireNonNull(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
