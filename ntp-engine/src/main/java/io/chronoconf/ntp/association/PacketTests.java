package io.chronoconf.ntp.association;

import io.chronoconf.ntp.packet.Mac;
import io.chronoconf.ntp.packet.NtpPacket;
import io.chronoconf.ntp.packet.PacketLayout;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.Optional;

/// The tests of RFC 5905 section 9.2 on a server's answer, as pure functions. They come in two
/// steps: [#identity] says whether it answers our question at all, and only then its header may be
/// looked at; [#content] says whether it carries time.
public final class PacketTests {
  /// The longest root distance of a good header (MAXDISP).
  static final double MAX_DISTANCE = 16;

  /// A precision beyond which a server is not believed to be that coarse, log2 seconds.
  private static final int MOST_PRECISION = -7;

  private static final int UNSYNCHRONIZED_LEAP = 3;
  private static final int UNSYNCHRONIZED_STRATUM = 16;

  private PacketTests() {}

  /// Whether the packet answers what we asked. A kiss-o'-death passes only if it does, for anybody
  /// can forge one.
  ///
  /// @param asked the transmit field of our last request, empty if it was answered already
  /// @param lastTransmit transmit field of the last good answer; unknown before one
  public static Verdict identity(
      NtpPacket packet, Optional<NtpTimestamp> asked, NtpTimestamp lastTransmit) {
    if (packet.mode() != PacketLayout.MODE_SERVER) {
      return Verdict.drop(DropReason.MODE);
    }
    if (packet.origin().isUnknown()) {
      return Verdict.drop(DropReason.ZERO_STAMP);
    }
    if (!lastTransmit.isUnknown() && packet.transmit().equals(lastTransmit)) {
      return Verdict.drop(DropReason.DUPLICATE);
    }
    if (asked.isEmpty() || !packet.origin().equals(asked.get())) {
      return Verdict.drop(DropReason.BOGUS);
    }
    if (packet.mac().map(Mac::isCryptoNak).orElse(false)) {
      return Verdict.drop(DropReason.AUTHENTICATION);
    }
    return Verdict.accept();
  }

  /// Whether a packet that passed [#identity] carries time, if its stamps belong together.
  public static Verdict content(NtpPacket packet) {
    return content(packet, packet.transmit().minus(packet.receive()).toSeconds(), false);
  }

  /// Whether a packet that passed [#identity] carries time.
  ///
  /// @param exchange the stamps that it completes, which for an interleaved answer are not all its
  ///   own
  static Verdict content(NtpPacket packet, Exchange exchange) {
    double turnaround = exchange.transmit().minus(exchange.receive()).toSeconds();
    return content(packet, turnaround, exchange.isReversed());
  }

  private static Verdict content(NtpPacket packet, double turnaround, boolean isReversed) {
    if (packet.isKiss()) {
      return Verdict.drop(DropReason.KISS);
    }
    // A broadcast answers nobody.
    boolean isAnswer = packet.mode() != PacketLayout.MODE_BROADCAST;
    if ((isAnswer && packet.receive().isUnknown()) || packet.transmit().isUnknown()) {
      return Verdict.drop(DropReason.ZERO_STAMP);
    }
    if (packet.leap() == UNSYNCHRONIZED_LEAP
        || packet.effectiveStratum() >= UNSYNCHRONIZED_STRATUM) {
      return Verdict.drop(DropReason.UNSYNCHRONIZED);
    }
    double distance = packet.rootDelay().toSeconds() / 2 + packet.rootDispersion().toSeconds();
    // Since the stamps that tell of an exchange of ours the other clock may have been corrected.
    boolean isFromFuture =
        !packet.reference().isUnknown()
            && !isReversed
            && latest(packet).isBefore(packet.reference());
    // Random bits below its precision may make an answer leave before its request came.
    boolean isBackwards =
        isAnswer
            && !isReversed
            && turnaround < -Math.scalb(1.0, Math.min(packet.precision(), MOST_PRECISION));
    if (distance >= MAX_DISTANCE || isFromFuture || isBackwards) {
      return Verdict.drop(DropReason.BAD_HEADER);
    }
    return Verdict.accept();
  }

  private static NtpTimestamp latest(NtpPacket packet) {
    return packet.transmit().isBefore(packet.receive()) ? packet.receive() : packet.transmit();
  }
}
