package io.chronoconf.ntp.linux;

import java.util.Optional;

/// What the kernel is asked about stamps by hardware. Devices are those of the network namespace of
/// the calling thread.
public interface StampCalls {
  /// Why stamps by hardware are of no use on this system, for humans; empty if they are.
  Optional<String> obstacle();

  /// What the driver of a device can do.
  StampAbilities abilities(String device) throws LinuxException;

  /// What is stamped now. Older drivers do not tell.
  StampMode mode(String device) throws LinuxException;

  /// Asks for another mode, which needs CAP_NET_ADMIN, and returns the one that the driver chose.
  StampMode setMode(String device, StampMode wanted) throws LinuxException;

  /// Opens a clock of network hardware.
  ///
  /// @param index as of [StampAbilities#clockIndex]
  HardwareClock clock(int index) throws LinuxException;
}
