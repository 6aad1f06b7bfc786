package io.chronoconf.ntp.linux;

import java.util.OptionalLong;

/// The bits by which the kernel is told of a leap second.
///
/// The kernel looks at them once a second. Bits that it finds anew make it leap at the end of its
/// day; afterwards it waits until they are gone, and knows of no other leap second before. A step
/// makes it forget the end of the day, though the bits stay. So bits that an earlier process left,
/// and those from before a step, are first taken away for longer than a second.
final class KernelLeap {
  private static final int BITS = Timex.STATUS_INSERT | Timex.STATUS_DELETE;
  private static final long UNSEEN_NANOS = 1_500_000_000L;

  private int wanted;
  private boolean isSet;
  private OptionalLong setAt = OptionalLong.empty();

  /// @param leap 1 inserts, -1 deletes, 0 for nothing
  void want(int leap) {
    int bits = leap == 0 ? 0 : leap > 0 ? Timex.STATUS_INSERT : Timex.STATUS_DELETE;
    if (bits != wanted) {
      wanted = bits;
      isSet = false;
    }
  }

  boolean isWanted() {
    return wanted != 0;
  }

  /// The clock was stepped.
  void stepped(long rawNanos) {
    if (isWanted()) {
      isSet = false;
      setAt = OptionalLong.of(rawNanos + UNSEEN_NANOS);
    }
  }

  /// The bits to be written now.
  ///
  /// @param found the kernel's status
  int bits(int found, long rawNanos) {
    if (!isWanted()) {
      setAt = OptionalLong.empty();
      return 0;
    }
    if (!isSet && setAt.isEmpty() && (found & BITS) != 0) {
      setAt = OptionalLong.of(rawNanos + UNSEEN_NANOS);
    }
    if (setAt.isPresent() && rawNanos - setAt.getAsLong() < 0) {
      return 0;
    }
    setAt = OptionalLong.empty();
    isSet = true;
    return wanted;
  }

  /// When the status has to be written again.
  OptionalLong dueRaw() {
    return setAt;
  }
}
