package io.chronoconf.ntp.io;

/// Whether network hardware stamps packets.
public enum HardwareStampUse {
  /// Where the hardware and the system offer it.
  AUTO,
  /// Nothing is asked of the hardware.
  OFF
}
