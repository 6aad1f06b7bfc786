package io.chronoconf.ntp.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The attributes of a message of netlink, or of an attribute that holds others.
///
/// @param byType the first of each type, little-endian
record NetlinkAttributes(Map<Integer, ByteBuffer> byType) {
  /// Reads attributes up to the first one whose length cannot be.
  ///
  /// @param all the octets from the first attribute on
  static NetlinkAttributes read(ByteBuffer all) {
    ByteBuffer data = all.slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, ByteBuffer> byType = new HashMap<>();
    int at = 0;
    while (data.limit() - at >= NetlinkAbi.ATTRIBUTE_SIZE) {
      int length = Short.toUnsignedInt(data.getShort(at));
      if (length < NetlinkAbi.ATTRIBUTE_SIZE || length > data.limit() - at) {
        break;
      }
      int type = data.getShort(at + NetlinkAbi.ATTRIBUTE_TYPE) & NetlinkAbi.ATTRIBUTE_TYPE_MASK;
      ByteBuffer value =
          data.slice(at + NetlinkAbi.ATTRIBUTE_SIZE, length - NetlinkAbi.ATTRIBUTE_SIZE);
      byType.putIfAbsent(type, value.order(ByteOrder.LITTLE_ENDIAN));
      at += NetlinkAbi.aligned(length);
    }
    return new NetlinkAttributes(byType);
  }

  /// The attributes inside one; none if it is missing.
  NetlinkAttributes inside(int type) {
    return value(type)
        .map(NetlinkAttributes::read)
        .orElseGet(() -> new NetlinkAttributes(Map.of()));
  }

  Optional<ByteBuffer> value(int type) {
    return Optional.ofNullable(byType.get(type));
  }

  Optional<byte[]> octets(int type) {
    return value(type)
        .map(
            value -> {
              byte[] octets = new byte[value.limit()];
              value.get(0, octets);
              return octets;
            });
  }

  /// A number of one or of four octets.
  Optional<Integer> number(int type) {
    return value(type)
        .flatMap(
            value ->
                switch (value.limit()) {
                  case 1 -> Optional.of(Byte.toUnsignedInt(value.get(0)));
                  case 4 -> Optional.of(value.getInt(0));
                  default -> Optional.empty();
                });
  }

  /// The text before the first zero octet; empty if the attribute is missing.
  String text(int type) {
    byte[] octets = octets(type).orElse(new byte[0]);
    int length = 0;
    while (length < octets.length && octets[length] != 0) {
      length++;
    }
    return new String(octets, 0, length, UTF_8);
  }
}
