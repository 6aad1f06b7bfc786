package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Mode 3 asks, mode 4 answers.
///
/// The transmit field of a request is a random number, not a time: it cannot be guessed by who does
/// not see the packet, and it tells nothing about our clock. The time it left is kept here.
final class ClientConversation implements Conversation {
  private final RandomGenerator random;
  private @Nullable Request request;
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
    request = new Request(nonce, turn.now());
    return Optional.of(NtpPacket.request(turn.version(), turn.poll(), nonce));
  }

  @Override
  public boolean isAnswer(NtpPacket packet) {
    Request asked = request;
    return asked != null && packet.origin().equals(asked.transmit());
  }

  @Override
  public void sent(long transmit, Now stamp) {
    Request pending = request;
    if (pending != null) {
      request = pending.stamped(transmit, stamp);
    }
  }

  @Override
  public Identified identify(NtpPacket answer, Now stamp) {
    Request asked = request;
    Optional<NtpTimestamp> nonce = Optional.ofNullable(asked).map(Request::transmit);
    Verdict verdict = PacketTests.identity(answer, nonce, lastTransmit);
    if (verdict instanceof Verdict.Drop || asked == null) {
      return new Identified(verdict, Optional.empty(), false);
    }
    // A second copy of this answer must find nothing that it answers.
    request = null;
    if (PacketTests.content(answer) instanceof Verdict.Accept) {
      lastTransmit = answer.transmit();
    }
    return Identified.as(
        new Exchange(asked.originate(), answer.receive(), answer.transmit(), stamp), false);
  }
}
