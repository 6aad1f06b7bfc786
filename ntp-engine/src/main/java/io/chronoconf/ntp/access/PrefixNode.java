package io.chronoconf.ntp.access;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A prefix in a [PrefixTree] with the entries of exactly this prefix, and the prefixes that are
/// parts of it, at most 128 below each other. Grows while a list is compiled and is not changed
/// afterwards.
final class PrefixNode {
  /// Later than every entry.
  static final int NONE = Integer.MAX_VALUE;

  private static final int HALF = Long.SIZE;

  /// An entry that looks at more than the addresses, and its place in the list.
  private record Conditional(int place, AccessEntry entry) {}

  private static final Conditional[] NO_CONDITIONALS = {};

  private final long high;
  private final long low;
  private final int length;
  private @Nullable PrefixNode zero;
  private @Nullable PrefixNode one;
  // Of this node and all below it; the places in the other fields are of this node alone.
  private int least = NONE;
  private int unconditional = NONE;
  private Conditional[] conditionals = NO_CONDITIONALS;
  private int conditionalCount;
  private @Nullable PrefixTree destinations;
  private @Nullable PrefixJump jump;

  /// @param high the first 64 bits
  /// @param low the last 64 bits
  /// @param length so many of them count
  PrefixNode(long high, long low, int length) {
    this.high = beginning(high, Math.min(length, HALF));
    this.low = beginning(low, Math.max(length - HALF, 0));
    this.length = length;
  }

  private static long beginning(long half, int bits) {
    return bits == 0 ? 0 : half & (-1L << (HALF - bits));
  }

  /// The first 64 bits; those behind the prefix are 0.
  long high() {
    return high;
  }

  /// The last 64 bits; those behind the prefix are 0.
  long low() {
    return low;
  }

  int length() {
    return length;
  }

  /// Whether an address is in it.
  boolean contains(long otherHigh, long otherLow) {
    return length <= HALF
        ? beginsAlike(high, otherHigh, length)
        : high == otherHigh && beginsAlike(low, otherLow, length - HALF);
  }

  private static boolean beginsAlike(long one, long other, int bits) {
    return bits == 0 || (one ^ other) >>> (HALF - bits) == 0;
  }

  /// With how many bits both begin, 0 to 128.
  int commonBits(long otherHigh, long otherLow) {
    int common = Long.numberOfLeadingZeros(high ^ otherHigh);
    return common < HALF ? common : HALF + Long.numberOfLeadingZeros(low ^ otherLow);
  }

  /// The part of it that an address may be in.
  @Nullable PrefixNode part(long otherHigh, long otherLow) {
    return isOne(otherHigh, otherLow, length) ? one : zero;
  }

  private static boolean isOne(long high, long low, int at) {
    return at < HALF ? high << at < 0 : low << (at - HALF) < 0;
  }

  /// Takes a part in, in place of what is there.
  void setPart(PrefixNode part) {
    if (isOne(part.high, part.low, length)) {
      one = part;
    } else {
      zero = part;
    }
    least = Math.min(least, part.least);
  }

  /// Nothing that matches here or below stands before this place.
  int least() {
    return least;
  }

  /// Whether every packet of this prefix matches an entry that is here already.
  boolean isDecided() {
    return unconditional != NONE;
  }

  /// An entry stands here or below.
  void pass(int place) {
    least = Math.min(least, place);
  }

  /// Takes an entry in that stands behind all that are here.
  void add(AccessEntry entry, int place) {
    if (entry.looksAtAddressesOnly()) {
      unconditional = place;
      return;
    }
    if (conditionalCount == conditionals.length) {
      conditionals = Arrays.copyOf(conditionals, Math.max(1, 2 * conditionalCount));
    }
    conditionals[conditionalCount++] = new Conditional(place, entry);
  }

  /// The tree of the destinations that the entries of this source have.
  PrefixTree destinations() {
    PrefixTree known = destinations;
    if (known == null) {
      known = new PrefixTree();
      destinations = known;
    }
    return known;
  }

  boolean hasEntries() {
    return isDecided() || conditionalCount > 0 || destinations != null;
  }

  /// How the way goes on for several bits at once; null if by its parts.
  @Nullable PrefixJump jump() {
    return jump;
  }

  /// Makes the jumps from here on, once everything is taken in.
  void makeJumps() {
    jump = PrefixJump.of(this, count(zero) + count(one));
    if (jump != null) {
      jump.makeNext();
      return;
    }
    if (zero != null) {
      zero.makeJumps();
    }
    if (one != null) {
      one.makeJumps();
    }
  }

  /// Makes the jumps of the trees of destinations, here and below.
  void compressDestinations() {
    if (destinations != null) {
      destinations.compress();
    }
    if (zero != null) {
      zero.compressDestinations();
    }
    if (one != null) {
      one.compressDestinations();
    }
  }

  private static int count(@Nullable PrefixNode part) {
    return part == null ? 0 : 1 + count(part.zero) + count(part.one);
  }

  /// The place of the first entry of exactly this prefix that a packet matches.
  ///
  /// @param before what is not before this place is not wanted
  /// @return that place, or `before`
  int first(PacketFacts packet, int before) {
    int first = Math.min(unconditional, before);
    for (int i = 0; i < conditionalCount && conditionals[i].place() < first; i++) {
      if (conditionals[i].entry().matchesBesideAddresses(packet)) {
        first = conditionals[i].place();
      }
    }
    PrefixTree narrower = destinations;
    return narrower == null
        ? first
        : narrower.first(packet, packet.localHigh(), packet.localLow(), first);
  }
}
