package io.chronoconf.datastore.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.testing.CheckTrees;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The canonical forms of RFC 6991, through types that lead to them by derivation and unions.
class CanonicalFormTest {
  private static LeafCodec codec(String leaf) {
    return CheckTrees.ROOT
        .child("urn:test:canonical", "canonical")
        .flatMap(top -> top.child("urn:test:canonical", leaf))
        .orElseThrow()
        .codec();
  }

  @ParameterizedTest
  @CsvSource({
    "ip-address,  3000:0:0:0:0:0:0:0034,    3000::34",
    "ip-address,  2001:DB8::A:0:0:1,        2001:db8::a:0:0:1",
    "ip-address,  ::FFFF:192.0.2.1,         ::ffff:192.0.2.1",
    "ip-address,  ::ffff:c000:201,          ::ffff:192.0.2.1",
    "ip-address,  ::192.0.2.1,              ::c000:201",
    "ip-address,  FE80::0001%eth0,          fe80::1%eth0",
    "ip-address,  ::,                       ::",
    "ip-address,  192.0.2.1,                192.0.2.1",
    "own-address, 3000::0:34,               3000::34",
    "host,        3000::0:34,               3000::34",
    "host,        NTP.Example.ORG,          ntp.example.org",
    "ip-prefix,   192.0.2.77/24,            192.0.2.0/24",
    "ip-prefix,   192.0.2.77/32,            192.0.2.77/32",
    "ip-prefix,   2001:DB8:0::77/33,        2001:db8::/33",
    "ip-prefix,   0.0.0.0/0,                0.0.0.0/0",
    "mac-address, AA:bb:0C:00:00:01,        aa:bb:0c:00:00:01",
    "uuid,        F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6, f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "hex-string,  AB:CD,                    ab:cd",
    "text,        3000::0:34,               3000::0:34"
  })
  void keepsOneSpelling(String leaf, String written, String canonical) throws Exception {
    LeafCodec codec = codec(leaf);
    assertEquals(canonical, codec.parse(written, _ -> null));
    assertEquals(canonical, codec.kept(written), "and of the values that come from us");
    assertEquals(canonical, codec.text(canonical).text());
  }

  @Test
  void keepsAnExpressionWithTheNamesOfItsModules() throws Exception {
    LeafCodec codec = codec("expression");
    PrefixResolver scope = prefix -> prefix.equals("x") ? "urn:test:canonical" : null;
    Object kept = codec.parse(" /x:canonical[x:text='x:y']/child::x:*[\"a:b\"] ", scope);
    assertEquals(
        "/test-canonical:canonical[test-canonical:text='x:y']/child::test-canonical:*[\"a:b\"]",
        kept);
    ValueText text = codec.text(kept);
    assertEquals("/tc:canonical[tc:text='x:y']/child::tc:*[\"a:b\"]", text.text());
    assertEquals(Map.of("tc", "urn:test:canonical"), text.namespaces());
    InvalidValueException refusal =
        assertThrows(InvalidValueException.class, () -> codec.parse("/y:top", scope));
    assertTrue(String.valueOf(refusal.getMessage()).contains("xmlns:y"), refusal.getMessage());
  }
}
