package io.chronoconf.ntp.access;

import java.net.InetAddress;
import java.util.Arrays;

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

  /// Whether an address of the same family begins with it.
  public boolean contains(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] asked = other.getAddress();
    if (own.length != asked.length) {
      return false;
    }
    int whole = length / Byte.SIZE;
    if (!Arrays.equals(own, 0, whole, asked, 0, whole)) {
      return false;
    }
    int rest = length % Byte.SIZE;
    return rest == 0 || (own[whole] ^ asked[whole]) >> (Byte.SIZE - rest) == 0;
  }
}
