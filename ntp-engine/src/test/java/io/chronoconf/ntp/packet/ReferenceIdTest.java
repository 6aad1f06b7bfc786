package io.chronoconf.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceIdTest {
  @ParameterizedTest
  @CsvSource({
    "1.0.1.11, 0100010b",
    "127.127.1.0, 7f7f0100",
    "2001:db8::1, 39ab9b37",
    "fe80::1, 89e5301f",
    "::1, cf404dc8",
    "3000::34, 5fc51128",
    "3000::35, fb494f20"
  })
  void standsForAnAddress(String address, String hex) throws UnknownHostException {
    ReferenceId id = ReferenceId.of(InetAddress.getByName(address));
    assertEquals(Integer.parseUnsignedInt(hex, 16), id.bits());
  }

  @Test
  void padsShortCodes() {
    assertEquals(0x47505300, ReferenceId.ofAscii("GPS").bits());
    assertThrows(IllegalArgumentException.class, () -> ReferenceId.ofAscii("LOCAL"));
  }

  @Test
  void tellsKissesFromOthers() {
    assertEquals(Optional.of(KissCode.RATE), KissCode.fromWire(0x52415445));
    assertEquals(Optional.of(KissCode.DENY), KissCode.fromWire(KissCode.DENY.wireValue()));
    assertEquals(Optional.empty(), KissCode.fromWire(ReferenceId.ofAscii("XABC").bits()));
  }
}
