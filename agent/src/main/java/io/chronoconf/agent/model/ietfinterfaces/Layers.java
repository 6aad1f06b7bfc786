package io.chronoconf.agent.model.ietfinterfaces;

import io.chronoconf.ntp.host.HostInterface;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Which interfaces of one network instance are layered on which: a VLAN on its device, a bond or a
/// bridge on its members. A VRF is a way to look up routes and no layer.
final class Layers {
  private final Map<Integer, SequencedSet<HostInterface>> higher = new HashMap<>();
  private final Map<Integer, SequencedSet<HostInterface>> lower = new HashMap<>();

  /// @param devices all of one network instance
  Layers(List<HostInterface> devices) {
    Map<Integer, HostInterface> byIndex = new HashMap<>();
    devices.forEach(device -> byIndex.put(device.index(), device));
    for (HostInterface device : devices) {
      HostInterface below = byIndex.get(device.lower());
      // What the kernel links a veth to is its other end.
      if (below != null && !device.kind().equals("veth")) {
        stack(device, below);
      }
      HostInterface master = byIndex.get(device.master());
      if (master != null && !master.kind().equals("vrf")) {
        stack(master, device);
      }
    }
  }

  private void stack(HostInterface above, HostInterface below) {
    higher.computeIfAbsent(below.index(), _ -> new LinkedHashSet<>()).add(above);
    lower.computeIfAbsent(above.index(), _ -> new LinkedHashSet<>()).add(below);
  }

  List<HostInterface> above(HostInterface device) {
    return List.copyOf(higher.getOrDefault(device.index(), new LinkedHashSet<>()));
  }

  List<HostInterface> below(HostInterface device) {
    return List.copyOf(lower.getOrDefault(device.index(), new LinkedHashSet<>()));
  }

  /// Whether there are devices below, and none of them is up.
  boolean isAllDownBelow(HostInterface device) {
    List<HostInterface> below = below(device);
    return !below.isEmpty() && below.stream().noneMatch(HostInterface::isUp);
  }
}
