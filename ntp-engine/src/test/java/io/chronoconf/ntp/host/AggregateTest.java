package io.chronoconf.ntp.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {
  private static HostInterface device(int index, String kind, int master) {
    return new HostInterface(
        index,
        "dev" + index,
        kind,
        true,
        true,
        false,
        true,
        true,
        master,
        0,
        1500,
        "",
        HostInterface.Statistics.NONE,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({"bond, dev9", "team, dev9", "bridge, ''", "vrf, ''"})
  void onlyAggregatesHaveMembersThatAreNotToBeUsed(String kind, String aggregate) {
    HostInterface member = device(1, "", 9);
    HostNetwork host = new HostNetwork(Map.of("", List.of(member, device(9, kind, 0))));
    assertEquals(aggregate, host.aggregateOf("", member).map(HostInterface::name).orElse(""));
  }

  @Test
  void indicesCountInTheirInstanceOnly() {
    HostInterface member = device(1, "", 9);
    HostNetwork host =
        new HostNetwork(Map.of("", List.of(member), "vpn1", List.of(device(9, "bond", 0))));
    assertEquals(Optional.empty(), host.aggregateOf("", member));
    assertEquals(Optional.empty(), host.aggregateOf("", device(2, "", 0)));
  }
}
