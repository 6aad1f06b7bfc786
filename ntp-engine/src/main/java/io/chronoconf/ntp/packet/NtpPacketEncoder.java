package io.chronoconf.ntp.packet;

import java.nio.ByteBuffer;

/// [NtpPacket] to octets; the inverse of [NtpPacketDecoder] for packets it can produce.
public final class NtpPacketEncoder {
  private NtpPacketEncoder() {}

  public static byte[] encode(NtpPacket packet) {
    ByteBuffer buffer = ByteBuffer.allocate(length(packet));
    buffer.put(PacketLayout.flags(packet.leap(), packet.version(), packet.mode()));
    buffer.put((byte) packet.stratum());
    buffer.put((byte) packet.poll());
    buffer.put((byte) packet.precision());
    buffer.putInt(PacketLayout.toShort(packet.rootDelay()));
    buffer.putInt(PacketLayout.toShort(packet.rootDispersion()));
    buffer.putInt(packet.referenceId());
    buffer.putLong(packet.reference().bits());
    buffer.putLong(packet.origin().bits());
    buffer.putLong(packet.receive().bits());
    buffer.putLong(packet.transmit().bits());
    for (ExtensionField field : packet.extensionFields()) {
      buffer.putShort((short) field.type());
      buffer.putShort((short) field.length());
      buffer.put(field.body());
    }
    packet.mac().ifPresent(mac -> buffer.putInt(mac.keyId()).put(mac.digest()));
    return buffer.array();
  }

  private static int length(NtpPacket packet) {
    int length = PacketLayout.HEADER_LENGTH;
    for (ExtensionField field : packet.extensionFields()) {
      length += field.length();
    }
    return length + packet.mac().map(mac -> Mac.KEY_ID_LENGTH + mac.digest().length).orElse(0);
  }
}
