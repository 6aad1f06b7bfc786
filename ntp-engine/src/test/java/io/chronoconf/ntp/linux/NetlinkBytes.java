package io.chronoconf.ntp.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes messages of rtnetlink octet by octet, as the kernel's headers lay them out; it shares no
/// number with the reader.
final class NetlinkBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private NetlinkBytes() {}

  static NetlinkBytes nothing() {
    return new NetlinkBytes();
  }

  /// `struct ifinfomsg`.
  static NetlinkBytes link(int hardware, int index, int flags) {
    return nothing().u8(0).u8(0).u16(hardware).u32(index).u32(flags).u32(0);
  }

  /// `struct ifaddrmsg`.
  static NetlinkBytes address(int family, int prefix, int flags, int index) {
    return nothing().u8(family).u8(prefix).u8(flags).u8(0).u32(index);
  }

  NetlinkBytes u8(int value) {
    bytes.write(value);
    return this;
  }

  NetlinkBytes u16(int value) {
    return u8(value & 0xff).u8(value >>> 8 & 0xff);
  }

  NetlinkBytes u32(int value) {
    return u16(value & 0xffff).u16(value >>> 16);
  }

  NetlinkBytes u64(long value) {
    return u32((int) value).u32((int) (value >>> 32));
  }

  NetlinkBytes raw(byte[] octets) {
    bytes.writeBytes(octets);
    return this;
  }

  NetlinkBytes attribute(int type, byte[] value) {
    u16(4 + value.length).u16(type).raw(value);
    while (bytes.size() % 4 != 0) {
      u8(0);
    }
    return this;
  }

  NetlinkBytes attribute(int type, NetlinkBytes value) {
    return attribute(type, value.octets());
  }

  NetlinkBytes number(int type, int value) {
    return attribute(type, nothing().u32(value));
  }

  NetlinkBytes text(int type, String value) {
    return attribute(type, (value + "\0").getBytes(UTF_8));
  }

  /// IFLA_LINKINFO with its kind alone.
  NetlinkBytes kind(String kind) {
    return attribute(18, nothing().text(1, kind));
  }

  byte[] octets() {
    return bytes.toByteArray();
  }

  /// With `struct nlmsghdr` before it.
  byte[] message(int type, int flags, int sequence) {
    byte[] body = octets();
    return nothing()
        .u32(16 + body.length)
        .u16(type)
        .u16(flags)
        .u32(sequence)
        .u32(4711)
        .raw(body)
        .octets();
  }

  static ByteBuffer buffer(byte[] octets) {
    return ByteBuffer.wrap(octets).order(ByteOrder.BIG_ENDIAN);
  }
}
