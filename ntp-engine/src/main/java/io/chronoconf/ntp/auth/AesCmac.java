package io.chronoconf.ntp.auth;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// AES-CMAC (RFC 4493), which the JDK does not have. One thread.
final class AesCmac {
  private static final int BLOCK = 16;

  /// What a doubling in GF(2^128) folds back.
  private static final int REDUCTION = 0x87;

  private final Cipher aes;
  private final byte[] wholeKey;
  private final byte[] paddedKey;

  /// @param secret 16 octets
  AesCmac(byte[] secret) throws GeneralSecurityException {
    aes = Cipher.getInstance(MacAlgorithm.AES_CMAC.javaName());
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"));
    wholeKey = doubled(aes.doFinal(new byte[BLOCK]));
    paddedKey = doubled(wholeKey);
  }

  private static byte[] doubled(byte[] block) {
    byte[] result = new byte[BLOCK];
    int carry = 0;
    for (int i = BLOCK - 1; i >= 0; i--) {
      int shifted = (block[i] & 0xff) << 1 | carry;
      result[i] = (byte) shifted;
      carry = shifted >> 8;
    }
    if (carry != 0) {
      result[BLOCK - 1] ^= (byte) REDUCTION;
    }
    return result;
  }

  byte[] of(byte[] message, int offset, int size) {
    byte[] state = new byte[BLOCK];
    int done = 0;
    for (; size - done > BLOCK; done += BLOCK) {
      mix(state, message, offset + done, BLOCK);
      encrypt(state);
    }
    int rest = size - done;
    mix(state, message, offset + done, rest);
    if (rest < BLOCK) {
      state[rest] ^= (byte) 0x80;
    }
    mix(state, rest == BLOCK ? wholeKey : paddedKey, 0, BLOCK);
    encrypt(state);
    return state;
  }

  private static void mix(byte[] state, byte[] with, int offset, int count) {
    for (int i = 0; i < count; i++) {
      state[i] ^= with[offset + i];
    }
  }

  private void encrypt(byte[] state) {
    try {
      aes.doFinal(state.clone(), 0, BLOCK, state, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks always fit", e);
    }
  }
}
