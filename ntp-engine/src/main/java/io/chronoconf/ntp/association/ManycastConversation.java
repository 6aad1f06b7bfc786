package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import io.chronoconf.ntp.time.PollExponent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// Mode 3 to a group: looks for servers further and further away until enough of them survive the
/// selection, and looks again when they are gone (RFC 5905 section 3.1). Whoever answers becomes an
/// association of its own; nothing is measured here.
final class ManycastConversation implements Conversation {
  private final ManycastSearch search;
  private final double restSeconds;
  private final RandomGenerator random;
  private final Question question = new Question();
  private int ttl;
  private double pace = PollExponent.MIN.seconds();

  /// @param restSeconds how often to look whether enough servers are left
  ManycastConversation(ManycastSearch search, double restSeconds, RandomGenerator random) {
    this.search = search;
    this.restSeconds = restSeconds;
    this.random = random;
  }

  @Override
  public AssociationMode mode() {
    return AssociationMode.CLIENT;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    if (turn.survivors() >= search.enough()) {
      ttl = 0;
      pace = restSeconds;
      return Optional.empty();
    }
    widen();
    long bits = random.nextLong();
    NtpTimestamp nonce = new NtpTimestamp(bits == 0 ? 1 : bits);
    question.ask(nonce, turn.now());
    return Optional.of(NtpPacket.request(turn.version(), turn.poll(), nonce));
  }

  /// From ring to ring at the least distance that there is; beyond the last one ever more seldom,
  /// up to the beacon, and then from the beginning.
  private void widen() {
    if (ttl < search.reach()) {
      ttl = ttl == 0 ? 1 : Math.min(2 * ttl, search.reach());
      pace = PollExponent.MIN.seconds();
    } else if (pace < search.beacon().seconds()) {
      pace = Math.min(Math.max(2 * pace, restSeconds), search.beacon().seconds());
    } else {
      ttl = 1;
      pace = PollExponent.MIN.seconds();
    }
  }

  @Override
  public OptionalDouble pace() {
    return OptionalDouble.of(pace);
  }

  @Override
  public int ttl() {
    return ttl;
  }

  @Override
  public Question question() {
    return question;
  }

  @Override
  public Identified identify(NtpPacket packet, Now stamp) {
    return Identified.drop(DropReason.WRONG_SOURCE, false);
  }
}
