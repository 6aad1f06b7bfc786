package io.chronoconf.ntp.association;

import io.chronoconf.ntp.time.MonotonicTime;

/// The reach register (RFC 5905 section 13): one bit per poll, the newest last, set if an answer
/// came. Owned by one association.
public final class Reach {
  private static final int REGISTER = 0xff;
  private static final int LAST_THREE = 7;

  private int bits;
  private MonotonicTime unreachableSince;

  public Reach(MonotonicTime start) {
    unreachableSince = start;
  }

  /// A poll begins.
  public void shift(MonotonicTime now) {
    int before = bits;
    bits = (bits << 1) & REGISTER;
    if (before != 0 && bits == 0) {
      unreachableSince = now;
    }
  }

  /// A valid packet came.
  public void hit() {
    bits |= 1;
  }

  public boolean isReachable() {
    return bits != 0;
  }

  /// Whether one of the last three polls was answered.
  public boolean isHeardLately() {
    return (bits & LAST_THREE) != 0;
  }

  /// 0 to 255.
  public int bits() {
    return bits;
  }

  /// Since when the register has been zero, if it is.
  public MonotonicTime unreachableSince() {
    return unreachableSince;
  }

  /// How long the register has been zero; 0 while it is not.
  public long unreachableSeconds(MonotonicTime now) {
    return isReachable() ? 0 : (long) now.secondsSince(unreachableSince);
  }
}
