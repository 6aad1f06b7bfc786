package io.chronoconf.ntp.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The way from this device along the system peers to a primary server.
///
/// @param hops this device first
/// @param referenceId of the last hop, as it prints it: an address, or the characters of a clock;
///   empty if it has none
/// @param end why it ended before a primary server; empty if it did not
public record Trace(List<Hop> hops, String referenceId, Optional<End> end) {
  public Trace {
    hops = List.copyOf(hops);
  }

  /// The reference identifier of this device as a walk tells it; empty if it follows nobody.
  public static String referenceId(SystemStatus system) {
    return system.isSynchronized() ? ControlText.refid(system.referenceId(), system.stratum()) : "";
  }

  /// One device.
  ///
  /// @param server its address; of this device the loopback address
  /// @param networkInstance where it was asked; empty for the public network
  /// @param stratum 0 to 16
  /// @param jitter its system jitter in seconds
  /// @param distance its distance to the primary server in seconds
  public record Hop(
      InetAddress server, String networkInstance, int stratum, double jitter, double distance) {}

  /// Why a walk ends early.
  public enum End {
    /// A server did not answer.
    TIMEOUT,
    /// A server refused, or gave no sensible answer.
    REFUSED,
    /// A server came up twice.
    LOOP
  }
}
