package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.association.Association;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The leap second that sources announce (RFC 5905 section 7.3, RFC 8633 section 3.7): what the
/// clock and clients are told of it, and when it is over. Owned by the engine.
///
/// An announcement counts on the last UTC day of June and of December only, though RFC 5905 would
/// take it in any month: all leap seconds so far came on those days. So a source that announces one
/// by mistake or forgets to take it back harms nobody on any other day, and it does not matter
/// whether a client takes an announcement for the end of the day or of the month.
///
/// The clock leaps by itself. Shortly before and after, nothing is measured, because one side may
/// have leapt and the other not, and nothing is announced or withdrawn: who has leapt no longer
/// announces.
final class LeapSecond {
  /// Nothing is measured so long before and after.
  static final double GUARD_SECONDS = 5;

  /// One that did not look for so long does not know whether the clock leapt.
  private static final double LONGEST_LOOK_SECONDS = 60;

  private static final double SHORTEST_WAIT_SECONDS = 1e-3;
  private static final long ONE_SECOND = 1L << 32;
  private static final int INSERTS = 1;
  private static final int DELETES = 2;

  private int direction;
  // A clock may know of one from an earlier run.
  private boolean isTold;
  private NtpTimestamp end = NtpTimestamp.UNKNOWN;
  private @Nullable Now approach;
  private @Nullable MonotonicTime quietUntil;
  private @Nullable MonotonicTime nextLook;

  /// What more than half of the survivors announce: 1 inserts, -1 deletes, 0 for nothing.
  static int vote(Collection<Association> associations, Collection<Integer> survivors) {
    int[] votes = new int[4];
    for (Association association : associations) {
      if (survivors.contains(association.id())) {
        votes[association.leap()]++;
      }
    }
    int majority = survivors.size() / 2 + 1;
    return votes[INSERTS] >= majority ? 1 : votes[DELETES] >= majority ? -1 : 0;
  }

  /// The leap indicator to be served while synchronized.
  int indicator() {
    return direction == 0 ? 0 : direction > 0 ? INSERTS : DELETES;
  }

  /// Whether an exchange that ends at this moment could lie on both sides of the leap second.
  boolean isNear(Now stamp) {
    MonotonicTime quiet = quietUntil;
    boolean isJustOver = quiet != null && stamp.monotonic().isBefore(quiet);
    return isJustOver || (direction != 0 && secondsLeft(end, stamp) <= GUARD_SECONDS);
  }

  /// Takes note of what the sources announce at this moment.
  ///
  /// @param voted 1 inserts, -1 deletes, 0 for nothing
  void announce(int voted, Now now, List<Output> outputs) {
    NtpTimestamp midnight = endOfDay(now.local());
    boolean isLate = isDay(now.local()) && secondsLeft(midnight, now) <= GUARD_SECONDS;
    if (isLate || isNear(now)) {
      return;
    }
    int wanted = isDay(now.local()) ? voted : 0;
    if (!isTold || wanted != direction) {
      tell(wanted, outputs);
      end = midnight;
      plan(now);
    }
  }

  /// Nobody keeps the clock right any more.
  void withdraw(List<Output> outputs) {
    if (direction != 0) {
      tell(0, outputs);
    }
  }

  private void tell(int wanted, List<Output> outputs) {
    isTold = true;
    direction = wanted;
    approach = null;
    nextLook = null;
    outputs.add(new Output.SetLeap(wanted));
  }

  /// Looks whether the leap second is over.
  ///
  /// @return once, how far the clock leapt, negative for an inserted second; empty if it did not
  Optional<NtpDuration> pass(Now now, List<Output> outputs) {
    if (direction == 0) {
      return Optional.empty();
    }
    double left = secondsLeft(end, now);
    if (left > 0) {
      if (approach == null && left <= GUARD_SECONDS && left > 1) {
        approach = now;
      }
      plan(now);
      return Optional.empty();
    }
    NtpDuration leap = new NtpDuration(-direction * ONE_SECOND);
    boolean hasLeapt = hasLeapt(now);
    tell(0, outputs);
    quietUntil = now.monotonic().plusSeconds(GUARD_SECONDS);
    return hasLeapt ? Optional.of(leap) : Optional.empty();
  }

  /// A clock that is not ours to set may have gone on without.
  private boolean hasLeapt(Now now) {
    Now before = approach;
    if (before == null) {
      return true;
    }
    double elapsed = now.monotonic().secondsSince(before.monotonic());
    double told = now.local().minus(before.local()).toSeconds();
    return elapsed > LONGEST_LOOK_SECONDS || Math.abs(told - elapsed + direction) < 0.5;
  }

  /// When to look again; early if the clock runs fast meanwhile, and then again.
  private void plan(Now now) {
    if (direction == 0) {
      return;
    }
    double left = secondsLeft(end, now);
    double wait = left;
    if (left > GUARD_SECONDS) {
      wait = left - GUARD_SECONDS;
    } else if (direction < 0 && left > 1) {
      wait = left - 1;
    }
    nextLook = now.monotonic().plusSeconds(Math.max(wait, SHORTEST_WAIT_SECONDS));
  }

  /// When to look whether it is over; empty if none is announced.
  Optional<MonotonicTime> nextLook() {
    return Optional.ofNullable(nextLook);
  }

  private static double secondsLeft(NtpTimestamp midnight, Now now) {
    return midnight.minus(now.local()).toSeconds();
  }

  private static LocalDate day(NtpTimestamp local) {
    return LocalDate.ofInstant(local.toInstant(), ZoneOffset.UTC);
  }

  private static boolean isDay(NtpTimestamp local) {
    LocalDate day = day(local);
    boolean isMonth = day.getMonth() == Month.JUNE || day.getMonth() == Month.DECEMBER;
    return isMonth && day.getDayOfMonth() == day.lengthOfMonth();
  }

  private static NtpTimestamp endOfDay(NtpTimestamp local) {
    return NtpTimestamp.of(day(local).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
