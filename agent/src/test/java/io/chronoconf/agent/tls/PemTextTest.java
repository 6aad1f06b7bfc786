package io.chronoconf.agent.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.tls.TestCertificates.Identity;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTextTest {
  @Test
  void readsPemWithWordsAroundItAndDerInBase64() throws Exception {
    Identity one = TestCertificates.authority("CN=one");
    Identity two = TestCertificates.authority("CN=two");
    assertEquals(
        List.of(one.certificate(), two.certificate()),
        PemText.certificates("subject=one\n" + one.pem() + "\n" + two.keyPem() + two.pem()));
    String der = Base64.getEncoder().encodeToString(one.certificate().getEncoded());
    assertEquals(List.of(one.certificate()), PemText.certificates("\n  " + der + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense!",
        "MAA=",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMAA="
      })
  void refusesWhatIsNoCertificate(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PemText.certificates(text));
    assertTrue(String.valueOf(e.getMessage()).contains("PEM"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void readsPrivateKeysAndTellsWhoseTheyAre(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    KeyPair own = generator.generateKeyPair();
    String text = Base64.getMimeEncoder().encodeToString(own.getPrivate().getEncoded());
    var read =
        PemText.privateKey("-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----");
    assertArrayEquals(own.getPrivate().getEncoded(), read.getEncoded());
    assertTrue(PemText.isPair(read, own.getPublic()));
    assertFalse(PemText.isPair(read, generator.generateKeyPair().getPublic()));
  }

  @Test
  void refusesOtherFormsOfKeysAndSaysHowToConvertThem() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PemText.privateKey(
                    "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----"));
    assertTrue(String.valueOf(e.getMessage()).contains("pkcs8"), e.getMessage());
  }
}
