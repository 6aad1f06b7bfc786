package io.chronoconf.ntp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.AccessRules.ControlQueryPolicy;
import io.chronoconf.ntp.association.AssociationConfig;
import io.chronoconf.ntp.association.AssociationKey;
import io.chronoconf.ntp.association.AssociationMode;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.mru.MruTable;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Control queries at the port of an engine.
class ControlProcessTest {
  private static final int READ_STATUS = 1;
  private static final int READ_VARIABLES = 2;
  private static final int READ_MRU = 10;
  private static final int REQUEST_NONCE = 12;
  private static final InetSocketAddress ASKER =
      new InetSocketAddress(EngineFixture.address("198.51.100.7"), 40_000);

  private final EngineFixture fixture = new EngineFixture();

  private void query(int opcode, int association, String data) {
    byte[] text = data.getBytes(StandardCharsets.US_ASCII);
    byte[] packet =
        ByteBuffer.allocate(12 + (text.length + 3) / 4 * 4)
            .put((byte) 0x16)
            .put((byte) opcode)
            .putShort((short) 1)
            .putShort((short) 0)
            .putShort((short) association)
            .putShort((short) 0)
            .putShort((short) text.length)
            .put(text)
            .array();
    fixture.outputs.clear();
    fixture.take(
        new Input.Received(
            SocketKind.SERVER,
            0,
            "",
            1,
            EngineFixture.OWN,
            EngineFixture.PORT,
            true,
            ASKER,
            packet,
            fixture.now(),
            0));
  }

  private List<byte[]> answers() {
    return fixture.all(Output.Reply.class).stream().map(Output.Reply::bytes).toList();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (byte[] answer : answers()) {
      assertEquals(0, answer[1] & 0x40, "an error");
      int count = ByteBuffer.wrap(answer).getShort(10);
      text.append(new String(answer, 12, count, StandardCharsets.US_ASCII));
    }
    return text.toString();
  }

  private String variable(int association, String name) {
    query(READ_VARIABLES, association, name);
    return text().strip().replace(name + "=", "");
  }

  private String nonce() {
    query(REQUEST_NONCE, 0, "");
    return text().strip();
  }

  private boolean isAsked() {
    return !fixture.all(Output.AskClients.class).isEmpty();
  }

  /// The server threads answer: they have heard two, and counted.
  private void tell() {
    MruTable table = new MruTable(10, 1);
    for (String address : List.of("192.0.2.8", "198.51.100.7")) {
      table.record(
          new InetSocketAddress(InetAddress.ofLiteral(address), 123),
          EngineFixture.OWN,
          0x23,
          new NtpTimestamp(fixture.now().local().bits() - (1L << 32)),
          Verdict.accept());
    }
    fixture.take(
        new Input.Clients(
            List.of(table.copy()), new PacketCounters(NtpTimestamp.UNKNOWN, 100, 2, 300, 4)));
  }

  private void serve() {
    fixture.command(EngineFixture.service(true, true));
    fixture.run(1);
  }

  @Test
  void whoWasHeardIsToldWhenTheThreadsHaveTold() {
    serve();
    String nonce = nonce();
    query(READ_MRU, 0, nonce + ", frags=9");
    assertTrue(isAsked());
    assertEquals(List.of(), answers());
    tell();
    String text = text();
    assertTrue(text.contains("addr.0=192.0.2.8:123"), text);
    // The asker was heard by a thread once, and twice by the engine.
    assertTrue(text.contains("addr.1=198.51.100.7:40000"), text);
    assertTrue(text.contains("ct.1=3, mv.1=22"), text);
  }

  @Test
  void severalThatWaitAreAnsweredAtOnce() {
    serve();
    String nonce = nonce();
    query(READ_MRU, 0, nonce + ", frags=9");
    query(READ_VARIABLES, 0, "mru_depth");
    assertFalse(isAsked(), "asked already");
    tell();
    assertEquals(2, answers().size());
  }

  @Test
  void whatTheThreadsToldIsGoodForAMoment() {
    serve();
    query(READ_VARIABLES, 0, "mru_depth");
    tell();
    query(READ_VARIABLES, 0, "mru_depth");
    assertFalse(isAsked());
    assertEquals("mru_depth=2\r\n", text());
    fixture.run(ControlProcess.CLIENTS_SECONDS);
    query(READ_VARIABLES, 0, "mru_depth");
    assertTrue(isAsked());
  }

  @Test
  void onlySoManyWait() {
    serve();
    for (int i = 0; i < ControlProcess.MAX_WAITING; i++) {
      query(READ_VARIABLES, 0, "mru_depth");
    }
    assertEquals(0, fixture.engine.dropped(DropReason.RATE));
    query(READ_VARIABLES, 0, "mru_depth");
    assertEquals(1, fixture.engine.dropped(DropReason.RATE));
    fixture.outputs.clear();
    tell();
    assertEquals(ControlProcess.MAX_WAITING, answers().size());
  }

  @Test
  void withoutProofNobodyIsAskedAndNothingIsSaid() {
    serve();
    query(READ_MRU, 0, "frags=9");
    query(READ_MRU, 0, "nonce=n00000000000000000, frags=9");
    assertFalse(isAsked());
    assertEquals(List.of(), answers());
    assertEquals(2, fixture.engine.dropped(DropReason.BOGUS));
    String nonce = nonce();
    fixture.run(16);
    query(READ_MRU, 0, nonce + ", frags=9");
    assertEquals(3, fixture.engine.dropped(DropReason.BOGUS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 31})
  void whoMayNotAskGetsNoAnswerToAnything(int opcode) {
    serve();
    String nonce = nonce();
    fixture.command(
        new EngineCommand.ConfigureAccess(
            new AccessRules(
                AccessRules.NONE.ipv4(), AccessRules.NONE.ipv6(), ControlQueryPolicy.DENY)));
    query(opcode, 0, opcode == READ_MRU ? nonce + ", frags=9" : "");
    assertEquals(List.of(), answers());
    assertFalse(isAsked());
    assertEquals(1, fixture.engine.dropped(DropReason.ACCESS));
  }

  @Test
  void countersTellWhatThreadsAndEngineCountedTogether() {
    serve();
    query(
        READ_VARIABLES,
        0,
        "ss_received,ss_thisver,ss_numctlreq,io_sent,io_sendfailed,mru_maxdepth,mru_new,ss_limited_r");
    tell();
    String text = text();
    // Of the engine: this query, of version 2. Of the thread: two of version 4.
    assertTrue(text.contains("ss_received=3, ss_thisver=2, ss_numctlreq=1"), text);
    // The answer itself is not sent yet.
    assertTrue(text.contains("io_sent=100, io_sendfailed=2"), text);
    assertTrue(text.contains("mru_maxdepth=74, mru_new=3"), text);
    assertTrue(text.contains("ss_limited_r=0"), text);
  }

  @Test
  void uptimeCountsFromTheStart() {
    serve();
    fixture.run(99);
    query(READ_VARIABLES, 0, "ss_uptime");
    tell();
    assertEquals("ss_uptime=100\r\n", text());
  }

  @Test
  void aSourceTellsWhereItSendsToAndWhyItIsNotFollowed() {
    fixture.serve("192.0.2.1", 0);
    fixture.following("192.0.2.1", "192.0.2.2");
    fixture.run(30);
    int good = fixture.row("192.0.2.1").id();
    int silent = fixture.row("192.0.2.2").id();
    assertEquals("192.0.2.100", variable(good, "dstadr"));
    assertEquals("0x0", variable(good, "flash"));
    assertEquals("0.0.0.0", variable(silent, "dstadr"));
    assertEquals("0x1000", variable(silent, "flash"));
    assertEquals(
        variable(good, "filtdelay").split(" ").length,
        variable(good, "filtdisp").split(" ").length);
    query(READ_VARIABLES, silent, "");
    assertFalse(text().contains("rec="), text());
    assertEquals("192.0.2.1:123", variable(0, "peeradr"));
    assertEquals("3", variable(0, "peermode"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"org", "xmt"})
  void whatHelpsToForgeIsNotTold(String name) {
    fixture.serve("192.0.2.1", 0);
    fixture.following("192.0.2.1");
    fixture.run(30);
    query(READ_VARIABLES, fixture.row("192.0.2.1").id(), name);
    assertEquals(0x40, answers().getFirst()[1] & 0x40, "an error");
  }

  @Test
  void aPeerIsSpokenToFromTheServicesPort() {
    associationOf(AssociationMode.SYMMETRIC_ACTIVE);
    assertEquals("123", variable(fixture.row("192.0.2.9").id(), "dstport"));
    assertEquals("1", variable(fixture.row("192.0.2.9").id(), "hmode"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BROADCAST_SERVER", "BROADCAST_CLIENT"})
  void broadcastsAreToldByTheirMode(AssociationMode mode) {
    associationOf(mode);
    int id = fixture.row("192.0.2.9").id();
    assertEquals(Integer.toString(mode.wireMode()), variable(id, "hmode"));
    query(READ_STATUS, 0, "");
    int status = answers().getFirst()[14];
    assertEquals(mode == AssociationMode.BROADCAST_SERVER ? 0x08 : 0, status & 0x08);
  }

  private void associationOf(AssociationMode mode) {
    serve();
    fixture.command(
        new EngineCommand.Mobilize(
            new AssociationConfig(
                new AssociationKey("", EngineFixture.address("192.0.2.9"), mode, true),
                EngineFixture.PORT,
                4,
                new PollExponent(6),
                new PollExponent(6),
                false,
                false,
                false)));
  }

  @Test
  void theLocalClockIsAClock() {
    fixture.command(EngineFixture.service(true, true), EngineFixture.local(2));
    fixture.run(10);
    int id = fixture.row("127.127.1.0").id();
    assertEquals("\"LOCAL(0)\"", variable(id, "srchost"));
    query(4, id, "");
    assertTrue(text().contains("device=\"local clock\""), text());
  }
}
