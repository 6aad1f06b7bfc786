package io.chronoconf.agent.model.ietfsystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CryptHashTest {
  /// Made by glibc's crypt(3).
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          Hello world!,$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1
          a,$6$rounds=10000$saltstringsaltst$A9EcOCd/ThRMm42SP9iF7IWVij9Shl0sCxORQjPtumvJR9HETYPf8tV5ry7I.rVIf4tAxBOLV249LTNcqLeZr1
          "",$6$x$QSmr1Bx2g4O6BzKvdkgOcyU6H91X6I/XBv5pSalMhSPkwdH6Beo3F455xZJg0v//bxVK5F4OE5k1.0xuR26MK0
          "pässword that is rather longer than sixty-four bytes, so that both digests wrap around",$6$abcdefgh$Hu94Oowpi8K2lmOyleQDv7BgYt2E7Hz8BPBXUiqrJ4pPwWf4yjQKrAia9QUvF/B6n9cnoi68Yz5HKg55Q6C5F0
          Hello world!,$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5
          secret,$5$rounds=1400$anotherlongsalts$hA9phAhHgeqcKTycY/LRKamQM18d5P2uD0VRrWGWMX6
          """)
  void agreesWithTheSystemsLibrary(String password, String stored) {
    assertEquals(stored, CryptHash.parse(stored).orElseThrow().hash(password));
    assertTrue(CryptHash.matches(stored, password));
    assertFalse(CryptHash.matches(stored, password + "x"));
  }

  @Test
  void aNewPasswordGetsASaltOfItsOwn() {
    Random random = new Random(1);
    String first = CryptHash.ofPassword("secret", random);
    String second = CryptHash.ofPassword("secret", random);
    assertNotEquals(first, second);
    assertTrue(first.matches("\\$6\\$[A-Za-z0-9./]{16}\\$[A-Za-z0-9./]{86}"), first);
    assertTrue(CryptHash.matches(first, "secret"));
    assertTrue(CryptHash.matches(second, "secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$0$secret",
        "$1$salt$hashhashhashhashhashha",
        "$6$salt",
        "$6$rounds=999999999$salt$hash",
        "$6$rounds=ten$salt$hash",
        "$6$rounds=10$salt$hash",
        "$7$salt$hash"
      })
  void whatCannotBeCheckedMatchesNothing(String stored) {
    assertEquals(Optional.empty(), CryptHash.parse(stored));
    assertFalse(CryptHash.matches(stored, "secret"));
  }

  @Test
  void anEndlessPasswordIsNotEvenDigested() {
    String longest = "x".repeat(CryptHash.MAX_PASSWORD_BYTES);
    String stored = CryptHash.ofPassword(longest, new Random(1));
    assertTrue(CryptHash.matches(stored, longest));
    String tooLong = longest + "x";
    assertFalse(CryptHash.matches(CryptHash.ofPassword(tooLong, new Random(1)), tooLong));
  }
}
