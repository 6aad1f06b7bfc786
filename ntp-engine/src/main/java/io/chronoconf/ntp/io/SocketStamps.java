package io.chronoconf.ntp.io;

import io.chronoconf.ntp.linux.HardwareStamp;
import io.chronoconf.ntp.linux.LinuxException;
import io.chronoconf.ntp.linux.LinuxSocket;
import io.chronoconf.ntp.linux.ReceiveBatch;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stamps of one socket: the kernel's, and the hardware's from when there are any. It belongs
/// to the thread of its transport.
final class SocketStamps {
  private static final Logger LOG = LoggerFactory.getLogger(SocketStamps.class);

  private final LinuxSocket socket;
  private final String namespace;
  private final HardwareStamps hardware;
  private final Departures departures = new Departures();
  private boolean isSwitched;
  private boolean isRefused;

  /// @param namespace of the socket, as of [HardwareStamps#toRaw]
  SocketStamps(LinuxSocket socket, String namespace, HardwareStamps hardware) {
    this.socket = socket;
    this.namespace = namespace;
    this.hardware = hardware;
  }

  /// Asks the socket for stamps of hardware, once there is hardware that stamps.
  void follow() {
    if (isSwitched || isRefused || !hardware.isOn()) {
      return;
    }
    try {
      socket.stampByHardware();
      isSwitched = true;
    } catch (LinuxException refused) {
      isRefused = true;
      LOG.warn("{}: stamps by the kernel: {}", socket.localAddress(), refused.getMessage());
    }
  }

  /// Whether stamps of hardware may come in.
  boolean areSwitched() {
    return isSwitched;
  }

  /// Whether the hardware is to stamp what is sent.
  boolean areWanted() {
    return isSwitched && hardware.isOn();
  }

  /// The oscillator when a datagram came in.
  ///
  /// @param software the same by the kernel's account
  long arrival(long software, Optional<HardwareStamp> stamp) {
    return stamp.isEmpty() ? software : CredibleStamp.ofArrival(software, toRaw(stamp.get()));
  }

  /// The oscillator when a datagram left; empty if nothing better is known than what was told of it
  /// before.
  OptionalLong departure(ReceiveBatch.Transmission sending, StampConverter converter) {
    return departures.rawNanos(sending, converter, this::toRaw);
  }

  private OptionalLong toRaw(HardwareStamp stamp) {
    return hardware.toRaw(namespace, stamp.interfaceIndex(), stamp.nanos());
  }
}
