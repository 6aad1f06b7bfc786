package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the packets of one mode say, and how an answer is known (RFC 5905 sections 8 and 9.2).
/// Owned by one association.
interface Conversation {
  /// What may be said at one moment.
  ///
  /// @param version of the packet, 1 to 4
  /// @param poll exponent of the present interval
  /// @param own a packet that says of ourselves what the system variables say
  /// @param frequency correction in force, a ratio
  /// @param survivors associations that the last selection left
  /// @param now the moment
  record Turn(int version, int poll, NtpPacket own, double frequency, int survivors, Now now) {}

  /// What a packet turned out to be.
  ///
  /// @param verdict whether it answers what we said
  /// @param exchange the stamps that it completes, if it does
  /// @param provisional the exchange of this packet itself, if its last stamp is not known yet but
  ///   can be guessed
  /// @param isNew whether that exchange was not measured before
  /// @param isInterleaved whether the stamps are those of the exchange before (RFC 9769)
  /// @param isQuestion whether the sender waits for an answer
  record Identified(
      Verdict verdict,
      Optional<Exchange> exchange,
      Optional<Exchange> provisional,
      boolean isNew,
      boolean isInterleaved,
      boolean isQuestion) {
    static Identified drop(Verdict verdict, boolean isQuestion) {
      return new Identified(verdict, Optional.empty(), Optional.empty(), false, false, isQuestion);
    }

    static Identified drop(DropReason reason, boolean isQuestion) {
      return drop(Verdict.drop(reason), isQuestion);
    }

    static Identified basic(Exchange exchange, boolean isQuestion) {
      return new Identified(
          Verdict.accept(), Optional.of(exchange), Optional.empty(), true, false, isQuestion);
    }

    static Identified interleaved(
        Exchange exchange, Optional<Exchange> provisional, boolean isNew, boolean isQuestion) {
      return new Identified(
          Verdict.accept(), Optional.of(exchange), provisional, isNew, true, isQuestion);
    }
  }

  /// The mode that packets are judged by (RFC 5905 figure 20).
  AssociationMode mode();

  /// The packet that is due, remembered as left now; empty if this mode has nothing to say.
  Optional<NtpPacket> next(Turn turn);

  /// What we said last.
  Question question();

  /// Whether the last good answer was an interleaved one (RFC 9769).
  default boolean isInterleaved() {
    return false;
  }

  /// What is still on its way is not waited for any more.
  default void forget() {
    question().forget();
  }

  /// Looks at a packet that figure 20 lets through.
  Identified identify(NtpPacket packet, Now stamp);

  /// Seconds from the last [#next] to the next one, for modes that keep a pace of their own
  /// whatever they hear; empty where the poll process decides.
  default OptionalDouble pace() {
    return OptionalDouble.empty();
  }

  /// Time to live of what [#next] gave last; 0 for the configured one.
  default int ttl() {
    return 0;
  }

  /// A good answer was measured.
  ///
  /// @param delay round trip that the clock filter believes in now, in seconds
  default void measured(double delay) {}

  /// A packet of the other side came that is of no use while an answer is waited for.
  default void missed() {}

  /// The packet at hand is not as was expected.
  default void wonder() {}

  /// Seconds after a packet that nobody asked for, after which this mode has something to ask
  /// itself; empty if it has not.
  ///
  /// @param interval until the next such packet, in seconds
  default OptionalDouble again(double interval) {
    return OptionalDouble.empty();
  }
}
