package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// Mode 6: first asks the broadcast server as a client does, to learn the delay of the path, and
/// then listens (RFC 5905 section 3), but for a single question now and then: the path may have
/// changed, and every answer makes its delay better known. A broadcast is taken for the answer to a
/// question that left one round trip before it arrived.
final class BroadcastClientConversation implements Conversation {
  /// As many answers as the clock filter needs to be relied upon.
  private static final int ENOUGH_ANSWERS = 6;

  /// After so many questions one answer has to be enough.
  private static final int ENOUGH_QUESTIONS = PollProcess.BURST_PACKETS;

  /// So many broadcasts are heard for each question.
  private static final int BROADCASTS_PER_QUESTION = 8;

  /// As many as it takes to know a new route, one for each broadcast.
  private static final int QUESTIONS_OF_WONDER = 10;

  private final RandomGenerator random;
  private final ClientConversation volley;
  private int asked;
  private int answers;
  private double delay;
  private boolean isListening;
  private int wanted;
  private int heard;
  private NtpTimestamp lastTransmit = NtpTimestamp.UNKNOWN;

  BroadcastClientConversation(RandomGenerator random) {
    this.random = random;
    this.volley = new ClientConversation(false, random);
  }

  /// A client as long as it asks.
  @Override
  public AssociationMode mode() {
    return isListening ? AssociationMode.BROADCAST_CLIENT : AssociationMode.CLIENT;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    isListening |= isPathKnown();
    if (isListening && wanted == 0) {
      return Optional.empty();
    }
    // Until the answer, or the next broadcast.
    isListening = false;
    wanted = Math.max(wanted - 1, 0);
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
      isListening = isPathKnown();
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
    heard++;
    if (heard % BROADCASTS_PER_QUESTION == 0) {
      wanted = Math.max(wanted, 1);
    }
    return Identified.basic(
        new Exchange(earlier(stamp, delay), packet.transmit(), packet.transmit(), stamp), false);
  }

  /// A question that is still open is not answered any more.
  @Override
  public void missed() {
    isListening |= isPathKnown();
  }

  @Override
  public void wonder() {
    if (wanted <= 1 && heard > BROADCASTS_PER_QUESTION) {
      wanted = QUESTIONS_OF_WONDER;
    }
  }

  /// Somewhere before the next broadcast: all who heard the last one would ask together.
  @Override
  public OptionalDouble again(double interval) {
    return wanted > 0
        ? OptionalDouble.of(interval * (1 + random.nextDouble() * 6) / 8)
        : OptionalDouble.empty();
  }

  private boolean isPathKnown() {
    return answers >= ENOUGH_ANSWERS || (asked >= ENOUGH_QUESTIONS && answers > 0);
  }

  private static Now earlier(Now stamp, double seconds) {
    NtpDuration span = NtpDuration.ofSeconds(-seconds);
    MonotonicTime then = stamp.monotonic().plusSeconds(-seconds);
    return new Now(then, stamp.local().plus(span));
  }
}
