package io.chronoconf.ntp.packet;

import java.nio.ByteBuffer;

/// Finds out what follows the header (RFC 7822 section 3): the packet itself does not say. What is
/// left is a MAC if it has a MAC's length and cannot be an extension field, which before version 4
/// did not exist. Allocates nothing: the server path uses it.
public final class TrailingFields {
  static final int MAX_EXTENSION_FIELDS = 16;

  /// Longest MAC that RFC 7822 knows; the longer digests of HMAC-SHA-256 and up come on top of it.
  private static final int LONGEST_SHORT_MAC = 24;

  private TrailingFields() {}

  /// Where the MAC begins; the packet's end if it has none; `-1 - offset` if what stands at
  /// `offset` is neither extension field nor MAC.
  ///
  /// @param packet big-endian
  /// @param start index of the packet's first octet
  /// @param end index after its last octet, at least `start + 48`
  public static int macStart(ByteBuffer packet, int start, int end) {
    int at = start + PacketLayout.HEADER_LENGTH;
    if (PacketLayout.version(packet.get(start)) < PacketLayout.MAX_VERSION) {
      return at == end || isMacLength(end - at) ? at : -1 - at;
    }
    int fields = 0;
    while (at < end) {
      int rest = end - at;
      if (isMac(packet, at, rest)) {
        return at;
      }
      int length = rest < ExtensionField.MIN_LENGTH ? 0 : packet.getShort(at + 2) & 0xffff;
      boolean isLast = length == rest;
      int least = isLast ? ExtensionField.MIN_LAST_LENGTH : ExtensionField.MIN_LENGTH;
      if (length < least || length > rest || length % 4 != 0 || ++fields > MAX_EXTENSION_FIELDS) {
        return -1 - at;
      }
      at += length;
    }
    return end;
  }

  static boolean isMacLength(int length) {
    return switch (length) {
      case 4, 16, 20, 24, 36, 52, 68 -> true;
      default -> false;
    };
  }

  /// A long MAC has a key identifier below 65536: that reads as field type 0, which nobody uses.
  private static boolean isMac(ByteBuffer packet, int at, int rest) {
    return isMacLength(rest) && (rest <= LONGEST_SHORT_MAC || packet.getShort(at) == 0);
  }
}
