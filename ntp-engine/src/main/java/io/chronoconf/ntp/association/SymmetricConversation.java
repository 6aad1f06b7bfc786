package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Modes 1 and 2: every packet is an answer to the other side's last one and a question too (RFC
/// 5905 section 8), so its transmit field is a time.
///
/// Who sends when its own poll is due leaves the other side with an answer that is as old as the
/// poll interval, and measures as badly as the clocks run apart meanwhile. So what was not itself
/// an answer given at once is answered at once, besides our own polls.
///
/// A peer that speaks interleaved (RFC 9769 section 3) is answered so: the transmit field is then
/// the true stamp of our packet before, and the origin is the other's receive field. We never begin
/// it, for a peer that does not know of it could not make anything of the packet. What such a
/// packet completes is the exchange in which the other side asked and we answered.
final class SymmetricConversation implements Conversation {
  /// A packet that was kept longer than this is no answer given at once. More than answers are kept
  /// from each other, so that no answer is ever answered.
  private static final double PROMPT_SECONDS = 1.5;

  private static final NtpDuration SMALLEST = new NtpDuration(1);

  /// What the other side said last.
  ///
  /// @param arrival when
  /// @param isMeasured whether an exchange ends with it
  private record Theirs(NtpPacket packet, Now arrival, boolean isMeasured) {
    boolean isSaidAgainBy(NtpPacket other) {
      return packet.transmit().equals(other.transmit())
          && packet.receive().equals(other.receive())
          && packet.origin().equals(other.origin());
    }
  }

  private final AssociationMode mode;
  private final int precision;
  private final RandomGenerator random;
  private final Question question = new Question();
  private @Nullable Theirs theirs;
  private @Nullable Theirs answered;
  private boolean isInterleaved;
  private int sent;
  private int sentBefore;

  /// @param mode symmetric active or passive
  /// @param precision of the local clock, log2 seconds
  SymmetricConversation(AssociationMode mode, int precision, RandomGenerator random) {
    this.mode = mode;
    this.precision = precision;
    this.random = random;
  }

  @Override
  public AssociationMode mode() {
    return mode;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    Theirs last = theirs;
    NtpTimestamp origin = last == null ? NtpTimestamp.UNKNOWN : last.packet().transmit();
    NtpTimestamp receive = last == null ? NtpTimestamp.UNKNOWN : arrival(last, turn);
    NtpTimestamp transmit = turn.now().local().fuzzed(precision, random);
    Optional<Now> left = question.left();
    // Otherwise the other side could not know which packet of ours the stamp belongs to.
    boolean isAlternating = sent == 0 && sentBefore == 1;
    if (isInterleaved && isAlternating && last != null && left.isPresent()) {
      origin = last.packet().receive();
      transmit = left.get().local();
    }
    question.ask(receive, transmit, turn.now());
    answered = last;
    sent++;
    return Optional.of(
        turn.own()
            .speaking(turn.version(), mode.wireMode(), turn.poll(), origin, receive, transmit));
  }

  /// When it arrived by the local clock as it is now: a step in between must not look as time that
  /// went by. No two packets say the same, or an interleaved answer would not tell which it speaks
  /// of.
  private NtpTimestamp arrival(Theirs last, Turn turn) {
    MonotonicTime arrival = last.arrival().monotonic();
    double ago = turn.now().monotonic().secondsSince(arrival) * (1 + turn.frequency());
    NtpTimestamp told = turn.now().local().plus(NtpDuration.ofSeconds(-ago));
    return told.equals(question.receive()) ? told.plus(SMALLEST) : told;
  }

  @Override
  public Question question() {
    return question;
  }

  /// Takes note of whatever the other side says, even if it does not answer us: otherwise two sides
  /// of which one began anew never find to each other.
  @Override
  public Identified identify(NtpPacket packet, Now stamp) {
    Theirs last = theirs;
    if (last != null && last.isSaidAgainBy(packet)) {
      return Identified.drop(DropReason.DUPLICATE, false);
    }
    Identified identified = identifyNew(packet, stamp);
    boolean isMeasured = identified.exchange().isPresent() && !identified.isInterleaved();
    theirs = packet.transmit().isUnknown() ? null : new Theirs(packet, stamp, isMeasured);
    if (identified.exchange().isPresent()) {
      isInterleaved = identified.isInterleaved();
      sentBefore = sent;
      sent = 0;
    }
    return identified;
  }

  private Identified identifyNew(NtpPacket packet, Now stamp) {
    boolean isQuestion = !isPrompt(packet);
    if (packet.origin().isUnknown()
        || packet.receive().isUnknown()
        || packet.transmit().isUnknown()) {
      return Identified.drop(DropReason.ZERO_STAMP, isQuestion);
    }
    if (question.isAnsweredBasic(packet)) {
      Now left = question.close();
      return Identified.basic(
          new Exchange(left, packet.receive(), packet.transmit(), stamp), isQuestion);
    }
    Theirs asked = answered;
    if (asked == null || !question.isAnsweredInterleaved(packet)) {
      return Identified.drop(DropReason.BOGUS, isQuestion);
    }
    Now left = question.close();
    double kept = stamp.monotonic().secondsSince(left.monotonic());
    return Identified.interleaved(
        new Exchange(left, packet.receive(), packet.transmit(), asked.arrival()),
        Optional.empty(),
        !asked.isMeasured(),
        kept > PROMPT_SECONDS);
  }

  @Override
  public void forget() {
    question.forget();
    answered = null;
    isInterleaved = false;
  }

  @Override
  public boolean isInterleaved() {
    return isInterleaved;
  }

  private static boolean isPrompt(NtpPacket packet) {
    return !packet.receive().isUnknown()
        && packet.transmit().minus(packet.receive()).abs().toSeconds() <= PROMPT_SECONDS;
  }
}
