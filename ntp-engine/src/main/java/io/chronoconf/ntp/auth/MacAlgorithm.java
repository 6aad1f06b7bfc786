package io.chronoconf.ntp.auth;

/// How a message authentication code is computed, and how long it is on the wire.
public enum MacAlgorithm {
  /// MD5 of key and packet (RFC 5905).
  MD5("MD5", 16),
  /// SHA-1 of key and packet.
  SHA_1("SHA-1", 20),
  /// HMAC (RFC 2104) with SHA-1.
  HMAC_SHA_1("HmacSHA1", 20),
  /// The first 12 octets of that.
  HMAC_SHA1_12("HmacSHA1", 12),
  /// HMAC with SHA-256.
  HMAC_SHA_256("HmacSHA256", 32),
  /// HMAC with SHA-384.
  HMAC_SHA_384("HmacSHA384", 48),
  /// HMAC with SHA-512.
  HMAC_SHA_512("HmacSHA512", 64),
  /// AES-128-CMAC (RFC 8573, RFC 4493); its keys have 16 octets.
  AES_CMAC("AES/ECB/NoPadding", 16);

  private final String javaName;
  private final int digestLength;

  MacAlgorithm(String javaName, int digestLength) {
    this.javaName = javaName;
    this.digestLength = digestLength;
  }

  String javaName() {
    return javaName;
  }

  /// Octets on the wire.
  public int digestLength() {
    return digestLength;
  }
}
