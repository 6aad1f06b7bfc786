package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Mode 3 asks, mode 4 answers.
///
/// The transmit field of a request is a random number, not a time: it cannot be guessed by who does
/// not see the packet, and it tells nothing about our clock. The time it left is kept here.
final class ClientConversation implements Conversation {
  private final RandomGenerator random;
  private final Question question = new Question();
  private NtpTimestamp lastTransmit = NtpTimestamp.UNKNOWN;

  ClientConversation(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public AssociationMode mode() {
    return AssociationMode.CLIENT;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    long bits = random.nextLong();
    NtpTimestamp nonce = new NtpTimestamp(bits == 0 ? 1 : bits);
    question.ask(nonce, turn.now());
    return Optional.of(NtpPacket.request(turn.version(), turn.poll(), nonce));
  }

  @Override
  public Question question() {
    return question;
  }

  @Override
  public Identified identify(NtpPacket answer, Now stamp) {
    Verdict verdict = PacketTests.identity(answer, question.transmit(), lastTransmit);
    if (verdict instanceof Verdict.Drop) {
      return new Identified(verdict, Optional.empty(), false);
    }
    if (PacketTests.content(answer) instanceof Verdict.Accept) {
      lastTransmit = answer.transmit();
    }
    return Identified.as(question.complete(answer, stamp), false);
  }
}
