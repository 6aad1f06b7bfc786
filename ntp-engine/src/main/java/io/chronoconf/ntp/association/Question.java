package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last packet of ours, and whether something answered it. Owned by one conversation.
///
/// Its answer brings back one of two fields: the transmit field if it speaks of this packet (basic
/// mode), the receive field if it speaks of the packet before (interleaved mode, RFC 9769).
final class Question {
  private NtpTimestamp receive = NtpTimestamp.UNKNOWN;
  private NtpTimestamp transmit = NtpTimestamp.UNKNOWN;
  private @Nullable Now originate;
  private boolean isOpen;

  /// A packet leaves that only has a basic answer; one that waits no longer counts.
  ///
  /// @param transmitField what the answer brings back
  void ask(NtpTimestamp transmitField, Now now) {
    ask(NtpTimestamp.UNKNOWN, transmitField, now);
  }

  /// A packet leaves; one that waits no longer counts.
  ///
  /// @param receiveField what an interleaved answer brings back; unknown if there is to be none
  /// @param transmitField what a basic answer brings back
  void ask(NtpTimestamp receiveField, NtpTimestamp transmitField, Now now) {
    receive = receiveField;
    transmit = transmitField;
    originate = now;
    isOpen = true;
  }

  /// No answer counts any more.
  void forget() {
    isOpen = false;
  }

  /// When the last packet left, more exactly.
  ///
  /// @param field its transmit field
  void stamp(long field, Now stamp) {
    if (originate != null && transmit.bits() == field) {
      originate = stamp;
    }
  }

  /// The receive field of the last packet.
  NtpTimestamp receive() {
    return receive;
  }

  /// What a basic answer brings back; empty if there was an answer.
  Optional<NtpTimestamp> transmit() {
    return isOpen ? Optional.of(transmit) : Optional.empty();
  }

  /// When the last packet left, answered or not; empty before there was one.
  Optional<Now> left() {
    return Optional.ofNullable(originate);
  }

  boolean isAnsweredBy(NtpPacket packet) {
    return isAnsweredBasic(packet) || isAnsweredInterleaved(packet);
  }

  boolean isAnsweredBasic(NtpPacket packet) {
    return isOpen && packet.origin().equals(transmit);
  }

  boolean isAnsweredInterleaved(NtpPacket packet) {
    return isOpen
        && !receive.isUnknown()
        && !receive.equals(transmit)
        && packet.origin().equals(receive);
  }

  /// Takes the answer; a second copy of it will find nothing that it answers. Returns when the
  /// question left.
  Now close() {
    Now left = originate;
    if (left == null) {
      throw new IllegalStateException("nothing was asked");
    }
    isOpen = false;
    return left;
  }
}
