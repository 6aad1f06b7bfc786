package io.chronoconf.ntp.packet;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import java.util.Optional;

/// A packet of modes 0 to 5 (RFC 5905 section 7.3), as it stands on the wire: nothing is judged.
///
/// @param leap 0 to 3
/// @param version 1 to 4
/// @param mode 0 to 5
/// @param stratum 0 to 255
/// @param poll log2 seconds, a signed octet
/// @param precision log2 seconds, a signed octet
/// @param rootDelay 0 to 65536 s
/// @param rootDispersion 0 to 65536 s
/// @param referenceId 32 bits
/// @param reference when the sender's clock was last corrected
/// @param origin the transmit field of the packet this answers; interleaved, its receive field
/// @param receive when that packet arrived; of our own requests a nonce
/// @param transmit when this packet left, or, interleaved, the one before; of our own requests a
///   nonce
/// @param extensionFields in their order
/// @param mac the message authentication code
public record NtpPacket(
    int leap,
    int version,
    int mode,
    int stratum,
    int poll,
    int precision,
    NtpDuration rootDelay,
    NtpDuration rootDispersion,
    int referenceId,
    NtpTimestamp reference,
    NtpTimestamp origin,
    NtpTimestamp receive,
    NtpTimestamp transmit,
    List<ExtensionField> extensionFields,
    Optional<Mac> mac) {
  public NtpPacket {
    extensionFields = List.copyOf(extensionFields);
    check("leap", leap, 0, 3);
    check("version", version, PacketLayout.MIN_VERSION, PacketLayout.MAX_VERSION);
    check("mode", mode, 0, PacketLayout.MODE_BROADCAST);
    check("stratum", stratum, 0, 255);
    check("poll", poll, Byte.MIN_VALUE, Byte.MAX_VALUE);
    check("precision", precision, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " " + value + " is not in " + least + ".." + most);
    }
  }

  /// A client's request that tells nothing about its sender: all fields but the nonce are zero, so
  /// that nobody can learn our clock or tell us from others by it.
  ///
  /// @param poll log2 seconds
  /// @param nonce 64 random bits
  public static NtpPacket request(int version, int poll, NtpTimestamp nonce) {
    return request(version, poll, NtpTimestamp.UNKNOWN, NtpTimestamp.UNKNOWN, nonce);
  }

  /// A request for an interleaved answer (RFC 9769 section 2), which tells as little.
  ///
  /// @param poll log2 seconds
  /// @param origin receive field of the answer whose true transmit stamp is wanted
  /// @param interleavedNonce what an interleaved answer brings back
  /// @param nonce what a basic answer brings back
  public static NtpPacket request(
      int version,
      int poll,
      NtpTimestamp origin,
      NtpTimestamp interleavedNonce,
      NtpTimestamp nonce) {
    return new NtpPacket(
        0,
        version,
        PacketLayout.MODE_CLIENT,
        0,
        poll,
        0,
        NtpDuration.ZERO,
        NtpDuration.ZERO,
        0,
        NtpTimestamp.UNKNOWN,
        origin,
        interleavedNonce,
        nonce,
        List.of(),
        Optional.empty());
  }

  /// What the sender says of itself and nothing else: no version, no mode, no stamps of packets
  /// yet. See [#speaking].
  ///
  /// @param leap leap indicator, 3 if unsynchronized
  /// @param stratum 1 to 15, or 0 if unsynchronized
  /// @param precision log2 seconds
  /// @param reference when the clock was last corrected; unknown before
  public static NtpPacket own(
      int leap,
      int stratum,
      int precision,
      NtpDuration rootDelay,
      NtpDuration rootDispersion,
      int referenceId,
      NtpTimestamp reference) {
    return new NtpPacket(
        leap,
        PacketLayout.MAX_VERSION,
        0,
        stratum,
        0,
        precision,
        rootDelay,
        rootDispersion,
        referenceId,
        reference,
        NtpTimestamp.UNKNOWN,
        NtpTimestamp.UNKNOWN,
        NtpTimestamp.UNKNOWN,
        List.of(),
        Optional.empty());
  }

  /// The same sender saying something.
  ///
  /// @param newPoll log2 seconds
  /// @param newOrigin transmit field of the packet that this one answers; unknown if none
  /// @param newReceive when that one arrived; unknown if none
  /// @param newTransmit when this one leaves
  public NtpPacket speaking(
      int newVersion,
      int newMode,
      int newPoll,
      NtpTimestamp newOrigin,
      NtpTimestamp newReceive,
      NtpTimestamp newTransmit) {
    return new NtpPacket(
        leap,
        newVersion,
        newMode,
        stratum,
        newPoll,
        precision,
        rootDelay,
        rootDispersion,
        referenceId,
        reference,
        newOrigin,
        newReceive,
        newTransmit,
        extensionFields,
        mac);
  }

  /// The stratum as an association keeps it: 0 means unspecified, which is 16 (section 7.3).
  public int effectiveStratum() {
    return stratum == 0 || stratum > 16 ? 16 : stratum;
  }

  /// The kiss code, if this is a kiss-o'-death packet (section 7.4) with a code we know.
  public Optional<KissCode> kissCode() {
    return isKiss() ? KissCode.fromWire(referenceId) : Optional.empty();
  }

  /// Whether this is a kiss-o'-death packet, known code or not: stratum 0 from a server with four
  /// printable characters in place of a reference.
  public boolean isKiss() {
    return stratum == 0 && mode == PacketLayout.MODE_SERVER && (referenceId >>> 24) != 0;
  }
}
