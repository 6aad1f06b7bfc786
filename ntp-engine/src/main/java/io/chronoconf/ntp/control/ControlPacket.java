package io.chronoconf.ntp.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A control message (RFC 9327 section 2).
///
/// ```
/// octet 0        1        2        3
///    0  LI VN Mo REM op   sequence
///    4  status            association
///    8  offset            count
///   12  data, padded to 4 octets
/// ```
///
/// @param version 1 to 4
/// @param opcode 0 to 31
/// @param sequence chosen by who asks
/// @param association identifier, 0 for the system
/// @param data text of a request
public record ControlPacket(int version, int opcode, int sequence, int association, String data) {
  static final int HEADER_LENGTH = 12;

  /// Octets of data in one datagram.
  static final int MAX_DATA = 468;

  private static final int MODE_CONTROL = 6;
  private static final int RESPONSE = 0x80;
  private static final int ERROR = 0x40;
  private static final int MORE = 0x20;
  private static final int OPCODE = 0x1f;
  private static final int ALIGNMENT = 4;

  /// Reads a request; empty if it is none, or one in pieces, which no request of a reader needs.
  public static Optional<ControlPacket> read(byte[] bytes) {
    if (bytes.length < HEADER_LENGTH || (bytes[0] & 7) != MODE_CONTROL) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int version = bytes[0] >> 3 & 7;
    int flags = bytes[1] & 0xff;
    int offset = buffer.getShort(8) & 0xffff;
    int count = buffer.getShort(10) & 0xffff;
    boolean isRequest = (flags & (RESPONSE | ERROR | MORE)) == 0 && offset == 0;
    if (!isRequest || version < 1 || version > 4 || HEADER_LENGTH + count > bytes.length) {
      return Optional.empty();
    }
    return Optional.of(
        new ControlPacket(
            version,
            flags & OPCODE,
            buffer.getShort(2) & 0xffff,
            buffer.getShort(6) & 0xffff,
            new String(bytes, HEADER_LENGTH, count, StandardCharsets.US_ASCII)));
  }

  /// The answer, in as many datagrams as it takes.
  ///
  /// @param leap our leap indicator
  /// @param status word
  List<byte[]> answer(int leap, int status, byte[] content) {
    List<byte[]> datagrams = new ArrayList<>();
    int offset = 0;
    do {
      int count = Math.min(content.length - offset, MAX_DATA);
      boolean isLast = offset + count == content.length;
      byte[] datagram = header(leap, RESPONSE | (isLast ? 0 : MORE), status, offset, count);
      System.arraycopy(content, offset, datagram, HEADER_LENGTH, count);
      datagrams.add(datagram);
      offset += count;
    } while (offset < content.length);
    return datagrams;
  }

  /// The answer that says why there is none.
  byte[] refusal(int leap, ControlError error) {
    return header(leap, RESPONSE | ERROR, error.code() << 8, 0, 0);
  }

  private byte[] header(int leap, int flags, int status, int offset, int count) {
    int padded = (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocate(HEADER_LENGTH + padded)
        .put((byte) (leap << 6 | version << 3 | MODE_CONTROL))
        .put((byte) (flags | opcode))
        .putShort((short) sequence)
        .putShort((short) status)
        .putShort((short) association)
        .putShort((short) offset)
        .putShort((short) count)
        .array();
  }
}
