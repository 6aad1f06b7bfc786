package io.chronoconf.agent.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/// The hash of a certificate as `tls-fingerprint` of ietf-x509-cert-to-name writes it (RFC 7407):
/// one octet that names the hash algorithm (RFC 5246 section 7.4.1.4.1), and the hash.
public final class Fingerprint {
  /// MD5 is left out: certificates with a given MD5 hash can be made.
  private static final Map<Integer, String> ALGORITHMS =
      Map.of(2, "SHA-1", 3, "SHA-224", 4, "SHA-256", 5, "SHA-384", 6, "SHA-512");

  private final String algorithm;
  private final byte[] hash;

  private Fingerprint(String algorithm, byte[] hash) {
    this.algorithm = algorithm;
    this.hash = hash;
  }

  /// Reads text such as `04:e1:3c:...`, in which 04 stands for SHA-256.
  ///
  /// @throws IllegalArgumentException if the hash is unknown or of another length; the message says
  ///   what to do
  public static Fingerprint parse(String text) {
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text.strip().toLowerCase(Locale.ROOT));
    String algorithm = bytes.length == 0 ? null : ALGORITHMS.get((int) bytes[0]);
    if (algorithm == null) {
      throw new IllegalArgumentException(
          "The first octet of a fingerprint names its hash: 02 is SHA-1, 03 SHA-224, 04 SHA-256, 05"
              + " SHA-384, 06 SHA-512. Take 04 and the SHA-256 hash of the certificate.");
    }
    int length = digest(algorithm).getDigestLength();
    if (bytes.length != length + 1) {
      throw new IllegalArgumentException(
          "A fingerprint that begins with %02d has %d octets of %s after that, not %d."
              .formatted(bytes[0], length, algorithm, bytes.length - 1));
    }
    return new Fingerprint(algorithm, Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  /// Whether it is that of the certificate.
  boolean matches(X509Certificate certificate) {
    try {
      return MessageDigest.isEqual(hash, digest(algorithm).digest(certificate.getEncoded()));
    } catch (CertificateEncodingException _) {
      return false;
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
