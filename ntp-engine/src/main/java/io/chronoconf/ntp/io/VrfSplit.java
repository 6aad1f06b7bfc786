package io.chronoconf.ntp.io;

import io.chronoconf.ntp.host.HostInterface;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the devices of VRFs out of the public network: a VRF's members and the VRF itself are the
/// network instance that is named after it.
final class VrfSplit {
  private static final String VRF = "vrf";

  private VrfSplit() {}

  /// Deals the devices out among the instances.
  ///
  /// @param devices all of the public network namespace
  /// @param osNames of the instances that are no namespaces: the instance's name and the system's
  /// @return by instance; one without a VRF device is missing. The public network has the empty
  ///   name
  static Map<String, List<HostInterface>> split(
      List<HostInterface> devices, Map<String, String> osNames) {
    Map<String, List<HostInterface>> result = new HashMap<>();
    Set<HostInterface> taken = new HashSet<>();
    osNames.forEach(
        (instance, osName) ->
            devices.stream()
                .filter(device -> device.kind().equals(VRF) && device.name().equals(osName))
                .findFirst()
                .map(vrf -> membersOf(vrf, devices))
                .ifPresent(
                    members -> {
                      result.put(instance, members);
                      taken.addAll(members);
                    }));
    result.put("", devices.stream().filter(device -> !taken.contains(device)).toList());
    return result;
  }

  private static List<HostInterface> membersOf(HostInterface vrf, List<HostInterface> devices) {
    return devices.stream()
        .filter(device -> device.index() == vrf.index() || device.master() == vrf.index())
        .toList();
  }
}
