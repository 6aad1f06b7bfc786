package io.chronoconf.ntp.access;

import java.net.Inet4Address;
import java.net.InetAddress;

/// The addresses that begin with the same bits. Immutable.
///
/// @param address of the family that is meant; the bits behind the prefix do not matter
/// @param length bits, 0 to 32 or 128
public record Prefix(InetAddress address, int length) {
  public Prefix {
    if (length < 0 || length > address.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException(address + "/" + length);
    }
  }

  boolean isIpv4() {
    return address instanceof Inet4Address;
  }
}
