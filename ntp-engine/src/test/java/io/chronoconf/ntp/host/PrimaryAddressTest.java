package io.chronoconf.ntp.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimaryAddressTest {
  /// A star marks what is not preferred.
  private static Optional<String> primary(String addresses, boolean isIpv4) {
    List<HostAddress> all =
        Arrays.stream(addresses.split(" "))
            .map(
                text ->
                    new HostAddress(
                        InetAddress.ofLiteral(text.replace("*", "")),
                        isIpv4 ? 24 : 64,
                        Optional.empty(),
                        !text.endsWith("*")))
            .toList();
    HostInterface device =
        new HostInterface(
            1,
            "dev1",
            "",
            true,
            true,
            false,
            true,
            true,
            0,
            0,
            1500,
            "",
            HostInterface.Statistics.NONE,
            all);
    return device.primaryAddress(isIpv4).map(InetAddress::getHostAddress);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.2 10.0.0.1, 10.0.0.2",
    "10.0.0.2* 10.0.0.1, 10.0.0.1",
    "127.0.0.1 10.9.9.9, 10.9.9.9",
    "127.0.0.1 10.9.9.9*, 10.9.9.9",
    "127.0.0.1, 127.0.0.1",
    "fd77::1 10.0.0.1, 10.0.0.1"
  })
  void anIpv4AddressStandsForTheInterface(String addresses, String expected) {
    assertEquals(Optional.of(expected), primary(addresses, true));
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1 fd77::1, fd77:0:0:0:0:0:0:1",
    "::1 fd77::1 , fd77:0:0:0:0:0:0:1",
    "fd77::1* fe80::1, fe80:0:0:0:0:0:0:1",
    "fd77::1* fd77::2, fd77:0:0:0:0:0:0:2"
  })
  void anIpv6AddressStandsForTheInterface(String addresses, String expected) {
    assertEquals(Optional.of(expected), primary(addresses, false));
  }

  @Test
  void aFamilyMayBeMissing() {
    assertEquals(Optional.empty(), primary("fd77::1", true));
  }
}
