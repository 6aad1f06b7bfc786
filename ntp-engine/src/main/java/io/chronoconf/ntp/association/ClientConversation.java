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
/// not see the packet, and it tells nothing about our clock. The time it left is kept here. So it
/// is with the receive field of a request for an interleaved answer (RFC 9769 section 2).
///
/// After the first few, answers are asked for interleaved: the request's origin names the answer
/// before, whose true transmit stamp the server then gives. The new exchange goes without one until
/// the next answer; meanwhile it is guessed. A server that does not know of this answers as ever,
/// which shows in the field that it brings back.
///
/// ```
/// request    origin: receive field of the last answer   receive: nonce 1   transmit: nonce 2
/// basic      origin: nonce 2   T2 and T3 of this exchange
/// interleaved origin: nonce 1  T2 of this exchange, T3 of the one before
/// ```
final class ClientConversation implements Conversation {
  /// So many requests without an answer after which the last answer is too old to be completed.
  private static final int MAX_MISSED = 4;

  /// So many answers come first: each is of use at once when there is nothing yet.
  private static final int FIRST_ANSWERS = 4;

  /// Who gave so many basic answers in a row is asked for interleaved ones no more, but for a few
  /// times in each long run: it may have been replaced.
  private static final int BASIC_ANSWERS_TRIED = 8;

  private static final int BASIC_ANSWERS_RUN = 256;

  /// The last good answer.
  ///
  /// @param originate when its request left
  /// @param receive when the server had that, by the server's clock; names the answer to the server
  /// @param destination when the answer arrived
  /// @param isMeasured whether it came with its own transmit stamp
  private record Last(Now originate, NtpTimestamp receive, Now destination, boolean isMeasured) {}

  private final boolean asksInterleaved;
  private final RandomGenerator random;
  private final Question question = new Question();
  private NtpTimestamp lastTransmit = NtpTimestamp.UNKNOWN;
  private @Nullable Last last;
  private final Turnarounds turnarounds = new Turnarounds();
  private int missed;
  private int basicAnswers;
  private boolean isInterleaved;

  ClientConversation(RandomGenerator random) {
    this(true, random);
  }

  /// @param asksInterleaved whether to ask for interleaved answers at all
  ClientConversation(boolean asksInterleaved, RandomGenerator random) {
    this.asksInterleaved = asksInterleaved;
    this.random = random;
  }

  @Override
  public AssociationMode mode() {
    return AssociationMode.CLIENT;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    if (missed >= MAX_MISSED) {
      last = null;
    }
    missed++;
    Last answer = last;
    NtpTimestamp transmit = nonce();
    if (answer == null || !isWorthAsking()) {
      question.ask(transmit, turn.now());
      return Optional.of(NtpPacket.request(turn.version(), turn.poll(), transmit));
    }
    NtpTimestamp receive = nonce();
    question.ask(receive, transmit, turn.now());
    return Optional.of(
        NtpPacket.request(turn.version(), turn.poll(), answer.receive(), receive, transmit));
  }

  private boolean isWorthAsking() {
    int tried = basicAnswers - FIRST_ANSWERS;
    return asksInterleaved && tried >= 0 && tried % BASIC_ANSWERS_RUN < BASIC_ANSWERS_TRIED;
  }

  private NtpTimestamp nonce() {
    long bits = random.nextLong();
    return new NtpTimestamp(bits == 0 ? 1 : bits);
  }

  @Override
  public Question question() {
    return question;
  }

  @Override
  public void forget() {
    question.forget();
    last = null;
  }

  @Override
  public boolean isInterleaved() {
    return isInterleaved;
  }

  @Override
  public Identified identify(NtpPacket answer, Now stamp) {
    boolean isForLast = last != null && question.isAnsweredInterleaved(answer);
    Verdict verdict =
        isForLast
            // A server may give the very stamp that the answer before had.
            ? PacketTests.identity(answer, Optional.of(question.receive()), NtpTimestamp.UNKNOWN)
            : PacketTests.identity(answer, question.transmit(), lastTransmit);
    if (verdict instanceof Verdict.Drop) {
      return Identified.drop(verdict, false);
    }
    Last before = last;
    Now left = question.close();
    missed = 0;
    Identified identified =
        isForLast && before != null
            ? completed(before, left, answer, stamp)
            : Identified.basic(
                new Exchange(left, answer.receive(), answer.transmit(), stamp), false);
    remember(answer, identified, left, stamp);
    return identified;
  }

  private Identified completed(Last before, Now left, NtpPacket answer, Now stamp) {
    turnarounds.add(answer.transmit().minus(before.receive()));
    NtpTimestamp guessed = answer.receive().plus(turnarounds.least());
    return Identified.interleaved(
        new Exchange(before.originate(), before.receive(), answer.transmit(), before.destination()),
        Optional.of(new Exchange(left, answer.receive(), guessed, stamp)),
        !before.isMeasured(),
        false);
  }

  private void remember(NtpPacket answer, Identified identified, Now left, Now stamp) {
    Exchange exchange = identified.exchange().orElseThrow();
    if (PacketTests.content(answer, exchange) instanceof Verdict.Drop) {
      last = null;
      isInterleaved = false;
      return;
    }
    isInterleaved = identified.isInterleaved();
    basicAnswers = isInterleaved ? FIRST_ANSWERS : basicAnswers + 1;
    lastTransmit = answer.transmit();
    last = new Last(left, answer.receive(), stamp, !isInterleaved);
  }
}
