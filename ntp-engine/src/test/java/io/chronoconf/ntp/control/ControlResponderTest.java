package io.chronoconf.ntp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.mru.MruList;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Control queries as ntpq sends them, octet for octet.
class ControlResponderTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.1");
  private static final MonotonicTime START = new MonotonicTime(5_000_000_000L);

  private static ControlData data() {
    Map<String, String> system = new LinkedHashMap<>();
    system.put("stratum", "2");
    system.put("refid", "198.51.100.1");
    system.put("offset", "0.027059");
    SortedMap<Integer, ControlData.Peer> peers = new TreeMap<>();
    peers.put(
        0x34da,
        new ControlData.Peer(
            0xb61a,
            () -> new ControlData.Variables(Map.of("srcadr", "198.51.100.1"), Map.of("sent", "7")),
            Optional.empty()));
    peers.put(
        0x34db,
        new ControlData.Peer(
            0x9614,
            () -> new ControlData.Variables(Map.of("srcadr", "127.127.1.0"), Map.of()),
            Optional.of(Map.of("device", "\"local clock\""))));
    return data(new ControlData.Variables(system, Map.of("ss_uptime", "12")), peers);
  }

  private static ControlData data(
      ControlData.Variables system, SortedMap<Integer, ControlData.Peer> peers) {
    return new ControlData(
        NtpTimestamp.UNKNOWN, 0x0614, () -> system, peers, MruList.EMPTY, AccessRules.NONE);
  }

  private static List<byte[]> respond(byte[] request, ControlData data) {
    return new ControlResponder(new Random(1))
        .respond(ControlPacket.read(request).orElseThrow(), SOURCE, START, data);
  }

  private static String answer(String request) {
    List<byte[]> answers = respond(HEX.parseHex(request), data());
    assertEquals(1, answers.size());
    return HEX.formatHex(answers.getFirst());
  }

  private static String text(String ascii) {
    return HEX.formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void listsAssociations() {
    assertEquals("16810001061400000000000834dab61a34db9614", answer("d60100010000000000000000"));
  }

  @Test
  void readsTheVariablesThatAreAskedFor() {
    assertEquals(
        "168200020614000000000030" + text("stratum=2, refid=198.51.100.1, offset=0.027059\r\n"),
        answer("d60200020000000000000014" + text("stratum,refid,offset")));
    assertEquals(
        "16820002" + "b61a34da" + "00000015" + text("srcadr=198.51.100.1\r\n") + "000000",
        answer("d602000200" + "0034da" + "00000006" + text("srcadr") + "0000"));
  }

  @ParameterizedTest
  @CsvSource({
    "d602000300000000000000046e6f7065, 16c2000305000000",
    "d60200030000123400000000, 16c2000304001234",
    "d60300030000000000000000, 16c3000301000000",
    "d60800030000000000000000, 16c8000301000000",
    "d60b00030000000000000000, 16cb000301000000",
    "d60600030000000000000000, 16c6000303000000",
    "d6040003000034da00000000, 16c40003040034da",
  })
  void saysWhyNot(String request, String answer) {
    assertEquals(answer + "00000000", answer(request));
  }

  @ParameterizedTest
  @CsvSource({
    // An answer, an error, a piece; a wrong mode; too short; a count beyond the end; version 0.
    "d68200010000000000000000",
    "d64200010000000000000000",
    "d62200010000000000000000",
    "d60200010000000000040000",
    "d30200010000000000000000",
    "d6020001000000000000",
    "d60200010000000000000004",
    "c60200010000000000000000",
  })
  void isSilentToWhatIsNoQuery(String request) {
    assertEquals(Optional.empty(), ControlPacket.read(HEX.parseHex(request)));
  }

  @Test
  void tellsSomeThingsOnlyByName() {
    assertEquals(
        "168200020614000000000" + "00e" + text("ss_uptime=12\r\n") + "0000",
        answer("d60200020000000000000009" + text("ss_uptime") + "000000"));
    assertEquals(
        "16820002b61a34da00000008" + text("sent=7\r\n"),
        answer("d6020002000034da00000004" + text("sent")));
  }

  @ParameterizedTest
  @CsvSource({"0000", "34db"})
  void readsTheClock(String association) {
    assertEquals(
        "168400020000" + association + "00000016" + text("device=\"local clock\"\r\n") + "0000",
        answer("d60400020000" + association + "00000000"));
  }

  @Test
  void answersInPieces() {
    Map<String, String> system = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      system.put("variable" + i, "0".repeat(i % 7));
    }
    ControlData many = data(new ControlData.Variables(system, Map.of()), new TreeMap<>());
    List<byte[]> pieces = respond(HEX.parseHex("d60200070000000000000000"), many);
    StringBuilder whole = new StringBuilder();
    for (byte[] piece : pieces) {
      ByteBuffer buffer = ByteBuffer.wrap(piece);
      boolean isLast = Arrays.equals(piece, pieces.getLast());
      assertEquals(isLast ? 0x82 : 0xa2, piece[1] & 0xff);
      assertEquals(whole.length(), buffer.getShort(8));
      int count = buffer.getShort(10);
      assertTrue(count <= 468 && piece.length % 4 == 0 && piece.length >= 12 + count);
      whole.append(new String(piece, 12, count, StandardCharsets.US_ASCII));
    }
    assertTrue(pieces.size() > 2);
    assertTrue(whole.toString().endsWith("variable99=0\r\n"), whole.toString());
    system.forEach((name, value) -> assertTrue(whole.indexOf(name + "=" + value) >= 0));
  }

  @Test
  void survivesRubbish() {
    Random random = new Random(1);
    ControlResponder responder = new ControlResponder(random);
    for (int i = 0; i < 20_000; i++) {
      byte[] rubbish = new byte[random.nextInt(64)];
      random.nextBytes(rubbish);
      if (rubbish.length > 1) {
        rubbish[0] = (byte) ((rubbish[0] & ~7) | 6);
        rubbish[1] = (byte) (rubbish[1] & 0x1f);
      }
      ControlPacket.read(rubbish)
          .ifPresent(query -> responder.respond(query, SOURCE, START, data()));
    }
  }

  @Test
  void oneSourceCannotAskForEver() {
    QueryLimiter limiter = new QueryLimiter();
    InetAddress source = InetAddress.ofLiteral("192.0.2.1");
    MonotonicTime start = new MonotonicTime(5_000_000_000L);
    for (int i = 0; i < QueryLimiter.BURST; i++) {
      assertTrue(limiter.admits(source, start));
    }
    assertFalse(limiter.admits(source, start));
    assertTrue(limiter.admits(InetAddress.ofLiteral("192.0.2.2"), start));
    MonotonicTime later = start.plusSeconds(1);
    for (int i = 0; i < QueryLimiter.PER_SECOND; i++) {
      assertTrue(limiter.admits(source, later));
    }
    assertFalse(limiter.admits(source, later));
  }

  @Test
  void forgedSourcesNeitherFillTheMemoryNorGetThrough() {
    QueryLimiter limiter = new QueryLimiter();
    MonotonicTime now = new MonotonicTime(0);
    int admitted = 0;
    for (int i = 0; i < 5000; i++) {
      InetAddress source = InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250);
      admitted += limiter.admits(source, now) ? 1 : 0;
    }
    assertEquals(1024, admitted);
  }
}
