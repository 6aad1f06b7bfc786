package io.chronoconf.ntp.control;

import io.chronoconf.ntp.time.MonotonicTime;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Answers control queries. Nothing can be changed by them: whatever writes is refused as not
/// authenticated, for there are no control keys. Owned by the engine.
public final class ControlResponder {
  private static final int READ_STATUS = 1;
  private static final int READ_VARIABLES = 2;
  private static final int WRITE_VARIABLES = 3;
  private static final int READ_CLOCK = 4;
  private static final int WRITE_CLOCK = 5;
  private static final int CONFIGURE = 8;
  private static final int SAVE_CONFIG = 9;
  private static final int READ_MRU = 10;
  private static final int READ_ORDERED_LIST = 11;
  private static final int REQUEST_NONCE = 12;

  /// Between the names of a request.
  private static final Pattern SEPARATORS = Pattern.compile("[,\\s\\x00]+");

  /// Variables that tell of packets of all threads.
  private static final Pattern OF_ALL_THREADS = Pattern.compile("\\b(ss|mru|io)_");

  /// So that lines of an answer stay readable.
  private static final int LINE_LENGTH = 72;

  private static final int LEAP_SHIFT = 14;

  /// A clock that works, and nothing happened to it.
  private static final int CLOCK_OKAY = 0;

  private final Nonces nonces;

  /// @param random cryptographically strong outside tests; not used before the first nonce
  public ControlResponder(RandomGenerator random) {
    nonces = new Nonces(random);
  }

  /// Whether the answer tells who was heard, or how much.
  public static boolean needsClients(ControlPacket query) {
    return query.opcode() == READ_MRU
        || (query.opcode() == READ_VARIABLES && OF_ALL_THREADS.matcher(query.data()).find());
  }

  /// Whether it has to prove that answers reach who asks, and does not: it gets none.
  ///
  /// @param now when the query came
  public boolean lacksProof(ControlPacket query, InetAddress source, MonotonicTime now) {
    return query.opcode() == READ_MRU
        && !nonces.isGood(MruRequest.items(query.data()).getOrDefault("nonce", ""), source, now);
  }

  /// Answers a query that does not lack proof.
  ///
  /// @param now when the query came
  /// @return datagrams to send back, in this order
  public List<byte[]> respond(
      ControlPacket query, InetAddress source, MonotonicTime now, ControlData data) {
    return switch (query.opcode()) {
      case READ_STATUS ->
          query.association() == 0 ? readAssociations(query, data) : readVariables(query, data);
      case READ_VARIABLES -> readVariables(query, data);
      case READ_CLOCK -> readClock(query, data);
      case READ_MRU -> readClients(query, nonces.of(source, now), data);
      case REQUEST_NONCE -> giveNonce(query, nonces.of(source, now), data);
      case WRITE_VARIABLES, WRITE_CLOCK, CONFIGURE, SAVE_CONFIG, READ_ORDERED_LIST ->
          refused(query, data, ControlError.AUTHENTICATION);
      default -> refused(query, data, ControlError.BAD_OPCODE);
    };
  }

  private static int leap(ControlData data) {
    return data.status() >>> LEAP_SHIFT;
  }

  private static List<byte[]> refused(ControlPacket query, ControlData data, ControlError error) {
    return List.of(query.refusal(leap(data), error));
  }

  private static List<byte[]> readAssociations(ControlPacket query, ControlData data) {
    ByteBuffer content = ByteBuffer.allocate(data.peers().size() * 2 * Short.BYTES);
    data.peers()
        .forEach((id, peer) -> content.putShort(id.shortValue()).putShort((short) peer.status()));
    return query.answer(leap(data), data.status(), content.array());
  }

  private static List<byte[]> readVariables(ControlPacket query, ControlData data) {
    if (query.association() == 0) {
      return tell(query, data, data.status(), data.system().get());
    }
    ControlData.Peer peer = data.peers().get(query.association());
    return peer == null
        ? refused(query, data, ControlError.UNKNOWN_ASSOCIATION)
        : tell(query, data, peer.status(), peer.variables().get());
  }

  /// The clock of an association, or of the first that has one.
  private static List<byte[]> readClock(ControlPacket query, ControlData data) {
    Optional<Map<String, String>> clock =
        data.peers().entrySet().stream()
            .filter(peer -> query.association() == 0 || peer.getKey() == query.association())
            .flatMap(peer -> peer.getValue().clock().stream())
            .findFirst();
    return clock.isEmpty()
        ? refused(query, data, ControlError.UNKNOWN_ASSOCIATION)
        : tell(query, data, CLOCK_OKAY, new ControlData.Variables(clock.get(), Map.of()));
  }

  private static List<byte[]> readClients(ControlPacket query, String nonce, ControlData data) {
    Map<String, String> items = MruRequest.items(query.data());
    Optional<ControlError> problem = MruRequest.problem(items);
    if (problem.isPresent()) {
      return refused(query, data, problem.get());
    }
    return MruAnswer.of(MruRequest.of(items), nonce, data)
        .map(text -> query.answer(leap(data), data.status(), text))
        .orElseGet(() -> refused(query, data, ControlError.UNKNOWN_VARIABLE));
  }

  private static List<byte[]> giveNonce(ControlPacket query, String nonce, ControlData data) {
    byte[] text = ("nonce=" + nonce + "\r\n").getBytes(StandardCharsets.US_ASCII);
    return query.answer(leap(data), data.status(), text);
  }

  private static List<byte[]> tell(
      ControlPacket query, ControlData data, int status, ControlData.Variables known) {
    Map<String, String> told = new LinkedHashMap<>();
    for (String item : SEPARATORS.split(query.data(), -1)) {
      String name = item.replaceFirst("=.*", "");
      if (!name.isEmpty()) {
        Optional<String> value = known.find(name);
        if (value.isEmpty()) {
          return refused(query, data, ControlError.UNKNOWN_VARIABLE);
        }
        told.put(name, value.get());
      }
    }
    return query.answer(leap(data), status, text(told.isEmpty() ? known.usual() : told));
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
