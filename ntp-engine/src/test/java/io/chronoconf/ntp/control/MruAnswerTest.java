package io.chronoconf.ntp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRight;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.mru.MruList;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nonces, and lists of clients as ntpq asks for them.
class MruAnswerTest {
  private static final int READ_MRU = 10;
  private static final int REQUEST_NONCE = 12;
  private static final InetAddress OWN = InetAddress.ofLiteral("192.0.2.100");
  private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.1");
  private static final MonotonicTime START = new MonotonicTime(70_000_000_000L);
  private static final Pattern ADDRESS = Pattern.compile("addr\\.(\\d+)=(\\S+),");

  private final ControlResponder responder = new ControlResponder(new Random(1));
  private final MruTable table = new MruTable(5000, 1);

  private static NtpTimestamp at(long second) {
    return new NtpTimestamp(0xe900_0000_0000_0000L + (second << 32));
  }

  private void hear(String address, long second) {
    hear(address, second, Verdict.accept());
  }

  private void hear(String address, long second, Verdict verdict) {
    InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral(address), 4000);
    table.record(source, OWN, 0x23, at(second), verdict);
  }

  private static ControlPacket query(int opcode, String data) {
    return new ControlPacket(2, opcode, 1, 0, data);
  }

  private ControlData data(AccessRules access) {
    return new ControlData(
        at(1000),
        0x0614,
        () -> new ControlData.Variables(Map.of(), Map.of()),
        new TreeMap<>(),
        MruList.of(at(1000), List.of(table.copy())),
        access);
  }

  private static String text(List<byte[]> pieces) {
    StringBuilder text = new StringBuilder();
    for (byte[] piece : pieces) {
      int count = ByteBuffer.wrap(piece).getShort(10);
      text.append(new String(piece, 12, count, StandardCharsets.US_ASCII));
    }
    return text.toString();
  }

  private String nonce(InetAddress source, MonotonicTime now) {
    List<byte[]> answer =
        responder.respond(query(REQUEST_NONCE, ""), source, now, data(AccessRules.NONE));
    return text(answer).strip();
  }

  private List<byte[]> ask(String parameters) {
    ControlPacket query = query(READ_MRU, nonce(SOURCE, START) + ", " + parameters);
    assertFalse(responder.lacksProof(query, SOURCE, START));
    return responder.respond(query, SOURCE, START, data(AccessRules.NONE));
  }

  private List<String> told(String parameters) {
    List<String> told = new ArrayList<>();
    for (Matcher row = ADDRESS.matcher(text(ask(parameters))); row.find(); ) {
      assertEquals(told.size(), Integer.parseInt(row.group(1)));
      told.add(row.group(2));
    }
    return told;
  }

  private int error(String parameters) {
    byte[] answer = ask(parameters).getFirst();
    assertEquals(0xc0 | READ_MRU, answer[1] & 0xff, "an error");
    return answer[4];
  }

  private boolean lacksProof(String nonce, InetAddress source, MonotonicTime now) {
    return responder.lacksProof(query(READ_MRU, nonce + ", frags=1"), source, now);
  }

  @Test
  void aNonceIsGoodForItsAddressAndForSixteenSeconds() {
    String nonce = nonce(SOURCE, START);
    assertFalse(lacksProof(nonce, SOURCE, START));
    assertFalse(lacksProof(nonce, SOURCE, START.plusSeconds(15.999)));
    assertTrue(lacksProof(nonce, SOURCE, START.plusSeconds(16)));
    assertTrue(lacksProof(nonce, SOURCE, START.plusSeconds(-1)), "not given out yet");
    assertTrue(lacksProof(nonce, InetAddress.ofLiteral("192.0.2.2"), START));
    ControlResponder other = new ControlResponder(new Random(2));
    assertTrue(other.lacksProof(query(READ_MRU, nonce), SOURCE, START), "of another server");
  }

  @Test
  void aNonceCannotBeChanged() {
    String nonce = nonce(SOURCE, START);
    for (int i = "nonce=".length(); i < nonce.length(); i++) {
      char other = nonce.charAt(i) == '0' ? '1' : '0';
      String changed = nonce.substring(0, i) + other + nonce.substring(i + 1);
      assertTrue(lacksProof(changed, SOURCE, START), changed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonce=", "nonce=n", "frags=3", "nonce=n0123456789abcdefg"})
  void withoutANonceThereIsNoAnswer(String data) {
    assertTrue(responder.lacksProof(query(READ_MRU, data), SOURCE, START));
  }

  @Test
  void theAnswerToANonceRequestIsShort() {
    byte[] answer =
        responder
            .respond(query(REQUEST_NONCE, ""), SOURCE, START, data(AccessRules.NONE))
            .getFirst();
    assertTrue(answer.length <= 56, answer.length + " octets");
  }

  @Test
  void tellsWhoWasHeardLongestAgoFirst() {
    hear("192.0.2.9", 10);
    hear("2001:db8::1:0:0:1", 20);
    hear("2001:db8::1:0:0:1", 30, Verdict.drop(DropReason.ACCESS));
    String text = text(ask("frags=32"));
    assertTrue(text.startsWith("nonce=n"), text);
    assertTrue(
        text.contains(
            "addr.0=192.0.2.9:4000, last.0=0xe900000a.00000000, first.0=0xe900000a.00000000,"
                + " ct.0=1, mv.0=35, rs.0=0x0, dr.0=0"),
        text);
    assertTrue(
        text.contains(
            "addr.1=[2001:db8::1:0:0:1]:4000, last.1=0xe900001e.00000000,"
                + " first.1=0xe9000014.00000000, ct.1=2, mv.1=35, rs.1=0x0, dr.1=1"),
        text);
    assertTrue(text.endsWith("now=0xe90003e8.00000000, last.newest=0xe900001e.00000000\r\n"), text);
  }

  @Test
  void anEmptyListIsComplete() {
    assertTrue(text(ask("frags=1")).endsWith(",\r\nnow=0xe90003e8.00000000\r\n"));
  }

  @Test
  void comesBackUntilAllAreTold() {
    for (int i = 0; i < 4000; i++) {
      hear(
          i % 3 == 0 ? "2001:db8::" + Integer.toHexString(i) : "10.0." + i / 250 + "." + i % 250,
          i);
    }
    Map<String, String> all = new LinkedHashMap<>();
    String text = "";
    int rounds = 0;
    String prior = "";
    while (!text.contains("now=")) {
      List<byte[]> pieces = ask("frags=4" + prior);
      assertTrue(pieces.size() <= 4, pieces.size() + " datagrams");
      text = text(pieces);
      Matcher row = Pattern.compile("addr\\.(\\d+)=(\\S+), last\\.\\d+=(\\S+),").matcher(text);
      while (row.find()) {
        assertEquals(null, all.put(row.group(2), row.group(3)), "told twice");
        prior = ", addr.0=" + row.group(2) + ", last.0=" + row.group(3);
      }
      rounds++;
    }
    assertEquals(4000, all.size());
    assertTrue(rounds > 100, rounds + " rounds");
  }

  @Test
  void goesOnAfterTheLatestThatIsStillTheSame() {
    hear("192.0.2.1", 10);
    hear("192.0.2.2", 20);
    hear("192.0.2.3", 30);
    String changed = "addr.0=192.0.2.3:4000, last.0=0xe9000019.00000000";
    String same = "addr.1=192.0.2.2:4000, last.1=0xe9000014.00000000";
    assertEquals(List.of("192.0.2.3:4000"), told("frags=9, " + changed + ", " + same));
    assertTrue(
        text(ask("frags=9, " + changed + ", " + same))
            .contains("addr.older=192.0.2.2:4000, last.older=0xe9000014.00000000"));
    assertEquals(5, error("frags=9, " + changed), "unknown variable: begin anew");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "limit=2; 192.0.2.1 192.0.2.2",
        "frags=9, limit=1; 192.0.2.1",
        "limit=99999999; 192.0.2.1 192.0.2.2 192.0.2.3",
        "frags=4000, recent=2; 192.0.2.2 192.0.2.3",
        "frags=9, mincount=2; 192.0.2.2",
        "frags=9, mindrop=1; 192.0.2.3",
        "frags=9, minscore=1;",
        "frags=9, maxlstint=970; 192.0.2.3",
        "frags=9, minlstint=980; 192.0.2.1 192.0.2.2",
        "frags=9, laddr=192.0.2.100; 192.0.2.1 192.0.2.2 192.0.2.3",
        "frags=9, laddr=::1;",
        "frags=9, resany=0x20; 192.0.2.3",
        "frags=9, resall=0x420;",
      })
  void tellsOnlyWhoIsAskedFor(String parameters, String expected) {
    hear("192.0.2.1", 10);
    hear("192.0.2.2", 20);
    hear("192.0.2.2", 20);
    hear("192.0.2.3", 30, Verdict.drop(DropReason.RATE));
    List<String> addresses =
        told(parameters).stream().map(address -> address.replace(":4000", "")).toList();
    assertEquals(expected == null ? List.of() : List.of(expected.split(" ")), addresses);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "recent=3; 6",
        "frags=0; 6",
        "limit=0; 6",
        "frags=x; 2",
        "frags=-1; 2",
        "frags=99999999999999999999; 2",
        "frags=9, laddr=router; 2",
        "frags=9, last.0=12; 2",
        "frags=9, addr.16=192.0.2.1:123; 2",
        "frags=9, colour=red; 2",
        "frags=9, mincount; 2",
      })
  void saysWhatItCannotRead(String parameters, int error) {
    assertEquals(error, error(parameters));
  }

  @Test
  void tellsWhatAClientMayNotDo() {
    hear("192.0.2.1", 10);
    AccessList nobody = new AccessList(List.of());
    AccessRules rules =
        new AccessRules(
            new AccessRules.Family(Map.of(AccessRight.PEER, Optional.of(nobody))),
            AccessRules.NONE.ipv6(),
            AccessRules.ControlQueryPolicy.BY_ACCESS_RIGHT);
    ControlPacket query = query(READ_MRU, nonce(SOURCE, START) + ", frags=1");
    String text = text(responder.respond(query, SOURCE, START, data(rules)));
    assertTrue(text.contains("rs.0=0x52"), text);
  }

  @Test
  void survivesRubbish() {
    hear("192.0.2.1", 10);
    Random random = new Random(4);
    String[] words = {
      "frags", "limit", "=", "=0x", "9", ",", " ", "last.0", "addr.0", "resany", "1.2.3.4", "ff",
      "."
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder rubbish = new StringBuilder(nonce(SOURCE, START)).append(", ");
      for (int j = random.nextInt(12); j >= 0; j--) {
        rubbish.append(words[random.nextInt(words.length)]);
      }
      ControlPacket query = query(READ_MRU, rubbish.toString());
      assertTrue(
          responder.lacksProof(query, SOURCE, START)
              || !responder.respond(query, SOURCE, START, data(AccessRules.NONE)).isEmpty());
    }
  }
}
