package io.chronoconf.ntp.association;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.packet.KissCode;
import io.chronoconf.ntp.packet.Mac;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.packet.ReferenceId;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTestsTest {
  private static final NtpTimestamp NONCE = new NtpTimestamp(0x1122_3344_5566_7788L);
  private static final NtpTimestamp RECEIVE = new NtpTimestamp(0xe900_0000_0000_0000L);
  private static final NtpTimestamp TRANSMIT = RECEIVE.plus(NtpDuration.ofSeconds(1e-4));
  private static final NtpTimestamp UNKNOWN = NtpTimestamp.UNKNOWN;
  private static final NtpPacket GOOD = Packets.answer(NONCE, RECEIVE, TRANSMIT);

  private static NtpPacket header(int leap, int stratum, int referenceId) {
    return Packets.header(leap, stratum, referenceId, NONCE, RECEIVE, TRANSMIT);
  }

  @Nested
  class Identity {
    private Verdict identity(NtpPacket packet) {
      return PacketTests.identity(packet, Optional.of(NONCE), UNKNOWN);
    }

    @Test
    void acceptsTheAnswerToOurQuestion() {
      assertEquals(Verdict.accept(), identity(GOOD));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void expectsNoOtherModeThanServer(int mode) {
      assertEquals(Verdict.drop(DropReason.MODE), identity(Packets.withMode(GOOD, mode)));
    }

    @Test
    void dropsAForgedOrigin() {
      NtpPacket forged = Packets.answer(new NtpTimestamp(NONCE.bits() + 1), RECEIVE, TRANSMIT);
      assertEquals(Verdict.drop(DropReason.BOGUS), identity(forged));
    }

    @Test
    void dropsAZeroOriginEvenIfNothingWasAsked() {
      NtpPacket zero = Packets.answer(UNKNOWN, RECEIVE, TRANSMIT);
      assertEquals(Verdict.drop(DropReason.ZERO_STAMP), identity(zero));
      assertEquals(
          Verdict.drop(DropReason.ZERO_STAMP),
          PacketTests.identity(zero, Optional.empty(), UNKNOWN));
    }

    @Test
    void dropsAnAnswerWithoutQuestion() {
      assertEquals(
          Verdict.drop(DropReason.BOGUS), PacketTests.identity(GOOD, Optional.empty(), UNKNOWN));
    }

    @Test
    void dropsWhatWasSeenBefore() {
      assertEquals(
          Verdict.drop(DropReason.DUPLICATE),
          PacketTests.identity(GOOD, Optional.of(NONCE), TRANSMIT));
    }

    @Test
    void dropsACryptoNak() {
      NtpPacket nak = Packets.withTrailer(GOOD, List.of(), Optional.of(new Mac(0, new byte[0])));
      assertEquals(Verdict.drop(DropReason.AUTHENTICATION), identity(nak));
    }
  }

  @Nested
  class Content {
    private Verdict content(NtpPacket packet) {
      Now now = new Now(new MonotonicTime(0), RECEIVE);
      return PacketTests.content(
          packet, new Exchange(now, packet.receive(), packet.transmit(), now));
    }

    @Test
    void acceptsAGoodHeader() {
      assertEquals(Verdict.accept(), content(GOOD));
    }

    @Test
    void takesNoTimeFromAKiss() {
      NtpPacket kiss = header(3, 0, KissCode.RATE.wireValue());
      assertEquals(Verdict.drop(DropReason.KISS), content(kiss));
      NtpPacket unknown = header(0, 0, ReferenceId.ofAscii("XFOO").bits());
      assertEquals(Verdict.drop(DropReason.KISS), content(unknown));
      assertEquals(Optional.empty(), unknown.kissCode());
    }

    @Test
    void dropsZeroReceiveAndTransmitStamps() {
      assertEquals(
          Verdict.drop(DropReason.ZERO_STAMP), content(Packets.answer(NONCE, UNKNOWN, TRANSMIT)));
      assertEquals(
          Verdict.drop(DropReason.ZERO_STAMP), content(Packets.answer(NONCE, RECEIVE, UNKNOWN)));
    }

    @ParameterizedTest
    @CsvSource({"3,1", "3,15", "0,0", "0,16", "0,200"})
    void dropsUnsynchronizedServers(int leap, int stratum) {
      assertEquals(Verdict.drop(DropReason.UNSYNCHRONIZED), content(header(leap, stratum, 0)));
    }

    @ParameterizedTest
    @CsvSource({"0,15.9,true", "0,16,false", "32,0,false", "20,5.9,true", "20,6,false"})
    void dropsImpossibleRootDistances(double delay, double dispersion, boolean isGood) {
      Verdict expected = isGood ? Verdict.accept() : Verdict.drop(DropReason.BAD_HEADER);
      assertEquals(expected, content(Packets.withRoot(GOOD, delay, dispersion)));
    }

    @Test
    void dropsAReferenceFromTheFuture() {
      NtpTimestamp future = TRANSMIT.plus(NtpDuration.ofSeconds(1));
      assertEquals(
          Verdict.drop(DropReason.BAD_HEADER), content(Packets.withReference(GOOD, future)));
      assertEquals(Verdict.accept(), content(Packets.withReference(GOOD, UNKNOWN)));
    }

    @Test
    void dropsAnswersThatLeaveBeforeTheyCome() {
      NtpTimestamp early = RECEIVE.plus(NtpDuration.ofSeconds(-0.01));
      assertEquals(
          Verdict.drop(DropReason.BAD_HEADER), content(Packets.answer(NONCE, RECEIVE, early)));
    }
  }
}
