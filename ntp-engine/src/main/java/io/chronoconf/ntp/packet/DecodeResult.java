package io.chronoconf.ntp.packet;

/// What became of a datagram.
public sealed interface DecodeResult {
  /// It is a packet.
  record Decoded(NtpPacket packet) implements DecodeResult {}

  /// It is none.
  ///
  /// @param offset octet where it goes wrong
  record Malformed(Reason reason, int offset) implements DecodeResult {}

  /// What is wrong.
  enum Reason {
    TOO_SHORT,
    TOO_LONG,
    /// Not 1 to 4.
    VERSION,
    /// 6 and 7, whose packets have another layout.
    MODE,
    /// Neither extension fields nor MAC.
    TRAILING_FIELDS
  }
}
