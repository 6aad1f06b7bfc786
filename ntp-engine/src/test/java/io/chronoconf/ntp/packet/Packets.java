package io.chronoconf.ntp.packet;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.List;
import java.util.Optional;

/// Packets for tests.
public final class Packets {
  private Packets() {}

  /// A synchronized stratum-1 server's answer.
  public static NtpPacket answer(NtpTimestamp origin, NtpTimestamp receive, NtpTimestamp transmit) {
    return header(0, 1, ReferenceId.ofAscii("GPS").bits(), origin, receive, transmit);
  }

  public static NtpPacket header(
      int leap,
      int stratum,
      int referenceId,
      NtpTimestamp origin,
      NtpTimestamp receive,
      NtpTimestamp transmit) {
    return new NtpPacket(
        leap,
        4,
        4,
        stratum,
        6,
        -22,
        NtpDuration.ofSeconds(0.001),
        NtpDuration.ofSeconds(0.002),
        referenceId,
        receive.isUnknown() ? receive : receive.plus(NtpDuration.ofSeconds(-10)),
        origin,
        receive,
        transmit,
        List.of(),
        Optional.empty());
  }

  public static NtpPacket withRoot(NtpPacket packet, double delay, double dispersion) {
    return new NtpPacket(
        packet.leap(),
        packet.version(),
        packet.mode(),
        packet.stratum(),
        packet.poll(),
        packet.precision(),
        NtpDuration.ofSeconds(delay),
        NtpDuration.ofSeconds(dispersion),
        packet.referenceId(),
        packet.reference(),
        packet.origin(),
        packet.receive(),
        packet.transmit(),
        packet.extensionFields(),
        packet.mac());
  }

  public static NtpPacket withReference(NtpPacket packet, NtpTimestamp reference) {
    return new NtpPacket(
        packet.leap(),
        packet.version(),
        packet.mode(),
        packet.stratum(),
        packet.poll(),
        packet.precision(),
        packet.rootDelay(),
        packet.rootDispersion(),
        packet.referenceId(),
        reference,
        packet.origin(),
        packet.receive(),
        packet.transmit(),
        packet.extensionFields(),
        packet.mac());
  }

  public static NtpPacket withMode(NtpPacket packet, int mode) {
    return new NtpPacket(
        packet.leap(),
        packet.version(),
        mode,
        packet.stratum(),
        packet.poll(),
        packet.precision(),
        packet.rootDelay(),
        packet.rootDispersion(),
        packet.referenceId(),
        packet.reference(),
        packet.origin(),
        packet.receive(),
        packet.transmit(),
        packet.extensionFields(),
        packet.mac());
  }

  public static NtpPacket withTrailer(
      NtpPacket packet, List<ExtensionField> fields, Optional<Mac> mac) {
    return new NtpPacket(
        packet.leap(),
        packet.version(),
        packet.mode(),
        packet.stratum(),
        packet.poll(),
        packet.precision(),
        packet.rootDelay(),
        packet.rootDispersion(),
        packet.referenceId(),
        packet.reference(),
        packet.origin(),
        packet.receive(),
        packet.transmit(),
        fields,
        mac);
  }
}
