package io.chronoconf.ntp.io;

import java.util.OptionalLong;

/// Chooses between the stamps of hardware and of software for one packet, both told in readings of
/// the oscillator. Software is late with what comes in and early with what goes out; a hardware
/// stamp that contradicts this, or by too much, is no credible one.
final class CredibleStamp {
  static final long MAX_APART_NANOS = 1_000_000;

  private CredibleStamp() {}

  /// When a packet came in.
  static long ofArrival(long software, OptionalLong hardware) {
    return hardware.isPresent() && isShortlyAfter(hardware.getAsLong(), software)
        ? hardware.getAsLong()
        : software;
  }

  /// When a packet left by the hardware's account; empty if that is not credible.
  static OptionalLong ofDeparture(long software, OptionalLong hardware) {
    return hardware.isPresent() && isShortlyAfter(software, hardware.getAsLong())
        ? hardware
        : OptionalLong.empty();
  }

  private static boolean isShortlyAfter(long first, long second) {
    long apart = second - first;
    return apart >= 0 && apart <= MAX_APART_NANOS;
  }
}
