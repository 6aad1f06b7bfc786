package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.time.NtpDuration;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

class NtpValuesTest {
  private static int wire(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = (bits << 8) | (i < bytes.length ? bytes[i] : 0);
    }
    return bits;
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 3, 3600000.0",
    "-3600, 3, -3600000.0",
    "0.0004256, 4, 0.4256",
    "-0.0000005, 3, 0.0",
    "0.0000016, 3, 0.002",
    "2147483647.9, 3, 2147483647900.0",
    "0, 5, 0.0"
  })
  void millisecondsAreRoundedToTheLeafsDigits(double seconds, int digits, String expected) {
    assertEquals(expected, NtpValues.millis(NtpDuration.ofSeconds(seconds), digits).toString());
  }

  @Test
  void whatDoesNotFitStaysAtTheEnd() {
    assertEquals("9223372036854.775807", NtpValues.decimal(1e300, 6).toString());
    assertEquals("-9223372036854.775807", NtpValues.decimal(-1e300, 6).toString());
    assertEquals(Uint8.valueOf(255), NtpValues.small(3_000));
    assertEquals(Uint8.ZERO, NtpValues.small(-1));
    assertEquals(Uint32.MAX_VALUE, NtpValues.count(1L << 40));
  }

  @Test
  void countersWrap() {
    assertEquals(Uint32.valueOf(5), NtpValues.counter((1L << 32) + 5));
    assertEquals(Uint32.MAX_VALUE, NtpValues.counter(0xffff_ffffL));
  }

  @Test
  void referenceIdentifiersAreReadByTheStratum() {
    assertEquals("LOCL", NtpValues.refid(wire("LOCL"), 1));
    assertEquals("GPS ", NtpValues.refid(wire("GPS"), 1));
    assertEquals("INIT", NtpValues.refid(wire("INIT"), 16));
    assertEquals("RATE", NtpValues.refid(wire("RATE"), 0));
    assertEquals("127.127.1.0", NtpValues.refid(0x7f7f0100, 2));
    assertEquals("76.79.67.76", NtpValues.refid(wire("LOCL"), 2));
    assertEquals("0.0.0.0", NtpValues.refid(0, 16));
    assertEquals("7.0.0.1", NtpValues.refid(0x07000001, 1));
  }

  @Test
  void addressesAreWrittenInTheCanonicalForm() {
    assertEquals("3000::34", NtpValues.address(InetAddress.ofLiteral("3000:0:0::0034")));
    assertEquals("10.0.0.1", NtpValues.address(InetAddress.ofLiteral("10.0.0.1")));
  }
}
