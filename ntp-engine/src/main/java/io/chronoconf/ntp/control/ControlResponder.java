package io.chronoconf.ntp.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Answers control queries. Pure; nothing can be changed by them: whatever writes is refused as not
/// authenticated, for there are no control keys.
public final class ControlResponder {
  private static final int READ_STATUS = 1;
  private static final int READ_VARIABLES = 2;
  private static final int WRITE_VARIABLES = 3;
  private static final int READ_CLOCK = 4;
  private static final int WRITE_CLOCK = 5;
  private static final int CONFIGURE = 8;
  private static final int SAVE_CONFIG = 9;

  /// Between the names of a request.
  private static final Pattern SEPARATORS = Pattern.compile("[,\\s\\x00]+");

  /// So that lines of an answer stay readable.
  private static final int LINE_LENGTH = 72;

  private static final int LEAP_SHIFT = 14;

  private ControlResponder() {}

  /// Answers one datagram.
  ///
  /// @param data made only if there is something to answer
  /// @return datagrams to send back, in this order; none to what is no query
  public static List<byte[]> respond(byte[] request, Supplier<ControlData> data) {
    Optional<ControlPacket> packet = ControlPacket.read(request);
    return packet.isEmpty() ? List.of() : respond(packet.get(), data.get());
  }

  private static List<byte[]> respond(ControlPacket packet, ControlData data) {
    return switch (packet.opcode()) {
      case READ_STATUS ->
          packet.association() == 0 ? readAssociations(packet, data) : readVariables(packet, data);
      case READ_VARIABLES -> readVariables(packet, data);
      case READ_CLOCK -> refused(packet, data, ControlError.UNKNOWN_ASSOCIATION);
      case WRITE_VARIABLES, WRITE_CLOCK, CONFIGURE, SAVE_CONFIG ->
          refused(packet, data, ControlError.AUTHENTICATION);
      default -> refused(packet, data, ControlError.BAD_OPCODE);
    };
  }

  private static int leap(ControlData data) {
    return data.status() >>> LEAP_SHIFT;
  }

  private static List<byte[]> refused(ControlPacket packet, ControlData data, ControlError error) {
    return List.of(packet.refusal(leap(data), error));
  }

  private static List<byte[]> readAssociations(ControlPacket packet, ControlData data) {
    ByteBuffer content = ByteBuffer.allocate(data.peers().size() * 2 * Short.BYTES);
    data.peers()
        .forEach((id, peer) -> content.putShort(id.shortValue()).putShort((short) peer.status()));
    return packet.answer(leap(data), data.status(), content.array());
  }

  private static List<byte[]> readVariables(ControlPacket packet, ControlData data) {
    int status = data.status();
    Map<String, String> known = data.system();
    if (packet.association() != 0) {
      ControlData.Peer peer = data.peers().get(packet.association());
      if (peer == null) {
        return refused(packet, data, ControlError.UNKNOWN_ASSOCIATION);
      }
      status = peer.status();
      known = peer.variables();
    }
    Map<String, String> told = new LinkedHashMap<>();
    for (String item : SEPARATORS.split(packet.data(), -1)) {
      String name = item.replaceFirst("=.*", "");
      if (!name.isEmpty()) {
        String value = known.get(name);
        if (value == null) {
          return refused(packet, data, ControlError.UNKNOWN_VARIABLE);
        }
        told.put(name, value);
      }
    }
    return packet.answer(leap(data), status, text(told.isEmpty() ? known : told));
  }

  private static byte[] text(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    int line = 0;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String item = variable.getKey() + "=" + variable.getValue();
      if (!text.isEmpty()) {
        boolean isFull = text.length() - line + item.length() > LINE_LENGTH;
        text.append(isFull ? ",\r\n" : ", ");
        line = isFull ? text.length() : line;
      }
      text.append(item);
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
