package io.chronoconf.ntp.linux;

import io.chronoconf.ntp.host.HostAddress;
import io.chronoconf.ntp.host.HostInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the answers of the kernel to our requests for links and addresses together.
final class InterfaceDump {
  private final Map<Integer, HostInterface> links = new HashMap<>();
  private final Map<Integer, List<HostAddress>> addresses = new HashMap<>();
  private boolean isWhole = true;

  /// Whether nothing changed while it was being told.
  boolean isWhole() {
    return isWhole;
  }

  /// Takes what one datagram says.
  ///
  /// @param sequence the request that is being answered; answers to others are passed over
  /// @return whether that was the end of the answer
  /// @throws LinuxException if the kernel refuses the request
  boolean accept(List<NetlinkMessages.Answer> answers, int sequence) throws LinuxException {
    for (NetlinkMessages.Answer answer : answers) {
      if (answer.sequence() != sequence) {
        continue;
      }
      isWhole &= !answer.isInterrupted();
      switch (answer.message()) {
        case NetlinkMessages.Link link -> links.put(link.device().index(), link.device());
        case NetlinkMessages.Address address ->
            addresses
                .computeIfAbsent(address.interfaceIndex(), index -> new ArrayList<>())
                .add(address.address());
        case NetlinkMessages.Other other -> {}
        case NetlinkMessages.End end -> {
          if (end.error() != 0) {
            throw new LinuxException("reading the interfaces by netlink", end.error());
          }
          return true;
        }
      }
    }
    return false;
  }

  /// By their numbers, each with its addresses.
  List<HostInterface> interfaces() {
    return links.values().stream()
        .map(link -> link.withAddresses(addresses.getOrDefault(link.index(), List.of())))
        .sorted(Comparator.comparingInt(HostInterface::index))
        .toList();
  }
}
