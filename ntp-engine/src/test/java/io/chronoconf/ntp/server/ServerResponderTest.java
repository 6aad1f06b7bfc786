package io.chronoconf.ntp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.access.PacketFacts;
import io.chronoconf.ntp.association.DropReason;
import io.chronoconf.ntp.association.Verdict;
import io.chronoconf.ntp.auth.AuthenticationKey;
import io.chronoconf.ntp.auth.Authenticator;
import io.chronoconf.ntp.auth.KeyRing;
import io.chronoconf.ntp.auth.MacAlgorithm;
import io.chronoconf.ntp.packet.DecodeResult;
import io.chronoconf.ntp.packet.ExtensionField;
import io.chronoconf.ntp.packet.Mac;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.NtpPacketDecoder;
import io.chronoconf.ntp.packet.NtpPacketEncoder;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerResponderTest {
  private static final NtpTimestamp NOW = new NtpTimestamp(0xe900_0000_1234_5678L);
  private static final NtpTimestamp LATER = NOW.plus(NtpDuration.ofSeconds(0.0001));
  private static final NtpTimestamp NONCE = new NtpTimestamp(0x0123_4567_89ab_cdefL);
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
  private static final int PRECISION = -20;
  private static final ServerSnapshot SNAPSHOT =
      new ServerSnapshot(
          0,
          2,
          0x7f7f0100,
          NtpDuration.ofSeconds(0.25),
          NtpDuration.ofSeconds(0.5),
          NOW.plus(NtpDuration.ofSeconds(-1000)),
          NOW.plus(NtpDuration.ofSeconds(-1000)),
          PRECISION);

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  private final ServerResponder responder = new ServerResponder(random);

  private NtpPacket answer(byte[] request, ServerSnapshot snapshot) {
    ByteBuffer buffer = ByteBuffer.wrap(request);
    assertEquals(Verdict.accept(), responder.respond(buffer, CLIENT, snapshot, NOW, LATER));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return assertInstanceOf(DecodeResult.Decoded.class, NtpPacketDecoder.decode(bytes)).packet();
  }

  private DropReason refusal(byte[] request) {
    byte[] before = request.clone();
    Verdict verdict = responder.respond(ByteBuffer.wrap(request), CLIENT, SNAPSHOT, NOW, LATER);
    assertArrayEquals(before, request, "a refused packet stays as it came");
    return assertInstanceOf(Verdict.Drop.class, verdict).reason();
  }

  private static byte[] request(int version) {
    return NtpPacketEncoder.encode(NtpPacket.request(version, 9, NONCE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void echoesVersionPollAndOrigin(int version) {
    NtpPacket answer = answer(request(version), SNAPSHOT);
    assertEquals(version, answer.version());
    assertEquals(4, answer.mode());
    assertEquals(9, answer.poll());
    assertEquals(NONCE, answer.origin());
  }

  @Test
  void answersAnActivePeerAsAPassiveOne() {
    byte[] bytes = request(4);
    bytes[0] = PacketLayout.flags(0, 4, PacketLayout.MODE_SYMMETRIC_ACTIVE);
    NtpPacket answer = answer(bytes, SNAPSHOT);
    assertEquals(PacketLayout.MODE_SYMMETRIC_PASSIVE, answer.mode());
    assertEquals(NONCE, answer.origin());
  }

  @Test
  void tellsTheSystemVariables() {
    NtpPacket answer = answer(request(4), SNAPSHOT);
    assertEquals(0, answer.leap());
    assertEquals(2, answer.stratum());
    assertEquals(0x7f7f0100, answer.referenceId());
    assertEquals(SNAPSHOT.reference(), answer.reference());
    assertEquals(PRECISION, answer.precision());
    assertEquals(0.25, answer.rootDelay().toSeconds());
  }

  @Test
  void letsTheDispersionGrowWithAge() {
    double dispersion = answer(request(4), SNAPSHOT).rootDispersion().toSeconds();
    assertEquals(0.5 + 1000 * 15e-6, dispersion, 1e-4);
    assertTrue(dispersion >= 0.515);
  }

  @Test
  void stampsWithRandomBitsBelowPrecision() {
    NtpPacket first = answer(request(4), SNAPSHOT);
    NtpPacket second = answer(request(4), SNAPSHOT);
    assertNotEquals(first.receive(), second.receive());
    assertNotEquals(first.transmit(), second.transmit());
    double resolution = Math.scalb(1.0, PRECISION);
    assertEquals(0, first.receive().minus(NOW).toSeconds(), resolution);
    assertEquals(0, first.transmit().minus(LATER).toSeconds(), resolution);
  }

  @Test
  void neverLeavesBeforeItCame() {
    for (int i = 0; i < 1000; i++) {
      ByteBuffer buffer = ByteBuffer.wrap(request(4));
      responder.respond(buffer, CLIENT, SNAPSHOT, NOW, NOW);
      long receive = buffer.getLong(PacketLayout.RECEIVE);
      long transmit = buffer.getLong(PacketLayout.TRANSMIT);
      assertTrue(transmit - receive > 0);
    }
  }

  @Test
  void saysSoWhileUnsynchronized() {
    NtpPacket answer = answer(request(4), ServerSnapshot.unsynchronized(PRECISION));
    assertEquals(3, answer.leap());
    assertEquals(0, answer.stratum());
    assertEquals(NtpTimestamp.UNKNOWN, answer.reference());
    assertEquals(NONCE, answer.origin());
  }

  @Test
  void ignoresUnknownExtensionFieldsAndAnswersNoLonger() {
    NtpPacket request =
        Packets.withTrailer(
            NtpPacket.request(4, 6, NONCE),
            List.of(new ExtensionField(0x1234, new byte[60])),
            Optional.empty());
    ByteBuffer buffer = ByteBuffer.wrap(NtpPacketEncoder.encode(request));
    assertEquals(Verdict.accept(), responder.respond(buffer, CLIENT, SNAPSHOT, NOW, LATER));
    assertEquals(48, buffer.remaining());
  }

  @Test
  void answersInTheMiddleOfABuffer() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(200);
    buffer.put(16, request(4)).position(16).limit(64);
    assertEquals(Verdict.accept(), responder.respond(buffer, CLIENT, SNAPSHOT, NOW, LATER));
    assertEquals(16, buffer.position());
    assertEquals(64, buffer.limit());
    assertEquals(NONCE.bits(), buffer.getLong(16 + PacketLayout.ORIGIN));
  }

  @Test
  void discardsRequestsWithAMacForWhichThereIsNoKey() {
    NtpPacket request =
        Packets.withTrailer(
            NtpPacket.request(4, 6, NONCE), List.of(), Optional.of(new Mac(1, new byte[16])));
    assertEquals(DropReason.AUTHENTICATION, refusal(NtpPacketEncoder.encode(request)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 5, 6, 7})
  void answersNoOtherMode(int mode) {
    byte[] bytes = request(4);
    bytes[0] = PacketLayout.flags(0, 4, mode);
    assertEquals(DropReason.MODE, refusal(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 6, 7})
  void answersNoOtherVersion(int version) {
    byte[] bytes = request(4);
    bytes[0] = PacketLayout.flags(0, version, 3);
    assertEquals(DropReason.MALFORMED, refusal(bytes));
  }

  @Test
  void neverAnswersLongerThanItWasAsked() {
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(160)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && round % 2 == 0) {
        bytes[0] = PacketLayout.flags(0, 1 + round % 4, 3);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      responder.respond(buffer, CLIENT, SNAPSHOT, NOW, LATER);
      assertTrue(buffer.remaining() <= bytes.length);
    }
  }

  @ParameterizedTest
  @EnumSource(MacAlgorithm.class)
  void aSealedAnswerBringsBackTheKeyAndIsNoLonger(MacAlgorithm algorithm) {
    Authenticator client = new Authenticator();
    KeyRing ring =
        new KeyRing(
            true, Map.of(7L, new AuthenticationKey(7, algorithm, new byte[16], true, _ -> true)));
    client.use(ring);
    responder.use(ring);
    byte[] plain =
        NtpPacketEncoder.encode(
            Packets.withTrailer(
                NtpPacket.request(4, 6, NONCE),
                List.of(new ExtensionField(0x1234, new byte[12])),
                Optional.empty()));
    byte[] asked = client.sealed(plain, OptionalLong.of(7));
    NtpPacket answer = answer(asked.clone(), SNAPSHOT);
    assertEquals(7, answer.mac().orElseThrow().keyId());
    assertEquals(algorithm.digestLength(), answer.mac().orElseThrow().digest().length);
    assertTrue(NtpPacketEncoder.encode(answer).length < asked.length);
    assertEquals(
        Authenticator.Result.SUCCESS,
        client.judgeConfigured(
            NtpPacketEncoder.encode(answer),
            OptionalLong.of(7),
            PacketFacts.of(new InetSocketAddress(CLIENT, 123), CLIENT, 123, 0)));
    // The seal is over the field too.
    asked[PacketLayout.HEADER_LENGTH + 4] ^= 1;
    assertEquals(DropReason.AUTHENTICATION, refusal(asked));
  }

  /// RFC 9769 section 2, seen from the server.
  @Nested
  class Interleaved {
    private static final NtpTimestamp SENT = NOW.plus(NtpDuration.ofSeconds(0.00015));

    private final InetAddress other = InetAddress.ofLiteral("2001:db8::7");
    private long nonces = 77;

    private NtpPacket ask(InetAddress client, NtpTimestamp origin) {
      NtpTimestamp receive = new NtpTimestamp(nonces++);
      NtpTimestamp transmit = new NtpTimestamp(nonces++);
      ByteBuffer buffer =
          ByteBuffer.wrap(
              NtpPacketEncoder.encode(NtpPacket.request(4, 6, origin, receive, transmit)));
      assertEquals(Verdict.accept(), responder.respond(buffer, client, SNAPSHOT, NOW, LATER));
      NtpPacket answer =
          assertInstanceOf(DecodeResult.Decoded.class, NtpPacketDecoder.decode(buffer.array()))
              .packet();
      assertEquals(
          answer.transmit().equals(SENT) ? receive : transmit,
          answer.origin(),
          "the origin says which mode it is");
      return answer;
    }

    /// Up to an answer whose true transmit stamp is known.
    private NtpPacket prove(InetAddress client) {
      NtpPacket first = ask(client, NONCE);
      assertEquals(InterleavedClients.NONE, responder.clients().takeWanted());
      NtpPacket second = ask(client, first.receive());
      responder.clients().sent(responder.clients().takeWanted(), SENT.bits());
      return second;
    }

    @Test
    void givesTheTrueTransmitStampOfTheAnswerNamed() {
      NtpPacket answer = ask(CLIENT, prove(CLIENT).receive());
      assertEquals(SENT, answer.transmit());
      assertEquals(0, answer.receive().minus(NOW).toSeconds(), 1e-6, "its own");
    }

    @Test
    void givesItOnce() {
      NtpPacket proof = prove(CLIENT);
      ask(CLIENT, proof.receive());
      assertNotEquals(SENT, ask(CLIENT, proof.receive()).transmit());
    }

    @Test
    void givesItToNobodyElse() {
      assertNotEquals(SENT, ask(other, prove(CLIENT).receive()).transmit());
    }

    @Test
    void isBasicWhileTheStampIsNotKnown() {
      NtpPacket second = ask(CLIENT, ask(CLIENT, NONCE).receive());
      assertNotEquals(SENT, ask(CLIENT, second.receive()).transmit());
    }

    @Test
    void aStampThatComesTooLateIsOfNoUse() {
      NtpPacket second = ask(CLIENT, ask(CLIENT, NONCE).receive());
      long wanted = responder.clients().takeWanted();
      NtpPacket third = ask(CLIENT, second.receive());
      responder.clients().sent(wanted, SENT.bits());
      assertNotEquals(SENT, ask(CLIENT, third.receive()).transmit());
    }

    @Test
    void whoNamesTheTransmitStampAsPlainClientsDoIsAnsweredPlainlyAndCostsNoStamp() {
      NtpPacket answer = ask(CLIENT, NONCE);
      for (int i = 0; i < 1000; i++) {
        answer = ask(CLIENT, answer.transmit());
        assertEquals(InterleavedClients.NONE, responder.clients().takeWanted());
      }
    }

    @Test
    void whoNoLongerNamesTheRightAnswerCostsNoStampAfterAWhile() {
      prove(CLIENT);
      long stamped = 0;
      for (int i = 0; i < 100; i++) {
        ask(CLIENT, NONCE);
        stamped += responder.clients().takeWanted() == InterleavedClients.NONE ? 0 : 1;
      }
      assertEquals(7, stamped);
    }

    @Test
    void aRequestWithEqualReceiveAndTransmitFieldsIsBasic() {
      NtpPacket proof = prove(CLIENT);
      ByteBuffer buffer =
          ByteBuffer.wrap(
              NtpPacketEncoder.encode(NtpPacket.request(4, 6, proof.receive(), NONCE, NONCE)));
      responder.respond(buffer, CLIENT, SNAPSHOT, NOW, LATER);
      assertNotEquals(SENT.bits(), buffer.getLong(PacketLayout.TRANSMIT));
    }

    @Test
    void receiveStampsOfOneClientAreAllDifferent() {
      ServerSnapshot exact = ServerSnapshot.unsynchronized(-32);
      NtpTimestamp last = NtpTimestamp.UNKNOWN;
      for (int i = 0; i < 100; i++) {
        byte[] request =
            NtpPacketEncoder.encode(NtpPacket.request(4, 6, NONCE, NONCE, new NtpTimestamp(i + 1)));
        ByteBuffer buffer = ByteBuffer.wrap(request);
        responder.respond(buffer, CLIENT, exact, NOW, LATER);
        NtpTimestamp receive = new NtpTimestamp(buffer.getLong(PacketLayout.RECEIVE));
        assertNotEquals(last, receive);
        last = receive;
      }
    }

    @Test
    void manyClientsPushOutTheOldestOnly() {
      NtpPacket proof = prove(CLIENT);
      for (int i = 0; i < 100; i++) {
        ask(InetAddress.ofLiteral("2001:db8:1::" + Integer.toHexString(i)), NONCE);
      }
      assertEquals(SENT, ask(CLIENT, proof.receive()).transmit());
      NtpPacket again = prove(other);
      for (int i = 0; i < 50_000; i++) {
        ask(InetAddress.ofLiteral("2001:db8:2::" + Integer.toHexString(i)), NONCE);
      }
      assertNotEquals(SENT, ask(other, again.receive()).transmit());
    }

    @Test
    void linkLocalAddressesOfTwoLinksAreTwoClients() throws UnknownHostException {
      byte[] octets = InetAddress.ofLiteral("fe80::1").getAddress();
      InetAddress here = Inet6Address.getByAddress(null, octets, 2);
      InetAddress there = Inet6Address.getByAddress(null, octets, 3);
      NtpPacket proof = prove(here);
      assertNotEquals(SENT, ask(there, proof.receive()).transmit());
      assertEquals(SENT, ask(here, proof.receive()).transmit());
    }
  }
}
