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
final class SymmetricConversation implements Conversation {
  /// A packet that was kept longer than this is no answer given at once. More than answers are kept
  /// from each other, so that no answer is ever answered.
  private static final double PROMPT_SECONDS = 1.5;

  /// What the other side said last.
  private record Theirs(NtpTimestamp transmit, MonotonicTime arrival) {}

  private final AssociationMode mode;
  private final int precision;
  private final RandomGenerator random;
  private final Question question = new Question();
  private @Nullable Theirs theirs;

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
    NtpTimestamp transmit = turn.now().local().fuzzed(precision, random);
    question.ask(transmit, turn.now());
    Theirs last = theirs;
    return Optional.of(
        turn.own()
            .speaking(
                turn.version(),
                mode.wireMode(),
                turn.poll(),
                last == null ? NtpTimestamp.UNKNOWN : last.transmit(),
                last == null ? NtpTimestamp.UNKNOWN : arrival(last, turn),
                transmit));
  }

  /// When it arrived by the local clock as it is now: a step in between must not look as time that
  /// went by.
  private static NtpTimestamp arrival(Theirs last, Turn turn) {
    double ago = turn.now().monotonic().secondsSince(last.arrival()) * (1 + turn.frequency());
    return turn.now().local().plus(NtpDuration.ofSeconds(-ago));
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
    if (last != null && packet.transmit().equals(last.transmit())) {
      return Identified.drop(DropReason.DUPLICATE, false);
    }
    boolean isPrompt = isPrompt(packet);
    theirs =
        packet.transmit().isUnknown() ? null : new Theirs(packet.transmit(), stamp.monotonic());
    if (packet.origin().isUnknown()
        || packet.receive().isUnknown()
        || packet.transmit().isUnknown()) {
      return Identified.drop(DropReason.ZERO_STAMP, !isPrompt);
    }
    return question.isAnsweredBy(packet)
        ? Identified.as(question.complete(packet, stamp), !isPrompt)
        : Identified.drop(DropReason.BOGUS, !isPrompt);
  }

  private static boolean isPrompt(NtpPacket packet) {
    return !packet.receive().isUnknown()
        && packet.transmit().minus(packet.receive()).abs().toSeconds() <= PROMPT_SECONDS;
  }
}
