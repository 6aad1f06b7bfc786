package io.chronoconf.ntp.packet;

import java.util.Arrays;

/// An extension field (RFC 7822 section 3). Unknown types are carried and ignored.
///
/// @param type 16 bits
/// @param body value and padding; a multiple of 4 octets, at least 12
@SuppressWarnings("ArrayRecordComponent")
public record ExtensionField(int type, byte[] body) {
  static final int PREFIX_LENGTH = 4;
  static final int MIN_LENGTH = 16;

  /// Least length of the last field if no MAC follows, so that it cannot be taken for one.
  static final int MIN_LAST_LENGTH = 28;

  public ExtensionField {
    if (type < 0 || type > 0xffff) {
      throw new IllegalArgumentException("type " + type + " is not in 0..65535");
    }
    int length = PREFIX_LENGTH + body.length;
    if (length < MIN_LENGTH || length > 0xffff || length % 4 != 0) {
      throw new IllegalArgumentException(length + " octets are no extension field");
    }
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  int length() {
    return PREFIX_LENGTH + body.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtensionField field
        && type == field.type
        && Arrays.equals(body, field.body);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(body);
  }
}
