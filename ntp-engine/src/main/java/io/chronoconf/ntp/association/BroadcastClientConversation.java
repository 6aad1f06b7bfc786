package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Mode 6: first asks the broadcast server as a client does, to learn the delay of the path, and
/// then only listens (RFC 5905 section 3). A broadcast is taken for the answer to a question that
/// left one round trip before it arrived.
final class BroadcastClientConversation implements Conversation {
  /// As many answers as the clock filter needs to be relied upon.
  private static final int ENOUGH_ANSWERS = 6;

  /// After so many questions one answer has to be enough.
  private static final int ENOUGH_QUESTIONS = PollProcess.BURST_PACKETS;

  private final ClientConversation volley;
  private int asked;
  private int answers;
  private double delay;
  private boolean isListening;
  private NtpTimestamp lastTransmit = NtpTimestamp.UNKNOWN;

  BroadcastClientConversation(RandomGenerator random) {
    this.volley = new ClientConversation(false, random);
  }

  /// A client as long as it asks.
  @Override
  public AssociationMode mode() {
    return isListening ? AssociationMode.BROADCAST_CLIENT : AssociationMode.CLIENT;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    isListening |= asked >= ENOUGH_QUESTIONS && answers > 0;
    if (isListening) {
      return Optional.empty();
    }
    asked++;
    return volley.next(turn);
  }

  @Override
  public Question question() {
    return volley.question();
  }

  @Override
  public void measured(double leastDelay) {
    delay = leastDelay;
    if (!isListening) {
      answers++;
      isListening = answers >= ENOUGH_ANSWERS;
    }
  }

  @Override
  public Identified identify(NtpPacket packet, Now stamp) {
    if (!isListening) {
      return volley.identify(packet, stamp);
    }
    if (packet.transmit().isUnknown()) {
      return Identified.drop(DropReason.ZERO_STAMP, false);
    }
    if (packet.transmit().equals(lastTransmit)) {
      return Identified.drop(DropReason.DUPLICATE, false);
    }
    lastTransmit = packet.transmit();
    return Identified.basic(
        new Exchange(earlier(stamp, delay), packet.transmit(), packet.transmit(), stamp), false);
  }

  private static Now earlier(Now stamp, double seconds) {
    NtpDuration span = NtpDuration.ofSeconds(-seconds);
    MonotonicTime then = stamp.monotonic().plusSeconds(-seconds);
    return new Now(then, stamp.local().plus(span));
  }
}
