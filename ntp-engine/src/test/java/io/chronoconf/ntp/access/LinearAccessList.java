package io.chronoconf.ntp.access;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The meaning of a list, word for word and as slow as that is: what compiled lists are compared
/// with, by tests and by the bench.
public final class LinearAccessList {
  private final List<AccessEntry> entries;

  public LinearAccessList(List<AccessEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  public boolean permits(
      InetAddress source, int sourcePort, InetAddress local, int localPort, int trafficClass) {
    for (AccessEntry entry : entries) {
      if (contains(entry.source(), source)
          && contains(entry.destination(), local)
          && contains(entry.sourcePorts(), sourcePort)
          && contains(entry.destinationPorts(), localPort)
          && (trafficClass & entry.trafficClass().mask()) == entry.trafficClass().value()) {
        return entry.permits();
      }
    }
    return false;
  }

  private static boolean contains(Optional<Prefix> prefix, InetAddress address) {
    if (prefix.isEmpty()) {
      return true;
    }
    byte[] own = prefix.get().address().getAddress();
    byte[] asked = address.getAddress();
    int behind = own.length * Byte.SIZE - prefix.get().length();
    return own.length == asked.length
        && new BigInteger(1, own)
            .shiftRight(behind)
            .equals(new BigInteger(1, asked).shiftRight(behind));
  }

  private static boolean contains(PortRange range, int port) {
    boolean isBetween = port >= range.lowest() && port <= range.highest();
    return range.isInside() ? isBetween : !isBetween;
  }
}
