package io.chronoconf.ntp.control;

import io.chronoconf.ntp.time.MonotonicTime;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Proofs that who asks gets what is sent to its address: given out on request, and good for 16 s
/// for that address. Nothing is kept about them.
///
/// One is the letter n, 16 hexadecimal digits of a keyed digest over address and time, and the
/// time.
final class Nonces {
  static final long LIFE_MILLIS = 16_000;

  private static final int SECRET_LENGTH = 32;
  private static final int SEAL_LENGTH = 8;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String ALGORITHM = "HmacSHA256";

  /// The letter keeps clients from taking one for a number.
  private static final Pattern SHAPE = Pattern.compile("n[0-9a-f]{16}([0-9a-f]{1,16})");

  private final RandomGenerator random;
  private byte @Nullable [] secret;

  /// @param random not used before the first nonce
  Nonces(RandomGenerator random) {
    this.random = random;
  }

  /// A nonce for this address.
  String of(InetAddress source, MonotonicTime now) {
    long millis = Math.floorDiv(now.nanos(), NANOS_PER_MILLI);
    return "n" + HexFormat.of().formatHex(seal(source, millis)) + Long.toHexString(millis);
  }

  /// Whether it was given to this address less than 16 s ago.
  boolean isGood(String nonce, InetAddress source, MonotonicTime now) {
    Matcher shape = SHAPE.matcher(nonce);
    if (!shape.matches()) {
      return false;
    }
    long millis = Long.parseUnsignedLong(shape.group(1), 16);
    long age = Math.floorDiv(now.nanos(), NANOS_PER_MILLI) - millis;
    String good = of(source, new MonotonicTime(millis * NANOS_PER_MILLI));
    // In constant time: what is compared is a secret.
    boolean isOurs =
        MessageDigest.isEqual(
            good.getBytes(StandardCharsets.US_ASCII), nonce.getBytes(StandardCharsets.US_ASCII));
    return isOurs && age >= 0 && age < LIFE_MILLIS;
  }

  private byte[] seal(InetAddress source, long millis) {
    byte[] key = secret;
    if (key == null) {
      key = new byte[SECRET_LENGTH];
      random.nextBytes(key);
      secret = key;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(source.getAddress());
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, millis));
      return ByteBuffer.allocate(SEAL_LENGTH).put(mac.doFinal(), 0, SEAL_LENGTH).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
