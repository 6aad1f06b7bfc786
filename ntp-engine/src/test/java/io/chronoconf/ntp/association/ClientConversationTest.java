package io.chronoconf.ntp.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.ntp.association.Conversation.Identified;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.Packets;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// What a client makes of basic and of interleaved answers (RFC 9769 section 2).
class ClientConversationTest {
  private static final NtpTimestamp START = new NtpTimestamp(0xe900_0000_0000_0000L);
  private static final NtpPacket OWN =
      NtpPacket.own(3, 0, -20, NtpDuration.ZERO, NtpDuration.ZERO, 0, NtpTimestamp.UNKNOWN);

  private final ClientConversation conversation =
      new ClientConversation(RandomGeneratorFactory.of("L64X128MixRandom").create(1));

  private static Now at(double seconds) {
    return new Now(
        new MonotonicTime(Math.round(seconds * 1e9)), START.plus(NtpDuration.ofSeconds(seconds)));
  }

  private static NtpTimestamp stamp(double seconds) {
    return at(seconds).local();
  }

  private NtpPacket ask(double seconds) {
    return conversation.next(new Conversation.Turn(4, 6, OWN, 0, 0, at(seconds))).orElseThrow();
  }

  private Identified hear(NtpPacket answer, double seconds) {
    return conversation.identify(answer, at(seconds));
  }

  private static NtpPacket basic(NtpPacket request, double receive, double transmit) {
    return Packets.answer(request.transmit(), stamp(receive), stamp(transmit));
  }

  private static NtpPacket interleaved(NtpPacket request, double receive, double before) {
    return Packets.answer(request.receive(), stamp(receive), stamp(before));
  }

  /// The first few answers, the last of them at 0.03 s.
  private void begin() {
    for (int i = 3; i > 0; i--) {
      hear(basic(ask(-2 * i), -2 * i + 0.01, -2 * i + 0.02), -2 * i + 0.03);
    }
    hear(basic(ask(0), 0.01, 0.02), 0.03);
  }

  @Test
  void theFirstRequestAsksForABasicAnswer() {
    NtpPacket request = ask(0);
    assertTrue(request.origin().isUnknown());
    assertTrue(request.receive().isUnknown());
  }

  @Test
  void laterRequestsNameTheAnswerBefore() {
    begin();
    NtpPacket request = ask(64);
    assertEquals(stamp(0.01), request.origin());
    assertFalse(request.receive().isUnknown());
    assertNotEquals(request.receive(), request.transmit());
    hear(basic(request, 64.01, 64.02), 64.03);
    assertEquals(stamp(64.01), ask(128).origin());
  }

  @Test
  void aBasicAnswerIsMeasuredAtOnce() {
    begin();
    Identified second = hear(basic(ask(64), 64.01, 64.02), 64.03);
    assertEquals(
        Optional.of(new Exchange(at(64), stamp(64.01), stamp(64.02), at(64.03))),
        second.exchange());
    assertTrue(second.isNew());
    assertFalse(conversation.isInterleaved());
  }

  @Test
  void anInterleavedAnswerCompletesTheExchangeBefore() {
    begin();
    Identified second = hear(interleaved(ask(64), 64.01, 0.021), 64.03);
    assertEquals(Verdict.accept(), second.verdict());
    assertFalse(second.isNew(), "it was measured when it was basic");
    Identified third = hear(interleaved(ask(128), 128.01, 64.021), 128.03);
    assertTrue(third.isNew());
    assertEquals(
        Optional.of(new Exchange(at(64), stamp(64.01), stamp(64.021), at(64.03))),
        third.exchange());
    assertTrue(conversation.isInterleaved());
  }

  @Test
  void untilTheTransmitStampIsKnownItIsGuessedByTheShortestTurnaround() {
    begin();
    hear(interleaved(ask(64), 64.01, 0.025), 64.03);
    hear(interleaved(ask(128), 128.01, 64.021), 128.03);
    Identified fourth = hear(interleaved(ask(192), 192.01, 128.027), 192.03);
    Exchange guess = fourth.provisional().orElseThrow();
    assertEquals(at(192), guess.originate());
    assertEquals(stamp(192.01), guess.receive());
    assertEquals(0, guess.transmit().minus(stamp(192.021)).toSeconds(), 1e-8);
    assertEquals(at(192.03), guess.destination());
  }

  @Test
  void theSameTransmitStampAgainIsNoDuplicateIfItIsInterleaved() {
    begin();
    Identified second = hear(interleaved(ask(64), 64.01, 0.02), 64.03);
    assertEquals(Verdict.accept(), second.verdict());
  }

  @Test
  void aCopyOfAnAnswerAnswersNothing() {
    begin();
    NtpPacket answer = interleaved(ask(64), 64.01, 0.021);
    hear(answer, 64.03);
    assertEquals(Verdict.drop(DropReason.DUPLICATE), hear(answer, 64.04).verdict());
    ask(128);
    assertEquals(Verdict.drop(DropReason.DUPLICATE), hear(answer, 128.04).verdict());
  }

  @Test
  void anAnswerToAnEarlierRequestAnswersNothing() {
    begin();
    NtpPacket late = interleaved(ask(64), 64.01, 0.021);
    NtpPacket request = ask(128);
    assertEquals(Verdict.drop(DropReason.BOGUS), hear(late, 128.01).verdict());
    assertEquals(Verdict.accept(), hear(interleaved(request, 128.02, 0.021), 128.03).verdict());
  }

  @Test
  void anInterleavedAnswerThatWasNotAskedForAnswersNothing() {
    NtpPacket request = ask(0);
    assertEquals(
        Verdict.drop(DropReason.ZERO_STAMP),
        hear(interleaved(request, 0.01, 0.02), 0.03).verdict());
  }

  @Test
  void aBasicAnswerInBetweenIsMeasuredAndTheOneBeforeIsNot() {
    begin();
    hear(interleaved(ask(64), 64.01, 0.021), 64.03);
    Identified third = hear(basic(ask(128), 128.01, 128.02), 128.03);
    assertEquals(at(128), third.exchange().orElseThrow().originate());
    assertFalse(conversation.isInterleaved());
    assertFalse(hear(interleaved(ask(192), 192.01, 128.021), 192.03).isNew());
  }

  @Test
  void afterFourMissedAnswersItBeginsAnew() {
    begin();
    for (int missed = 1; missed <= 4; missed++) {
      assertEquals(stamp(0.01), ask(64 * missed).origin());
    }
    assertTrue(ask(320).origin().isUnknown());
  }

  @Test
  void anAnswerOfAnUnsynchronizedServerIsNotCompleted() {
    NtpPacket request = ask(0);
    hear(Packets.header(3, 1, 0, request.transmit(), stamp(0.01), stamp(0.02)), 0.03);
    assertTrue(ask(64).origin().isUnknown());
  }

  @Test
  void whoOnlyKnowsBasicAnswersIsAskedRarelyForOthers() {
    int named = 0;
    for (int i = 0; i < 600; i++) {
      NtpPacket request = ask(64 * i);
      named += request.origin().isUnknown() ? 0 : 1;
      hear(basic(request, 64 * i + 0.01, 64 * i + 0.02), 64 * i + 0.03);
    }
    assertTrue(named >= 14 && named <= 24, "named " + named);
  }

  @Test
  void theBetterStampOfTheRequestCounts() {
    begin();
    NtpPacket request = ask(64);
    conversation.question().stamp(request.transmit().bits(), at(64.001));
    hear(interleaved(request, 64.01, 0.021), 64.03);
    Identified third = hear(interleaved(ask(128), 128.01, 64.021), 128.03);
    assertEquals(at(64.001), third.exchange().orElseThrow().originate());
  }
}
