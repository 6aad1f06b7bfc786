package io.chronoconf.ntp.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Computes the digests of one key. One thread.
abstract sealed class KeyedDigest {
  private final int length;

  private KeyedDigest(int length) {
    this.length = length;
  }

  static KeyedDigest of(MacAlgorithm algorithm, byte[] secret) {
    try {
      return switch (algorithm) {
        case MD5, SHA_1 ->
            new Prefixed(
                MessageDigest.getInstance(algorithm.javaName()), secret, algorithm.digestLength());
        case HMAC_SHA_1, HMAC_SHA1_12, HMAC_SHA_256, HMAC_SHA_384, HMAC_SHA_512 -> {
          Mac mac = Mac.getInstance(algorithm.javaName());
          mac.init(new SecretKeySpec(secret, algorithm.javaName()));
          yield new Keyed(mac, algorithm.digestLength());
        }
        case AES_CMAC -> new Cmac(new AesCmac(secret), algorithm.digestLength());
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm.javaName(), e);
    }
  }

  /// The digest of the first octets of a packet.
  final byte[] of(byte[] packet, int offset, int size) {
    byte[] whole = compute(packet, offset, size);
    return whole.length == length ? whole : Arrays.copyOf(whole, length);
  }

  abstract byte[] compute(byte[] packet, int offset, int size);

  private static final class Prefixed extends KeyedDigest {
    private final MessageDigest digest;
    private final byte[] secret;

    Prefixed(MessageDigest digest, byte[] secret, int length) {
      super(length);
      this.digest = digest;
      this.secret = secret;
    }

    @Override
    byte[] compute(byte[] packet, int offset, int size) {
      digest.update(secret);
      digest.update(packet, offset, size);
      return digest.digest();
    }
  }

  private static final class Keyed extends KeyedDigest {
    private final Mac mac;

    Keyed(Mac mac, int length) {
      super(length);
      this.mac = mac;
    }

    @Override
    byte[] compute(byte[] packet, int offset, int size) {
      mac.update(packet, offset, size);
      return mac.doFinal();
    }
  }

  private static final class Cmac extends KeyedDigest {
    private final AesCmac cmac;

    Cmac(AesCmac cmac, int length) {
      super(length);
      this.cmac = cmac;
    }

    @Override
    byte[] compute(byte[] packet, int offset, int size) {
      return cmac.of(packet, offset, size);
    }
  }
}
