package io.chronoconf.ntp.packet;

import io.chronoconf.ntp.packet.DecodeResult.Malformed;
import io.chronoconf.ntp.packet.DecodeResult.Reason;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Octets to [NtpPacket]. Never throws, whatever the octets are.
public final class NtpPacketDecoder {
  private NtpPacketDecoder() {}

  public static DecodeResult decode(byte[] bytes) {
    if (bytes.length < PacketLayout.HEADER_LENGTH) {
      return new Malformed(Reason.TOO_SHORT, bytes.length);
    }
    if (bytes.length > PacketLayout.MAX_PACKET_LENGTH) {
      return new Malformed(Reason.TOO_LONG, PacketLayout.MAX_PACKET_LENGTH);
    }
    byte flags = bytes[PacketLayout.FLAGS];
    int version = PacketLayout.version(flags);
    if (version < PacketLayout.MIN_VERSION || version > PacketLayout.MAX_VERSION) {
      return new Malformed(Reason.VERSION, PacketLayout.FLAGS);
    }
    if (PacketLayout.mode(flags) > PacketLayout.MODE_BROADCAST) {
      return new Malformed(Reason.MODE, PacketLayout.FLAGS);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int macStart = TrailingFields.macStart(buffer, 0, bytes.length);
    if (macStart < 0) {
      return new Malformed(Reason.TRAILING_FIELDS, -1 - macStart);
    }
    return new DecodeResult.Decoded(
        header(buffer, fields(buffer, macStart), mac(buffer, macStart)));
  }

  private static NtpPacket header(
      ByteBuffer buffer, List<ExtensionField> fields, Optional<Mac> mac) {
    byte flags = buffer.get(PacketLayout.FLAGS);
    return new NtpPacket(
        PacketLayout.leap(flags),
        PacketLayout.version(flags),
        PacketLayout.mode(flags),
        buffer.get(PacketLayout.STRATUM) & 0xff,
        buffer.get(PacketLayout.POLL),
        buffer.get(PacketLayout.PRECISION),
        PacketLayout.fromShort(buffer.getInt(PacketLayout.ROOT_DELAY)),
        PacketLayout.fromShort(buffer.getInt(PacketLayout.ROOT_DISPERSION)),
        buffer.getInt(PacketLayout.REFERENCE_ID),
        new NtpTimestamp(buffer.getLong(PacketLayout.REFERENCE)),
        new NtpTimestamp(buffer.getLong(PacketLayout.ORIGIN)),
        new NtpTimestamp(buffer.getLong(PacketLayout.RECEIVE)),
        new NtpTimestamp(buffer.getLong(PacketLayout.TRANSMIT)),
        fields,
        mac);
  }

  private static List<ExtensionField> fields(ByteBuffer buffer, int end) {
    List<ExtensionField> fields = new ArrayList<>();
    int at = PacketLayout.HEADER_LENGTH;
    while (at < end) {
      int length = buffer.getShort(at + 2) & 0xffff;
      byte[] body = new byte[length - ExtensionField.PREFIX_LENGTH];
      buffer.get(at + ExtensionField.PREFIX_LENGTH, body);
      fields.add(new ExtensionField(buffer.getShort(at) & 0xffff, body));
      at += length;
    }
    return fields;
  }

  private static Optional<Mac> mac(ByteBuffer buffer, int start) {
    if (start == buffer.limit()) {
      return Optional.empty();
    }
    byte[] digest = new byte[buffer.limit() - start - Mac.KEY_ID_LENGTH];
    buffer.get(start + Mac.KEY_ID_LENGTH, digest);
    return Optional.of(new Mac(buffer.getInt(start), digest));
  }
}
