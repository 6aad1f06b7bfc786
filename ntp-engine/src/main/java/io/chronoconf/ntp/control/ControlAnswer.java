package io.chronoconf.ntp.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The answer to one control query as it comes in, datagram by datagram (RFC 9327 section 2).
/// Whoever sends it is not believed: there are limits to all of it. One thread.
public final class ControlAnswer {
  /// Longer answers are nobody's.
  private static final int MAX_LENGTH = 16_384;

  private static final int MODE_MASK = 7;
  private static final int MODE_CONTROL = 6;
  private static final int RESPONSE = 0x80;
  private static final int ERROR = 0x40;
  private static final int MORE = 0x20;
  private static final int OPCODE = 0x1f;
  private static final int READ_VARIABLES = 2;
  private static final int VERSION = 4;
  private static final int ALIGNMENT = 4;

  private final int sequence;
  private final int association;
  private final SortedMap<Integer, byte[]> parts = new TreeMap<>();
  private int length = -1;
  private boolean isRefused;

  /// @param sequence of the query
  /// @param association of the query
  public ControlAnswer(int sequence, int association) {
    this.sequence = sequence & 0xffff;
    this.association = association & 0xffff;
  }

  /// The query that asks for variables by name.
  public byte[] query(String names) {
    byte[] text = names.getBytes(StandardCharsets.US_ASCII);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocate(ControlPacket.HEADER_LENGTH + padded)
        .put((byte) (VERSION << 3 | MODE_CONTROL))
        .put((byte) READ_VARIABLES)
        .putShort((short) sequence)
        .putShort((short) 0)
        .putShort((short) association)
        .putShort((short) 0)
        .putShort((short) text.length)
        .put(text)
        .rewind()
        .array();
  }

  /// Takes in a datagram; what is no part of the answer is ignored.
  public void add(byte[] bytes) {
    if (bytes.length < ControlPacket.HEADER_LENGTH || (bytes[0] & MODE_MASK) != MODE_CONTROL) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    boolean isOurs =
        (bytes[1] & RESPONSE) != 0
            && (bytes[1] & OPCODE) == READ_VARIABLES
            && (header.getShort(2) & 0xffff) == sequence
            && (header.getShort(6) & 0xffff) == association;
    if (!isOurs) {
      return;
    }
    if ((bytes[1] & ERROR) != 0) {
      isRefused = true;
      return;
    }
    int offset = header.getShort(8) & 0xffff;
    int count = header.getShort(10) & 0xffff;
    int end = ControlPacket.HEADER_LENGTH + count;
    if (end > bytes.length || offset + count > MAX_LENGTH) {
      return;
    }
    parts.put(offset, Arrays.copyOfRange(bytes, ControlPacket.HEADER_LENGTH, end));
    if ((bytes[1] & MORE) == 0) {
      length = offset + count;
    }
  }

  /// Whether the other side said that it does not answer.
  public boolean isRefused() {
    return isRefused;
  }

  /// The variables, once all parts are there.
  public Optional<Map<String, String>> variables() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, byte[]> part : parts.entrySet()) {
      if (part.getKey() != text.length()) {
        return Optional.empty();
      }
      text.append(new String(part.getValue(), StandardCharsets.ISO_8859_1));
    }
    return text.length() == length ? Optional.of(parsed(text.toString())) : Optional.empty();
  }

  private static Map<String, String> parsed(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      if (equals > 0) {
        String value = item.substring(equals + 1).strip();
        variables.put(item.substring(0, equals).strip(), value.replace("\"", ""));
      }
    }
    return variables;
  }
}
