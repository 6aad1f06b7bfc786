package io.chronoconf.ntp.access;

import java.util.List;

/// An access control list of RFC 8519, as far as packets of NTP can be told apart by it. Immutable;
/// lists of the same entries are equal. It is compiled once, to be asked for every packet.
public final class AccessList {
  private final List<AccessEntry> entries;
  private final PrefixTree ipv4 = new PrefixTree();
  private final PrefixTree ipv6 = new PrefixTree();

  /// @param entries in the order in which they are asked; the first that matches decides
  public AccessList(List<AccessEntry> entries) {
    this.entries = List.copyOf(entries);
    for (int place = 0; place < this.entries.size(); place++) {
      AccessEntry entry = this.entries.get(place);
      if (entry.isFor(true)) {
        ipv4.add(entry, place);
      }
      if (entry.isFor(false)) {
        ipv6.add(entry, place);
      }
    }
    ipv4.compress();
    ipv6.compress();
  }

  public List<AccessEntry> entries() {
    return entries;
  }

  /// Whether it lets a packet pass. What no entry matches does not pass.
  public boolean permits(PacketFacts packet) {
    PrefixTree tree = packet.isIpv4() ? ipv4 : ipv6;
    int first = tree.first(packet, packet.sourceHigh(), packet.sourceLow(), PrefixNode.NONE);
    return first != PrefixNode.NONE && entries.get(first).permits();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof AccessList list && entries.equals(list.entries));
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "AccessList" + entries;
  }
}
