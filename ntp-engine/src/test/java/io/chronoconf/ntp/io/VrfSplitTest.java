package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.ntp.host.HostInterface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VrfSplitTest {
  private final HostInterface eth0 = device(2, "eth0", "", 0);
  private final HostInterface red = device(3, "red", "vrf", 0);
  private final HostInterface eth1 = device(4, "eth1", "", 3);
  private final HostInterface bond0 = device(5, "bond0", "bond", 0);
  private final HostInterface eth2 = device(6, "eth2", "", 5);
  private final List<HostInterface> all = List.of(eth0, red, eth1, bond0, eth2);

  @Test
  void aVrfAndItsMembersLeaveThePublicNetwork() {
    assertEquals(
        Map.of("", List.of(eth0, bond0, eth2), "vpn1", List.of(red, eth1)),
        VrfSplit.split(all, Map.of("vpn1", "red")));
  }

  @Test
  void aBondIsNoInstance() {
    assertEquals(Map.of("", all), VrfSplit.split(all, Map.of("vpn1", "bond0", "vpn2", "green")));
  }

  @Test
  void aVrfThatNobodyNamedStays() {
    assertEquals(Map.of("", all), VrfSplit.split(all, Map.of()));
  }

  static HostInterface device(int index, String name, String kind, int master) {
    return new HostInterface(
        index,
        name,
        kind,
        true,
        true,
        false,
        true,
        true,
        master,
        0,
        1_500,
        "",
        HostInterface.Statistics.NONE,
        List.of());
  }
}
