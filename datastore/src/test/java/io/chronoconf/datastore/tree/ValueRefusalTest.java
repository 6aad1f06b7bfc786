package io.chronoconf.datastore.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.testing.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Refusals say what the type takes, and so what to write instead.
class ValueRefusalTest {
  private static String refusal(LeafCodec codec, String text) {
    return assertThrows(InvalidValueException.class, () -> codec.parse(text, _ -> null))
        .getMessage();
  }

  private static LeafCodec plain(String leaf) {
    return Trees.ROOT
        .child("urn:test:all", "top")
        .flatMap(top -> top.child("urn:test:all", "types"))
        .flatMap(types -> types.child("urn:test:all", leaf))
        .orElseThrow()
        .codec();
  }

  private static LeafCodec address(String leaf) {
    return CheckTrees.ROOT
        .child("urn:test:canonical", "canonical")
        .flatMap(top -> top.child("urn:test:canonical", leaf))
        .orElseThrow()
        .codec();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint8 | 256 | 256 is out of range: give 0 to 255",
        "uint8 | 1e9 | 1e9 is out of range: give 0 to 255",
        "int8 | x | \"x\" is no whole number: give -128 to 127",
        "int8 | 1.5 | \"1.5\" is no whole number: give -128 to 127",
        "uint64 | -1 | -1 is out of range: give 0 to 18446744073709551615",
        "percent | 101 | a percentage goes from 0 to 100",
        "percent | x | \"x\" is no whole number: give 0 to 100",
        "text | 012345678901234567890 | it has 21 characters: give 0 to 20",
        "patterned | A | \"A\" does not have the form [a-z]+: give one that has",
        "truth | yes | \"yes\" is neither true nor false: give one of them",
        "choiceof | three | there is no \"three\" here: give one or two",
      })
  void saysWhatTheTypeTakes(String leaf, String text, String why) {
    assertEquals(why, refusal(plain(leaf), text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ip-address | 10.1.1 | \"10.1.1\" is no ip-address: give one such as 192.0.2.1 or"
            + " 2001:db8::1",
        "host | a b | \"a b\" is no host: give an IP address, or a name of letters, digits, hyphens"
            + " and dots",
        "hex-string | abcd | this is no hex-string: give octets of two digits with colons between,"
            + " such as 00:1a",
      })
  void saysWhatToWriteForTypesOfTheIetf(String leaf, String text, String why) {
    assertEquals(why, refusal(address(leaf), text));
  }

  @Test
  void offersTheIdentitiesThatThereAre() {
    String why = refusal(plain("colour"), "x");
    assertTrue(why.startsWith("no identity is called x: give "), why);
    assertTrue(why.contains(" or "), why);
    assertFalse(why.contains(":colour"), why);
  }

  @Test
  void quotesNoMoreThanCanBeRead() {
    String why = refusal(plain("choiceof"), "x".repeat(1000));
    assertTrue(why.length() < 200, why);
  }
}
