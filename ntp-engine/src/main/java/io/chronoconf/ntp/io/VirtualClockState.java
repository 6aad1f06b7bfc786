package io.chronoconf.ntp.io;

import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stretch of a virtual clock's life: from `since` on, the reading is a pure function of the
/// oscillator.
///
/// @param since oscillator reading in nanoseconds at which this stretch began
/// @param local the clock at `since`
/// @param frequency correction as a ratio
/// @param phase what the slew gains in all
/// @param slewNanos how long the slew takes on the oscillator; zero if there is none
/// @param leap the pending leap second: 1 inserts, -1 deletes, 0 none
/// @param leapAt the reading at which the leap happens, meaningful if `leap` is not zero
/// @param previous the stretch before, for instants that lie before `since`; never two back
record VirtualClockState(
    long since,
    NtpTimestamp local,
    double frequency,
    NtpDuration phase,
    long slewNanos,
    int leap,
    NtpTimestamp leapAt,
    @Nullable VirtualClockState previous) {
  private static final double UNITS_PER_NANO = 4.294967296;
  private static final long ONE_SECOND = 1L << 32;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final double LONGEST_SLEW_NANOS = 1e18;

  static VirtualClockState free(long since, NtpTimestamp local, double frequency) {
    return free(since, local, frequency, 0, NtpTimestamp.UNKNOWN);
  }

  /// Free of any slew, but with a leap second to come.
  static VirtualClockState free(
      long since, NtpTimestamp local, double frequency, int leap, NtpTimestamp leapAt) {
    return new VirtualClockState(since, local, frequency, NtpDuration.ZERO, 0, leap, leapAt, null);
  }

  /// The leap second that is still to come at this instant.
  int leapDueAt(long oscillator) {
    return hasLeapt(readingWithoutLeap(oscillator)) ? 0 : leap;
  }

  NtpTimestamp at(long oscillator) {
    if (oscillator - since < 0 && previous != null) {
      return previous.at(oscillator);
    }
    NtpTimestamp reading = readingWithoutLeap(oscillator);
    return hasLeapt(reading) ? reading.plus(new NtpDuration(-leap * ONE_SECOND)) : reading;
  }

  /// A step past the moment of the leap second has it behind: where the clock is set to is right.
  VirtualClockState stepped(long oscillator, NtpDuration offset) {
    VirtualClockState moved = movedTo(oscillator);
    NtpTimestamp set = moved.local.plus(offset);
    int due = moved.hasLeapt(set) ? 0 : moved.leap;
    return moved.with(set, frequency, NtpDuration.ZERO, 0, due, moved.leapAt);
  }

  VirtualClockState adjusted(
      long oscillator, double newFrequency, NtpDuration newPhase, double rate) {
    VirtualClockState moved = movedTo(oscillator);
    long nanos = slewNanos(newPhase, rate);
    return moved.with(
        moved.local,
        newFrequency,
        nanos == 0 ? NtpDuration.ZERO : newPhase,
        nanos,
        moved.leap,
        moved.leapAt);
  }

  VirtualClockState withLeap(long oscillator, int newLeap) {
    VirtualClockState moved = movedTo(oscillator);
    if (newLeap == moved.leap) {
      return this;
    }
    return moved.with(
        moved.local,
        frequency,
        moved.phase,
        moved.slewNanos,
        newLeap,
        endOfDay(moved.local, newLeap));
  }

  /// The same motion, described from a later instant.
  private VirtualClockState movedTo(long oscillator) {
    NtpTimestamp linear = readingWithoutLeap(oscillator);
    boolean done = hasLeapt(linear);
    long elapsed = oscillator - since;
    long restNanos = Math.max(0, slewNanos - elapsed);
    NtpDuration rest = restNanos == 0 ? NtpDuration.ZERO : phase.minus(gained(elapsed));
    VirtualClockState last =
        new VirtualClockState(since, local, frequency, phase, slewNanos, leap, leapAt, null);
    return new VirtualClockState(
        oscillator, at(oscillator), frequency, rest, restNanos, done ? 0 : leap, leapAt, last);
  }

  private VirtualClockState with(
      NtpTimestamp newLocal,
      double newFrequency,
      NtpDuration newPhase,
      long newSlewNanos,
      int newLeap,
      NtpTimestamp newLeapAt) {
    return new VirtualClockState(
        since, newLocal, newFrequency, newPhase, newSlewNanos, newLeap, newLeapAt, previous);
  }

  private NtpTimestamp readingWithoutLeap(long oscillator) {
    long elapsed = oscillator - since;
    NtpDuration drift = new NtpDuration(Math.round(elapsed * frequency * UNITS_PER_NANO));
    return local.plus(NtpDuration.ofNanos(elapsed)).plus(drift).plus(gained(elapsed));
  }

  /// The slew's share so far; all of the phase, exactly, once the time is up.
  private NtpDuration gained(long elapsed) {
    if (elapsed >= slewNanos) {
      return phase;
    }
    return elapsed <= 0
        ? NtpDuration.ZERO
        : new NtpDuration(Math.round((double) phase.units() * elapsed / slewNanos));
  }

  private boolean hasLeapt(NtpTimestamp reading) {
    return leap != 0 && !reading.isBefore(leapAt);
  }

  /// Midnight, or the second before it when that one is left out.
  private static NtpTimestamp endOfDay(NtpTimestamp reading, int leap) {
    long seconds = reading.toInstant().getEpochSecond();
    long midnight = (Math.floorDiv(seconds, SECONDS_PER_DAY) + 1) * SECONDS_PER_DAY;
    return NtpTimestamp.of(Instant.ofEpochSecond(leap < 0 ? midnight - 1 : midnight));
  }

  private static long slewNanos(NtpDuration phase, double rate) {
    if (phase.units() == 0 || !(rate > 0)) {
      return 0;
    }
    double nanos = Math.ceil(Math.abs((double) phase.units()) / UNITS_PER_NANO / rate);
    return (long) Math.max(1, Math.min(nanos, LONGEST_SLEW_NANOS));
  }
}
