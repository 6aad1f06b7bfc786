package io.chronoconf.ntp.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The meaning of a list, entry by entry: what compiled lists are compared with, by tests and by
/// the bench.
public final class LinearAccessList {
  private final List<Row> rows;

  /// @param source empty for any
  private record Row(AccessEntry entry, Optional<Bits> source, Optional<Bits> destination) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bits(byte[] address, int length) {
    static Bits of(Prefix prefix) {
      return new Bits(prefix.address().getAddress(), prefix.length());
    }

    boolean begin(byte[] other) {
      int whole = length / Byte.SIZE;
      int rest = length % Byte.SIZE;
      return address.length == other.length
          && Arrays.equals(address, 0, whole, other, 0, whole)
          && (rest == 0 || (address[whole] ^ other[whole]) >> (Byte.SIZE - rest) == 0);
    }
  }

  public LinearAccessList(List<AccessEntry> entries) {
    rows =
        entries.stream()
            .map(
                entry ->
                    new Row(entry, entry.source().map(Bits::of), entry.destination().map(Bits::of)))
            .toList();
  }

  public boolean permits(
      InetAddress source, int sourcePort, InetAddress local, int localPort, int trafficClass) {
    byte[] from = source.getAddress();
    byte[] to = local.getAddress();
    for (Row row : rows) {
      AccessEntry entry = row.entry();
      if (begins(row.source(), from)
          && begins(row.destination(), to)
          && contains(entry.sourcePorts(), sourcePort)
          && contains(entry.destinationPorts(), localPort)
          && (trafficClass & entry.trafficClass().mask()) == entry.trafficClass().value()) {
        return entry.permits();
      }
    }
    return false;
  }

  private static boolean begins(Optional<Bits> prefix, byte[] address) {
    return prefix.isEmpty() || prefix.get().begin(address);
  }

  private static boolean contains(PortRange range, int port) {
    boolean isBetween = port >= range.lowest() && port <= range.highest();
    return range.isInside() ? isBetween : !isBetween;
  }
}
