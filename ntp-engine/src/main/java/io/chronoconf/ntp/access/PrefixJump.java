package io.chronoconf.ntp.access;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A step over several bits at once, from a [PrefixNode] that has many below it: what lies on the
/// way is found by a number instead of node after node. Immutable.
final class PrefixJump {
  private static final int MOST_BITS = 16;
  private static final int LEAST_BITS = 3;
  private static final PrefixNode[] NOTHING = {};
  private static final Slot EMPTY = new Slot(NOTHING, null);

  /// What one number leads to.
  ///
  /// @param passed nodes with entries that the step passes, in the order of their lengths
  /// @param next where the way goes on, if the address is in it
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Slot(PrefixNode[] passed, @Nullable PrefixNode next) {
    /// The place of the first entry that a packet matches on this step.
    ///
    /// @param before what is not before this place is not wanted
    int first(PacketFacts packet, int before) {
      int first = before;
      for (int i = 0; i < passed.length; i++) {
        first = passed[i].first(packet, first);
      }
      return first;
    }
  }

  private final int from;
  private final int bits;
  private final Slot[] slots;

  private PrefixJump(int from, int bits) {
    this.from = from;
    this.bits = bits;
    this.slots = new Slot[1 << bits];
  }

  /// A step from a node, with no more slots than there are nodes below; null if those are few.
  ///
  /// @param below how many nodes the step may lead to
  static @Nullable PrefixJump of(PrefixNode node, int below) {
    int from = node.length();
    // Never over the middle of an address, so that one number has all bits.
    int most = Math.min(MOST_BITS, Long.SIZE - from % Long.SIZE);
    int bits = Math.min(most, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(below));
    if (bits < LEAST_BITS || from >= 2 * Long.SIZE) {
      return null;
    }
    PrefixJump jump = new PrefixJump(from, bits);
    for (int i = 0; i < jump.slots.length; i++) {
      jump.slots[i] = jump.slot(node, i);
    }
    return jump;
  }

  private Slot slot(PrefixNode node, int number) {
    long placed = (long) number << (Long.SIZE - bits - from % Long.SIZE);
    long high = from < Long.SIZE ? node.high() | placed : node.high();
    long low = from < Long.SIZE ? 0 : node.low() | placed;
    PrefixNode[] passed = NOTHING;
    PrefixNode at = node.part(high, low);
    while (at != null && at.length() < from + bits && at.contains(high, low)) {
      if (at.hasEntries()) {
        passed = Arrays.copyOf(passed, passed.length + 1);
        passed[passed.length - 1] = at;
      }
      at = at.part(high, low);
    }
    if (at != null && at.commonBits(high, low) < from + bits) {
      at = null;
    }
    return passed.length == 0 && at == null ? EMPTY : new Slot(passed, at);
  }

  /// Where an address leads to.
  Slot slot(long high, long low) {
    long half = from < Long.SIZE ? high : low;
    return slots[(int) ((half << from) >>> (Long.SIZE - bits))];
  }

  /// Makes the jumps from where this one leads to.
  void makeNext() {
    for (Slot slot : slots) {
      PrefixNode next = slot.next();
      if (next != null) {
        next.makeJumps();
      }
    }
  }
}
