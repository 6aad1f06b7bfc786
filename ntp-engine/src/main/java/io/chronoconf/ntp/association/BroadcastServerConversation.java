package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// Mode 5: tells the time to everybody on a link or in a group, as long as it knows it, and listens
/// to nobody (RFC 5905 section 3).
final class BroadcastServerConversation implements Conversation {
  private static final int UNSYNCHRONIZED_LEAP = 3;

  private final int precision;
  private final RandomGenerator random;
  private final double interval;
  private final Question question = new Question();

  /// @param precision of the local clock, log2 seconds
  /// @param interval between packets in seconds
  BroadcastServerConversation(int precision, double interval, RandomGenerator random) {
    this.precision = precision;
    this.interval = interval;
    this.random = random;
  }

  @Override
  public AssociationMode mode() {
    return AssociationMode.BROADCAST_SERVER;
  }

  @Override
  public Optional<NtpPacket> next(Turn turn) {
    if (turn.own().leap() == UNSYNCHRONIZED_LEAP) {
      return Optional.empty();
    }
    return Optional.of(
        turn.own()
            .speaking(
                turn.version(),
                PacketLayout.MODE_BROADCAST,
                turn.poll(),
                NtpTimestamp.UNKNOWN,
                NtpTimestamp.UNKNOWN,
                turn.now().local().fuzzed(precision, random)));
  }

  @Override
  public OptionalDouble pace() {
    return OptionalDouble.of(interval);
  }

  @Override
  public Question question() {
    return question;
  }

  @Override
  public Identified identify(NtpPacket packet, Now stamp) {
    return Identified.drop(DropReason.MODE, false);
  }
}
