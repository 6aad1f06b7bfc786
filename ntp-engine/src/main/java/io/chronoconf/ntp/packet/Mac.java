package io.chronoconf.ntp.packet;

import java.util.Arrays;

/// A message authentication code (RFC 5905 section 7.3). An empty digest is a crypto-NAK.
///
/// @param keyId 32 bits
/// @param digest 0, 12, 16, 20, 32, 48 or 64 octets
@SuppressWarnings("ArrayRecordComponent")
public record Mac(int keyId, byte[] digest) {
  static final int KEY_ID_LENGTH = 4;

  public Mac {
    if (!TrailingFields.isMacLength(KEY_ID_LENGTH + digest.length)) {
      throw new IllegalArgumentException(digest.length + " octets are no digest");
    }
    digest = digest.clone();
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }

  public boolean isCryptoNak() {
    return digest.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mac mac && keyId == mac.keyId && Arrays.equals(digest, mac.digest);
  }

  @Override
  public int hashCode() {
    return 31 * keyId + Arrays.hashCode(digest);
  }
}
