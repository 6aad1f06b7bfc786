package io.chronoconf.ntp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1:5",
    "::, [::]:5",
    "::1, [::1]:5",
    "1::, [1::]:5",
    "2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]:5",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:5",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:5",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:5",
    "fe80::0a00:1%7, [fe80::a00:1]:5",
  })
  void shortensAsRfc5952Says(String address, String text) {
    assertEquals(text, AddressText.of(InetAddress.ofLiteral(address), 5));
  }
}
