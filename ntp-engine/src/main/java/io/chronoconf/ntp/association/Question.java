package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last packet of ours, as long as nothing answered it. Owned by one conversation.
final class Question {
  private @Nullable NtpTimestamp transmit;
  private @Nullable Now originate;

  /// A packet leaves; one that waits no longer counts.
  ///
  /// @param field its transmit field, which the answer brings back
  void ask(NtpTimestamp field, Now now) {
    transmit = field;
    originate = now;
  }

  /// No answer counts any more.
  void forget() {
    transmit = null;
  }

  /// When a packet left, more exactly, if it is the one that waits.
  void stamp(long field, Now stamp) {
    NtpTimestamp asked = transmit;
    if (asked != null && asked.bits() == field) {
      originate = stamp;
    }
  }

  /// What its answer brings back; empty if it was answered.
  Optional<NtpTimestamp> transmit() {
    return Optional.ofNullable(transmit);
  }

  boolean isAnsweredBy(NtpPacket packet) {
    return packet.origin().equals(transmit);
  }

  /// The exchange that an answer completes. A second copy of it will find nothing that it answers.
  ///
  /// @param answer one for which [#isAnsweredBy] is true
  Exchange complete(NtpPacket answer, Now destination) {
    Now left = originate;
    if (left == null) {
      throw new IllegalStateException("nothing was asked");
    }
    transmit = null;
    return new Exchange(left, answer.receive(), answer.transmit(), destination);
  }
}
