package io.chronoconf.agent.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads certificates and keys out of text: PEM (RFC 7468), or DER in base 64 without the frame.
/// Pure.
public final class PemText {
  /// Longer chains than this are nobody's.
  static final int MAX_CERTIFICATES = 16;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemText() {}

  /// All certificates of the text, in its order; at least one.
  ///
  /// @throws IllegalArgumentException if there is none or one cannot be read; the message says what
  ///   to do
  public static List<X509Certificate> certificates(String text) {
    List<X509Certificate> found =
        blocks(text, "CERTIFICATE").stream().map(PemText::certificate).toList();
    if (found.isEmpty() || found.size() > MAX_CERTIFICATES) {
      throw new IllegalArgumentException(
          "Give 1 to %d X.509 certificates, as PEM blocks \"BEGIN CERTIFICATE\" or one as DER in"
                  .formatted(MAX_CERTIFICATES)
              + " base 64: this has "
              + found.size()
              + ".");
    }
    return found;
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "This is no X.509 certificate: give it as PEM, or as DER in base 64.", e);
    }
  }

  /// The private key of the text.
  ///
  /// @throws IllegalArgumentException if there is none that can be read; the message says what to
  ///   do and nothing of the key
  public static PrivateKey privateKey(String text) {
    List<byte[]> found = blocks(text, "PRIVATE KEY");
    if (found.size() == 1) {
      for (String algorithm : KEY_ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(found.getFirst()));
        } catch (GeneralSecurityException _) {
          // The key of another algorithm.
        }
      }
    }
    throw new IllegalArgumentException(
        "Give one private key of kind EC, RSA or Ed25519, not encrypted, as a PEM block \"BEGIN"
            + " PRIVATE KEY\" (PKCS #8) or as DER in base 64; openssl pkcs8 -topk8 -nodes makes"
            + " one of other forms.");
  }

  /// Whether the two belong together.
  public static boolean isPair(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] sample = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      byte[] signature = signer.sign();
      signer.initVerify(publicKey);
      signer.update(sample);
      return signer.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static List<byte[]> blocks(String text, String kind) {
    Matcher matcher = BLOCK.matcher(text);
    Stream<String> bodies =
        text.contains("-----BEGIN")
            ? matcher.results().filter(b -> b.group(1).equals(kind)).map(b -> b.group(2))
            : Stream.of(text);
    return bodies.map(PemText::decoded).toList();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("This is not PEM, nor DER in base 64.", e);
    }
  }
}
