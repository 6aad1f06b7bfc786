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
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// A peer that speaks interleaved (RFC 9769 section 3), and what we make of it.
class SymmetricConversationTest {
  private static final NtpTimestamp START = new NtpTimestamp(0xe900_0000_0000_0000L);
  private static final NtpPacket OWN =
      NtpPacket.own(0, 2, -20, NtpDuration.ZERO, NtpDuration.ZERO, 0, NtpTimestamp.UNKNOWN);

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  private final SymmetricConversation conversation =
      new SymmetricConversation(AssociationMode.SYMMETRIC_ACTIVE, -20, random);

  private static Now at(double seconds) {
    return new Now(
        new MonotonicTime(Math.round(seconds * 1e9)), START.plus(NtpDuration.ofSeconds(seconds)));
  }

  private static NtpTimestamp stamp(double seconds) {
    return at(seconds).local();
  }

  private NtpPacket say(double seconds) {
    return conversation.next(new Conversation.Turn(4, 6, OWN, 0, 0, at(seconds))).orElseThrow();
  }

  private Identified hear(NtpTimestamp origin, double receive, double transmit, double seconds) {
    return conversation.identify(
        Packets.answer(origin, stamp(receive), stamp(transmit)), at(seconds));
  }

  /// Up to the peer's first interleaved packet, which came at 128 s.
  private Identified begin() {
    NtpPacket first = say(0);
    hear(first.transmit(), 0.01, 63.99, 64);
    NtpPacket second = say(64.001);
    return hear(second.receive(), 64.011, 63.9901, 128);
  }

  @Test
  void speaksBasicToWhoDoes() {
    NtpPacket first = say(0);
    hear(first.transmit(), 0.01, 63.99, 64);
    NtpPacket second = say(64.001);
    assertEquals(stamp(63.99), second.origin());
    assertEquals(0, second.transmit().minus(stamp(64.001)).toSeconds(), 1e-6);
    assertFalse(conversation.isInterleaved());
  }

  @Test
  void anInterleavedPacketTellsOfTheExchangeThatThePeerBegan() {
    Identified identified = begin();
    Exchange exchange = identified.exchange().orElseThrow();
    assertEquals(new Exchange(at(64.001), stamp(64.011), stamp(63.9901), at(64)), exchange);
    assertTrue(exchange.isReversed());
    assertEquals(0.0199, exchange.measure(0).delay().toSeconds(), 1e-6);
    assertEquals(5e-5, exchange.measure(0).offset().toSeconds(), 1e-6);
    assertTrue(identified.isQuestion());
    assertTrue(conversation.isInterleaved());
    assertFalse(identified.isNew(), "the way of the peer's packet was measured when it came");
  }

  @Test
  void answersInterleavedWithTheTrueStampOfItsPacketBefore() {
    begin();
    NtpPacket third = say(128.001);
    assertEquals(stamp(64.011), third.origin());
    assertEquals(stamp(64.001), third.transmit());
    assertEquals(0, third.receive().minus(stamp(128)).toSeconds(), 1e-6);
    Identified next = hear(third.receive(), 128.011, 127.9901, 192);
    assertTrue(next.isNew());
    assertEquals(
        Optional.of(new Exchange(at(128.001), stamp(128.011), stamp(127.9901), at(128))),
        next.exchange());
  }

  @Test
  void saysWhenItLeftTwiceOnlyIfThePeerKnowsWhichPacketIsMeant() {
    begin();
    say(128.001);
    NtpPacket another = say(160);
    assertEquals(stamp(63.9901), another.origin());
    assertEquals(0, another.transmit().minus(stamp(160)).toSeconds(), 1e-6);
    hear(another.transmit(), 160.01, 191.99, 192);
    NtpPacket afterTwo = say(192.001);
    assertEquals(stamp(191.99), afterTwo.origin(), "basic");
  }

  @Test
  void noTwoPacketsHaveTheSameReceiveField() {
    begin();
    NtpPacket one = say(128.001);
    NtpPacket other = say(129.001);
    assertNotEquals(one.receive(), other.receive());
    assertEquals(
        Verdict.drop(DropReason.BOGUS),
        hear(one.receive(), 128.011, 127.9901, 130).verdict(),
        "it does not answer the last packet");
  }

  @Test
  void isBasicAgainWithAPeerThatIs() {
    begin();
    NtpPacket third = say(128.001);
    Identified next = hear(third.transmit(), 128.011, 191.99, 192);
    assertEquals(
        Optional.of(new Exchange(at(128.001), stamp(128.011), stamp(191.99), at(192))),
        next.exchange());
    assertFalse(conversation.isInterleaved());
    assertEquals(stamp(191.99), say(192.001).origin());
  }

  @Test
  void theSameTransmitStampAgainIsNoDuplicateIfItIsInterleaved() {
    NtpPacket first = say(0);
    hear(first.transmit(), 0.01, 63.99, 64);
    NtpPacket second = say(64.001);
    Identified identified = hear(second.receive(), 64.011, 63.99, 128);
    assertEquals(Verdict.accept(), identified.verdict());
    assertEquals(
        Verdict.drop(DropReason.DUPLICATE), hear(second.receive(), 64.011, 63.99, 128.1).verdict());
  }

  @Test
  void anInterleavedAnswerGivenAtOnceIsNotAnswered() {
    begin();
    NtpPacket third = say(128.001);
    assertFalse(hear(third.receive(), 128.011, 127.9901, 128.03).isQuestion());
  }

  /// Both sides are this class; one packet made by hand begins it. Every exchange must tell the
  /// truth, whichever packets get lost.
  @Test
  void whateverIsLostNothingIsMeasuredWrong() {
    SymmetricConversation other =
        new SymmetricConversation(AssociationMode.SYMMETRIC_PASSIVE, -20, random);
    int interleaved = 0;
    Optional<NtpPacket> answered = Optional.empty();
    for (int poll = 1; poll <= 2_000; poll++) {
      double time = 64.0 * poll;
      NtpPacket asked =
          other.next(new Conversation.Turn(4, 6, OWN, 0, 0, at(time - 0.01))).orElseThrow();
      if (answered.isPresent() && !other.isInterleaved()) {
        asked = interleaved(asked, answered.get(), time - 64.01);
      }
      answered = Optional.empty();
      if (random.nextDouble() < 0.33) {
        continue;
      }
      Identified mine = conversation.identify(asked, at(time));
      interleaved += mine.isInterleaved() ? 1 : 0;
      check(mine);
      NtpPacket answer = say(time + 0.001);
      if (random.nextDouble() >= 0.33) {
        Identified others = other.identify(answer, at(time + 0.011));
        check(others);
        answered = others.exchange().map(exchange -> answer);
      }
    }
    assertTrue(interleaved > 200, "interleaved " + interleaved);
  }

  private static NtpPacket interleaved(NtpPacket packet, NtpPacket answered, double left) {
    return packet.speaking(4, 2, 6, answered.receive(), packet.receive(), stamp(left));
  }

  private static void check(Identified identified) {
    identified
        .exchange()
        .ifPresent(
            exchange -> {
              Exchange.Measured measured = exchange.measure(0);
              assertEquals(0.02, measured.delay().toSeconds(), 1e-4, exchange.toString());
              assertEquals(0, measured.offset().toSeconds(), 1e-4, exchange.toString());
            });
  }
}
