package io.chronoconf.agent.model.ietfsystem;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Passwords as RFC 7317 `crypt-hash` stores them: `$6$salt$hash`, or `$5$`, with or without a
/// `rounds=N$` (the SHA-crypt of Ulrich Drepper's specification, as in glibc). `$1$` (MD5) is not
/// supported: it falls to any graphics card.
///
/// @param algorithm which digest
/// @param rounds how often it is repeated
/// @param hasRounds whether the number is written out
/// @param salt up to 16 characters
record CryptHash(Algorithm algorithm, int rounds, boolean hasRounds, String salt) {
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int DEFAULT_ROUNDS = 5000;
  private static final int MIN_ROUNDS = 1000;

  /// The specification goes to 999 999 999, with which one login would take many minutes.
  private static final int MAX_ROUNDS = 1_000_000;

  private static final int MAX_SALT = 16;
  private static final String ROUNDS = "rounds=";

  /// Longer ones are refused: the time taken grows with the square of the length.
  static final int MAX_PASSWORD_BYTES = 256;

  /// The digests.
  enum Algorithm {
    SHA_256("5", "SHA-256", 10),
    SHA_512("6", "SHA-512", 21);

    private final String id;
    private final String digest;
    private final int third;

    /// @param third a third of the digest's length, rounded down
    Algorithm(String id, String digest, int third) {
      this.id = id;
      this.digest = digest;
      this.third = third;
    }
  }

  /// The stored form of a new password: SHA-512, a random salt, the usual number of rounds.
  static String ofPassword(String password, RandomGenerator random) {
    StringBuilder salt = new StringBuilder();
    for (int i = 0; i < MAX_SALT; i++) {
      salt.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new CryptHash(Algorithm.SHA_512, DEFAULT_ROUNDS, false, salt.toString()).hash(password);
  }

  /// Reads all but the hash itself; empty if the form is not one that can be checked.
  static Optional<CryptHash> parse(String stored) {
    String[] parts = stored.split("\\$", -1);
    for (Algorithm algorithm : Algorithm.values()) {
      if (parts.length >= 4 && parts[0].isEmpty() && parts[1].equals(algorithm.id)) {
        return parts.length == 4
            ? Optional.of(new CryptHash(algorithm, DEFAULT_ROUNDS, false, salt(parts[2])))
            : withRounds(algorithm, parts);
      }
    }
    return Optional.empty();
  }

  private static Optional<CryptHash> withRounds(Algorithm algorithm, String[] parts) {
    if (parts.length != 5 || !parts[2].startsWith(ROUNDS)) {
      return Optional.empty();
    }
    try {
      int rounds = Integer.parseInt(parts[2].substring(ROUNDS.length()));
      return rounds < MIN_ROUNDS || rounds > MAX_ROUNDS
          ? Optional.empty()
          : Optional.of(new CryptHash(algorithm, rounds, true, salt(parts[3])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String salt(String text) {
    return text.substring(0, Math.min(text.length(), MAX_SALT));
  }

  /// Whether the stored form is that of this password. Takes the same time whatever differs.
  static boolean matches(String stored, String password) {
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
      return false;
    }
    return parse(stored)
        .map(form -> MessageDigest.isEqual(ascii(form.hash(password)), ascii(stored)))
        .orElse(false);
  }

  /// The stored form of a password with this salt.
  String hash(String password) {
    byte[] digest = digest(password.getBytes(StandardCharsets.UTF_8), ascii(salt));
    String written = hasRounds ? ROUNDS + rounds + "$" : "";
    return "$" + algorithm.id + "$" + written + salt + "$" + encode(digest);
  }

  private byte[] digest(byte[] key, byte[] saltBytes) {
    MessageDigest sha = sha();
    byte[] alternate = sha.digest(concat(key, saltBytes, key));
    sha.update(key);
    sha.update(saltBytes);
    sha.update(stretched(alternate, key.length));
    for (int bits = key.length; bits > 0; bits >>= 1) {
      sha.update((bits & 1) != 0 ? alternate : key);
    }
    byte[] result = sha.digest();
    byte[] keySequence = stretched(repeatedDigest(key, key.length), key.length);
    byte[] saltSequence =
        stretched(repeatedDigest(saltBytes, 16 + (result[0] & 0xff)), saltBytes.length);
    for (int round = 0; round < rounds; round++) {
      boolean isOdd = (round & 1) != 0;
      sha.update(isOdd ? keySequence : result);
      if (round % 3 != 0) {
        sha.update(saltSequence);
      }
      if (round % 7 != 0) {
        sha.update(keySequence);
      }
      result = sha.digest(isOdd ? result : keySequence);
    }
    return result;
  }

  private byte[] repeatedDigest(byte[] bytes, int times) {
    MessageDigest sha = sha();
    for (int i = 0; i < times; i++) {
      sha.update(bytes);
    }
    return sha.digest();
  }

  private MessageDigest sha() {
    try {
      return MessageDigest.getInstance(algorithm.digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm.digest, e);
    }
  }

  /// Base 64 of its own: four characters for three bytes that lie a third of the digest apart, the
  /// low six bits first; the roles of the three rotate, the two digests in opposite ways.
  private String encode(byte[] digest) {
    StringBuilder text = new StringBuilder();
    int a = 0;
    int b = algorithm.third;
    int c = 2 * algorithm.third;
    for (int i = 0; i < digest.length / 3; i++) {
      append(text, bits(digest[a], digest[b], digest[c]), 4);
      int first = a + 1;
      switch (algorithm) {
        case SHA_256 -> {
          a = c + 1;
          c = b + 1;
          b = first;
        }
        case SHA_512 -> {
          a = b + 1;
          b = c + 1;
          c = first;
        }
      }
    }
    switch (algorithm) {
      case SHA_256 -> append(text, bits((byte) 0, digest[31], digest[30]), 3);
      case SHA_512 -> append(text, bits((byte) 0, (byte) 0, digest[63]), 2);
    }
    return text.toString();
  }

  private static int bits(byte high, byte middle, byte low) {
    return ((high & 0xff) << 16) | ((middle & 0xff) << 8) | (low & 0xff);
  }

  private static void append(StringBuilder text, int bits, int characters) {
    for (int i = 0; i < characters; i++) {
      text.append(ALPHABET.charAt((bits >> (6 * i)) & 0x3f));
    }
  }

  private static byte[] stretched(byte[] pattern, int length) {
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = pattern[i % pattern.length];
    }
    return result;
  }

  private static byte[] concat(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
