package io.chronoconf.agent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.tls.CertToName.Entry;
import io.chronoconf.agent.tls.CertToName.MapType;
import io.chronoconf.agent.tls.TestCertificates.AlternativeName;
import io.chronoconf.agent.tls.TestCertificates.Identity;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CertToNameTest {
  @SuppressWarnings("NullAway.Init")
  private static Identity root;

  @SuppressWarnings("NullAway.Init")
  private static Identity middle;

  @SuppressWarnings("NullAway.Init")
  private static Identity client;

  @BeforeAll
  static void makeCertificates() throws GeneralSecurityException {
    root = TestCertificates.authority("CN=root");
    middle = TestCertificates.intermediate(root, "CN=middle");
    client =
        TestCertificates.signed(
            middle,
            "CN=Carol,OU=ops,CN=outer",
            AlternativeName.dns("Device.Example"),
            AlternativeName.mail("Carol.M@Example.COM"),
            AlternativeName.ip("2001:db8::1"),
            AlternativeName.ip("192.0.2.7"));
  }

  private static Entry entry(long id, Identity of, MapType type) throws GeneralSecurityException {
    return new Entry(id, Fingerprint.parse(of.fingerprint()), type);
  }

  private static Optional<String> user(Entry... entries) {
    List<X509Certificate> presented = List.of(client.certificate(), middle.certificate());
    return new CertToName(List.of(entries)).user(presented, List.of(root.certificate()));
  }

  @Test
  void mapsByEachType() throws GeneralSecurityException {
    assertEquals(Optional.of("eve"), user(entry(1, client, new MapType.Specified("eve"))));
    assertEquals(
        Optional.of("Carol.M@example.com"), user(entry(1, client, new MapType.SanRfc822Name())));
    assertEquals(Optional.of("device.example"), user(entry(1, client, new MapType.SanDnsName())));
    assertEquals(
        Optional.of("20010db8000000000000000000000001"),
        user(entry(1, client, new MapType.SanIpAddress())));
    assertEquals(Optional.of("device.example"), user(entry(1, client, new MapType.SanAny())));
    assertEquals(Optional.of("Carol"), user(entry(1, client, new MapType.CommonName())));
  }

  @Test
  void writesIpv4InDottedDecimal() throws GeneralSecurityException {
    Identity device = TestCertificates.signed(root, "CN=d", AlternativeName.ip("192.0.2.7"));
    CertToName map = new CertToName(List.of(entry(1, root, new MapType.SanIpAddress())));
    assertEquals(
        Optional.of("192.0.2.7"),
        map.user(List.of(device.certificate()), List.of(root.certificate())));
  }

  @Test
  void walksInTheOrderOfIdsAndPassesOverWhatGivesNoName() throws GeneralSecurityException {
    Identity plain = TestCertificates.signed(root, "CN=plain");
    CertToName map =
        new CertToName(
            List.of(
                entry(30, root, new MapType.Specified("last")),
                entry(20, root, new MapType.CommonName()),
                entry(10, root, new MapType.SanAny()),
                entry(5, client, new MapType.Specified("other"))));
    assertEquals(
        Optional.of("plain"), map.user(List.of(plain.certificate()), List.of(root.certificate())));
  }

  @Test
  void takesTheFingerprintOfATrustedAuthorityOnThePathOnly() throws GeneralSecurityException {
    assertEquals(Optional.of("Carol"), user(entry(1, root, new MapType.CommonName())));
    // Presented, but not held locally.
    assertEquals(Optional.empty(), user(entry(1, middle, new MapType.CommonName())));
    // Trusted, but it has not signed this.
    Identity other = TestCertificates.authority("CN=root");
    CertToName map = new CertToName(List.of(entry(1, other, new MapType.CommonName())));
    assertEquals(
        Optional.empty(),
        map.user(
            List.of(client.certificate(), middle.certificate(), other.certificate()),
            List.of(root.certificate(), other.certificate())));
  }

  @Test
  void givesNoNameWithoutARuleOrWithAnUnusableOne() throws GeneralSecurityException {
    assertEquals(Optional.empty(), user());
    Identity odd = TestCertificates.signed(root, "CN=a\\0Ab");
    CertToName map = new CertToName(List.of(entry(1, root, new MapType.CommonName())));
    assertEquals(
        Optional.empty(), map.user(List.of(odd.certificate()), List.of(root.certificate())));
  }

  @Test
  void refusesFingerprintsThatCannotMatch() {
    for (String bad : new String[] {"01:" + "00:".repeat(15) + "00", "04:00", "99:00", "00"}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(bad), bad);
      assertTrue(String.valueOf(e.getMessage()).contains("octet"), e.getMessage());
    }
  }
}
