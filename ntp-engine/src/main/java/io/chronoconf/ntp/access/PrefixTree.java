package io.chronoconf.ntp.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prefixes in a binary tree without the nodes that would only have one part, and with jumps over
/// many of its levels at once. What an address is in lies on one way down from the root, so a
/// question takes a few steps, however long the list is. Entries that others hide are not kept, and
/// a way on which nothing stands before what is found already is not gone to its end.
///
/// An entry stands at its source prefix, in a tree of the destinations of that source if it has a
/// destination. Never changed once a list is compiled.
final class PrefixTree {
  private final PrefixNode root = new PrefixNode(0, 0, 0);

  /// Takes an entry in, which stands behind all that were taken in before.
  void add(AccessEntry entry, int place) {
    PrefixNode source = reach(entry.source(), place);
    if (source == null) {
      return;
    }
    if (entry.destination().filter(prefix -> prefix.length() > 0).isEmpty()) {
      source.add(entry, place);
      return;
    }
    PrefixNode destination = source.destinations().reach(entry.destination(), place);
    if (destination != null) {
      destination.add(entry, place);
    }
  }

  /// The node of a prefix, made if need be; null if all its packets match an earlier entry.
  private @Nullable PrefixNode reach(Optional<Prefix> prefix, int place) {
    byte[] address = prefix.map(some -> some.address().getAddress()).orElse(new byte[0]);
    long high = PacketFacts.high(address);
    long low = PacketFacts.low(address);
    int length = prefix.map(Prefix::length).orElse(0);
    PrefixNode at = root;
    while (!at.isDecided()) {
      at.pass(place);
      if (at.length() == length) {
        return at;
      }
      at = towards(at, high, low, length);
    }
    return null;
  }

  /// The next node on the way to a prefix, made if need be.
  private static PrefixNode towards(PrefixNode at, long high, long low, int length) {
    PrefixNode part = at.part(high, low);
    if (part == null) {
      PrefixNode made = new PrefixNode(high, low, length);
      at.setPart(made);
      return made;
    }
    int common = Math.min(part.commonBits(high, low), length);
    if (common >= part.length()) {
      return part;
    }
    PrefixNode fork = new PrefixNode(high, low, common);
    fork.setPart(part);
    at.setPart(fork);
    return fork;
  }

  /// Shortens the ways, once everything is taken in.
  void compress() {
    root.compressDestinations();
    root.makeJumps();
  }

  /// The place of the first entry that a packet matches.
  ///
  /// @param high the first 64 bits of the address that the prefixes of this tree are about
  /// @param low the last 64 bits
  /// @param before what is not before this place is not wanted
  /// @return that place, or `before`
  int first(PacketFacts packet, long high, long low, int before) {
    int first = before;
    PrefixNode at = root;
    while (at != null && at.least() < first && at.contains(high, low)) {
      first = at.first(packet, first);
      PrefixJump jump = at.jump();
      if (jump == null) {
        at = at.part(high, low);
      } else {
        PrefixJump.Slot slot = jump.slot(high, low);
        first = slot.first(packet, first);
        at = slot.next();
      }
    }
    return first;
  }
}
