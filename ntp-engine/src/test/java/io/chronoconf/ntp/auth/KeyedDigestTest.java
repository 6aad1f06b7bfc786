package io.chronoconf.ntp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedDigestTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String HEADER = "230006e8" + "00".repeat(36) + "e900000010000000";
  private static final String KEY = "00112233445566778899aabbccddeeff";

  private static String digest(MacAlgorithm algorithm, String key, String message) {
    byte[] bytes = HEX.parseHex(message);
    byte[] framed = HEX.parseHex("ffff" + message + "ff");
    KeyedDigest digest = KeyedDigest.of(algorithm, HEX.parseHex(key));
    String whole = HEX.formatHex(digest.of(bytes, 0, bytes.length));
    assertEquals(whole, HEX.formatHex(digest.of(framed, 2, bytes.length)));
    return whole;
  }

  /// The first three were accepted by chronyd and ntpd.
  @ParameterizedTest
  @CsvSource({
    "MD5, aef50b151efa45dd7a73443a70e310ea",
    "SHA_1, bc506eb9d53714254ca9ec18b9f76baa7992bac7",
    "AES_CMAC, b981b0e874fb1da87e3c85b3147835f3"
  })
  void sealsAHeaderAsOthersDo(MacAlgorithm algorithm, String expected) {
    assertEquals(expected, digest(algorithm, KEY, HEADER));
  }

  /// RFC 4493 section 4.
  @ParameterizedTest
  @CsvSource({
    "0, bb1d6929e95937287fa37d129b756746",
    "16, 070a16b46b4d4144f79bdd9dd04a287c",
    "40, dfa66747de9ae63030ca32611497c827",
    "64, 51f0bebf7e3b9d92fc49741779363cfe"
  })
  void computesCmac(int octets, String expected) {
    String message =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    assertEquals(
        expected,
        digest(
            MacAlgorithm.AES_CMAC,
            "2b7e151628aed2a6abf7158809cf4f3c",
            message.substring(0, 2 * octets)));
  }

  /// RFC 2202 and RFC 4231, test case 2.
  @ParameterizedTest
  @CsvSource({
    "HMAC_SHA_1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    "HMAC_SHA1_12, effcdf6ae5eb2fa2d27416d5",
    "HMAC_SHA_256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "HMAC_SHA_384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
        + "8e2240ca5e69e2c78b3239ecfab21649",
    "HMAC_SHA_512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
  })
  void computesHmac(MacAlgorithm algorithm, String expected) {
    assertEquals(expected, digest(algorithm, hex("Jefe"), hex("what do ya want for nothing?")));
  }

  @Test
  void keysTellNoSecret() {
    AuthenticationKey key =
        new AuthenticationKey(
            42, MacAlgorithm.MD5, "aNiceKey".getBytes(StandardCharsets.US_ASCII), true, _ -> true);
    assertEquals("key 42", key.toString());
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}
