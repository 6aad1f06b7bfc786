package io.chronoconf.agent.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/// Makes certificates for tests, which the JDK has no public means for: P-256 keys, version 3,
/// valid today.
public final class TestCertificates {
  private static final AtomicLong SERIAL = new AtomicLong();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /// A certificate and its key.
  public record Identity(KeyPair keys, X509Certificate certificate) {
    /// The certificate as PEM.
    public String pem() throws GeneralSecurityException {
      return block("CERTIFICATE", certificate.getEncoded());
    }

    /// The private key as PEM.
    public String keyPem() {
      return block("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /// The SHA-256 fingerprint, as ietf-x509-cert-to-name writes it.
    public String fingerprint() throws GeneralSecurityException {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return "04:" + HexFormat.ofDelimiter(":").formatHex(hash);
    }
  }

  /// A subjectAltName.
  @SuppressWarnings("ArrayRecordComponent")
  public record AlternativeName(int tag, byte[] content) {
    public static AlternativeName mail(String address) {
      return new AlternativeName(0x81, address.getBytes(StandardCharsets.US_ASCII));
    }

    public static AlternativeName dns(String name) {
      return new AlternativeName(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }

    public static AlternativeName ip(String address) {
      return new AlternativeName(0x87, InetAddress.ofLiteral(address).getAddress());
    }
  }

  private TestCertificates() {}

  /// A certificate that signs itself and may sign others.
  public static Identity authority(String subject) throws GeneralSecurityException {
    KeyPair keys = keys();
    return new Identity(keys, certificate(subject, keys, subject, keys, true, List.of()));
  }

  /// A certificate that an authority has signed.
  public static Identity signed(Identity by, String subject, AlternativeName... names)
      throws GeneralSecurityException {
    return signed(by, subject, false, names);
  }

  /// The same, for another authority.
  public static Identity intermediate(Identity by, String subject) throws GeneralSecurityException {
    return signed(by, subject, true);
  }

  private static Identity signed(
      Identity by, String subject, boolean isAuthority, AlternativeName... names)
      throws GeneralSecurityException {
    KeyPair keys = keys();
    String issuer = by.certificate().getSubjectX500Principal().getName();
    return new Identity(
        keys, certificate(subject, keys, issuer, by.keys(), isAuthority, List.of(names)));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String subject,
      KeyPair keys,
      String issuer,
      KeyPair signer,
      boolean isAuthority,
      List<AlternativeName> names)
      throws GeneralSecurityException {
    byte[] algorithm = sequence(oid("2a8648ce3d040302"));
    byte[] body =
        sequence(
            der(0xa0, der(0x02, new byte[] {2})),
            der(0x02, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
            algorithm,
            new X500Principal(issuer).getEncoded(),
            sequence(time(-3_600), time(86_400)),
            new X500Principal(subject).getEncoded(),
            keys.getPublic().getEncoded(),
            der(0xa3, sequence(extensions(isAuthority, names).toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(body);
    byte[] whole = sequence(body, algorithm, der(0x03, join(new byte[1], signature.sign())));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static List<byte[]> extensions(boolean isAuthority, List<AlternativeName> names) {
    List<byte[]> extensions = new ArrayList<>();
    byte[] authority = isAuthority ? der(0x01, new byte[] {-1}) : new byte[0];
    extensions.add(
        sequence(oid("551d13"), der(0x01, new byte[] {-1}), der(0x04, sequence(authority))));
    if (!names.isEmpty()) {
      byte[][] all = names.stream().map(n -> der(n.tag(), n.content())).toArray(byte[][]::new);
      extensions.add(sequence(oid("551d11"), der(0x04, sequence(all))));
    }
    return extensions;
  }

  private static byte[] time(long secondsFromNow) {
    String text = TIME.format(Instant.now().plusSeconds(secondsFromNow));
    return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] oid(String hex) {
    return der(0x06, HexFormat.of().parseHex(hex));
  }

  private static byte[] sequence(byte[]... parts) {
    return der(0x30, join(parts));
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    byte[] head;
    if (length < 0x80) {
      head = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static String block(String name, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            name, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), name);
  }
}
