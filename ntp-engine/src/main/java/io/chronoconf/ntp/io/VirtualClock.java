package io.chronoconf.ntp.io;

import io.chronoconf.ntp.time.ClockPrecision;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.time.Instant;

/// A software clock over the host's oscillator. It needs no privilege and changes nothing on the
/// host, and several of them with different errors can run on one machine.
///
/// The simulated oscillator is the host's, wrong by `frequencyError`; [Now#monotonic] is its
/// reading, so that the engine meets an imperfect oscillator and has something to learn.
///
/// One thread changes the clock, any thread reads it: the whole state is one immutable record.
public final class VirtualClock implements HostClock {
  /// The limit of frequency and of slew rate, that of the kernel's clock too.
  public static final double MAX_RATIO = 0.1;

  private final RawSource source;
  private final double frequencyError;
  private final long originRaw;
  private final int precision;
  private volatile VirtualClockState state;

  private VirtualClock(
      RawSource source, double frequencyError, int precision, long originRaw, NtpTimestamp local) {
    if (!(Math.abs(frequencyError) <= MAX_RATIO)) {
      throw new IllegalArgumentException(
          "frequency error " + frequencyError + " is not within plus or minus " + MAX_RATIO);
    }
    this.source = source;
    this.frequencyError = frequencyError;
    this.precision = precision;
    this.originRaw = originRaw;
    this.state = VirtualClockState.free(originRaw, local, 0.0);
  }

  /// A clock on this host's oscillator.
  ///
  /// @see #start(RawSource, NtpDuration, double)
  public static VirtualClock start(NtpDuration initialOffset, double frequencyError) {
    return start(RawSource.ofHost(), initialOffset, frequencyError);
  }

  /// A clock that now reads the host's time of day plus `initialOffset`.
  ///
  /// @param frequencyError how much too fast the simulated oscillator is, as a ratio (1e-5 is 10
  ///   ppm), within plus or minus [#MAX_RATIO]
  public static VirtualClock start(
      RawSource source, NtpDuration initialOffset, double frequencyError) {
    int precision = ClockPrecision.measure(source::rawNanos);
    long real = source.realNanos();
    long raw = source.rawNanos();
    NtpTimestamp local =
        NtpTimestamp.of(
                Instant.ofEpochSecond(
                    Math.floorDiv(real, 1_000_000_000L), Math.floorMod(real, 1_000_000_000L)))
            .plus(initialOffset);
    return new VirtualClock(source, frequencyError, precision, raw, local);
  }

  /// Goes on with a clock that an earlier process left, as if it had run all the while. Before
  /// anything else is done to it.
  ///
  /// @param anchor what [#anchor] returned then, in the same boot of the host
  void resume(VirtualClockAnchor anchor) {
    state = resumed(anchor);
  }

  private VirtualClockState resumed(VirtualClockAnchor anchor) {
    return VirtualClockState.free(
        oscillator(anchor.rawNanos()),
        anchor.local(),
        clampRatio(anchor.frequency()),
        anchor.leap(),
        anchor.leapAt());
  }

  /// What a later process needs to go on with this clock. A slew in progress is not part of it.
  public VirtualClockAnchor anchor() {
    long raw = source.rawNanos();
    VirtualClockState current = state;
    NtpTimestamp local = current.at(oscillator(raw));
    int leap = current.leapDueAt(oscillator(raw));
    NtpTimestamp leapAt = leap == 0 ? NtpTimestamp.UNKNOWN : current.leapAt();
    return new VirtualClockAnchor(raw, local, current.frequency(), leap, leapAt);
  }

  /// This clock minus what a clock resumed from `anchor` would read at this moment.
  NtpDuration differenceTo(VirtualClockAnchor anchor) {
    long oscillator = oscillator(source.rawNanos());
    return state.at(oscillator).minus(resumed(anchor).at(oscillator));
  }

  /// Whether a clock resumed from `anchor` would know of the same leap second.
  boolean hasLeapOf(VirtualClockAnchor anchor) {
    long oscillator = oscillator(source.rawNanos());
    return state.leapDueAt(oscillator) == resumed(anchor).leapDueAt(oscillator);
  }

  @Override
  public Now now() {
    return at(source.rawNanos());
  }

  @Override
  public long rawNanos() {
    return source.rawNanos();
  }

  @Override
  public Now at(long rawNanos) {
    long oscillator = oscillator(rawNanos);
    return new Now(new MonotonicTime(oscillator), state.at(oscillator));
  }

  @Override
  public void step(NtpDuration offset) {
    state = state.stepped(oscillator(source.rawNanos()), offset);
  }

  @Override
  public void adjust(double frequency, NtpDuration phase, double rate) {
    long oscillator = oscillator(source.rawNanos());
    state = state.adjusted(oscillator, clampRatio(frequency), phase, Math.min(rate, MAX_RATIO));
  }

  @Override
  public void setLeap(int leap) {
    state = state.withLeap(oscillator(source.rawNanos()), leap);
  }

  /// Nobody but the engine asks this clock whether it is right.
  @Override
  public void setSynchronized(boolean isSynchronized, NtpDuration maximumError) {}

  @Override
  public int precision() {
    return precision;
  }

  private long oscillator(long raw) {
    return raw + Math.round((raw - originRaw) * frequencyError);
  }

  private static double clampRatio(double ratio) {
    return Math.clamp(ratio, -MAX_RATIO, MAX_RATIO);
  }
}
