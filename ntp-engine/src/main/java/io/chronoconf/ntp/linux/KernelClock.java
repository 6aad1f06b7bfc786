package io.chronoconf.ntp.linux;

import io.chronoconf.ntp.time.ClockException;
import io.chronoconf.ntp.time.ClockPrecision;
import io.chronoconf.ntp.time.HostClock;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The system's clock, CLOCK_REALTIME, steered through clock_adjtime.
///
/// It has one owner. A lock file keeps other agents away, and before each change the kernel's rate
/// is compared with the one set last: if it is another, some other program steers the clock, and
/// from then on this one only observes and says so whenever it is asked to change anything.
///
/// The kernel knows no slew that ends by itself at a rate of our choice: a slew is a changed rate
/// that [#tick] takes back, and what the tick came late by is slewed back in turn.
public final class KernelClock implements HostClock, AutoCloseable {
  /// A slew takes at least this long, so that a late tick matters little.
  private static final double SHORTEST_SLEW_SECONDS = 1.0;

  /// What no reading can tell. More would add up, for late ticks leave rests of one direction.
  private static final double NEGLIGIBLE_SECONDS = 1e-9;

  private static final long CLOSE_READING_NANOS = 5_000;
  private static final int READING_ATTEMPTS = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int LOOPS = Timex.STATUS_PLL | Timex.STATUS_FLL;
  private static final int OURS =
      LOOPS | Timex.STATUS_INSERT | Timex.STATUS_DELETE | Timex.STATUS_UNSYNCHRONIZED;

  private final ClockCalls calls;
  private final ClockLock lock;
  private final int precision;
  private volatile @Nullable String obstacle;
  private @Nullable KernelRate lastSet;
  private volatile RecentRate recent = RecentRate.NONE;
  private double frequency;
  private @Nullable KernelSlew slew;
  private final KernelLeap leap = new KernelLeap();
  private int syncBits = Timex.STATUS_UNSYNCHRONIZED;
  private long errorMicros = 16_000_000;

  private KernelClock(ClockCalls calls, ClockLock lock) {
    this.calls = calls;
    this.lock = lock;
    this.precision = ClockPrecision.measure(calls::rawNanos);
    this.obstacle = lock.obstacle().orElse(null);
    if (obstacle == null && !calls.maySet()) {
      obstacle =
          "this process may not set the clock: give it CAP_SYS_TIME (systemd:"
              + " AmbientCapabilities=CAP_SYS_TIME) or use the virtual clock";
    }
  }

  /// The running system's clock. Whatever keeps it from being set is no error here: it shows when
  /// something wants to.
  ///
  /// @param lockFile created if missing, for example `/run/chronoconf/clock.lock`
  /// @throws UnsupportedOperationException where [LinuxPlatform#obstacle] names a reason
  public static KernelClock open(Path lockFile) {
    return open(new LinuxClockCalls(), lockFile);
  }

  static KernelClock open(ClockCalls calls, Path lockFile) {
    return new KernelClock(calls, ClockLock.take(lockFile));
  }

  /// Why this clock is only observed; empty if it is ours to set.
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /// The rate correction in force now, whoever set it, as a ratio.
  public double kernelFrequency() throws ClockException {
    return KernelRate.of(adjust(Timex.READ)).ratio();
  }

  @Override
  public Now now() {
    return at(calls.rawNanos());
  }

  @Override
  public long rawNanos() {
    return calls.rawNanos();
  }

  /// Reads both clocks between two readings of the oscillator, again if something came in between.
  @Override
  public Now at(long rawNanos) {
    long closest = Long.MAX_VALUE;
    long lead = 0;
    long middle = 0;
    for (int i = 0; i < READING_ATTEMPTS && closest > CLOSE_READING_NANOS; i++) {
      long before = calls.rawNanos();
      long real = calls.realNanos();
      long width = calls.rawNanos() - before;
      if (width < closest) {
        closest = width;
        middle = before + width / 2;
        lead = real - middle;
      }
    }
    long real = rawNanos + lead + recent.gained(middle, rawNanos);
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(real, NANOS_PER_SECOND), Math.floorMod(real, NANOS_PER_SECOND));
    return new Now(new MonotonicTime(rawNanos), NtpTimestamp.of(instant));
  }

  @Override
  public void step(NtpDuration offset) throws ClockException {
    if (slew != null) {
      setRate(frequency);
      slew = null;
    }
    change(Timex.offset(offset.toNanos()));
    leap.stepped(calls.rawNanos());
    if (leap.isWanted()) {
      writeStatus();
    }
  }

  @Override
  public void adjust(double newFrequency, NtpDuration phase, double rate) throws ClockException {
    double wanted = Math.clamp(newFrequency, -KernelRate.MAX_RATIO, KernelRate.MAX_RATIO);
    begin(wanted, phase.toSeconds(), rate);
  }

  @Override
  public Optional<MonotonicTime> nextTick() {
    return Stream.concat(
            Stream.ofNullable(slew).map(KernelSlew::endRaw), leap.dueRaw().stream().boxed())
        .map(MonotonicTime::new)
        .min(MonotonicTime::compareTo);
  }

  @Override
  public void tick() throws ClockException {
    OptionalLong leapDue = leap.dueRaw();
    if (leapDue.isPresent() && calls.rawNanos() - leapDue.getAsLong() >= 0) {
      writeStatus();
    }
    KernelSlew current = slew;
    if (current == null || calls.rawNanos() - current.endRaw() < 0) {
      return;
    }
    double rest = current.restAt(calls.rawNanos());
    try {
      begin(frequency, Math.abs(rest) < NEGLIGIBLE_SECONDS ? 0 : rest, current.limit());
    } catch (ClockException refused) {
      // Trying again at once would be the same; the next adjustment tells the new state.
      slew = null;
      throw refused;
    }
  }

  @Override
  public void setLeap(int direction) throws ClockException {
    leap.want(direction);
    writeStatus();
  }

  @Override
  public void setSynchronized(boolean isSynchronized, NtpDuration maximumError)
      throws ClockException {
    syncBits = isSynchronized ? 0 : Timex.STATUS_UNSYNCHRONIZED;
    errorMicros = Math.max(1, maximumError.abs().toNanos() / 1_000);
    writeStatus();
  }

  @Override
  public int precision() {
    return precision;
  }

  /// Ends a slew in progress, keeps the frequency and lets another agent have the clock.
  @Override
  public void close() {
    try {
      if (slew != null) {
        setRate(frequency);
        slew = null;
      }
    } catch (ClockException notOurs) {
      // Whoever changed it meanwhile is its owner now.
      slew = null;
    }
    lock.close();
  }

  private void begin(double newFrequency, double phase, double limit) throws ClockException {
    double rate = Math.min(Math.abs(limit), Math.abs(phase) / SHORTEST_SLEW_SECONDS);
    double wanted = newFrequency + Math.copySign(rate, phase);
    KernelRate set = setRate(wanted);
    frequency = newFrequency;
    double gain = set.ratio() - newFrequency;
    slew =
        rate > 0 && gain * phase > 0
            ? new KernelSlew(calls.rawNanos(), phase, gain, Math.abs(limit))
            : null;
  }

  private KernelRate setRate(double ratio) throws ClockException {
    KernelRate wanted = KernelRate.of(ratio);
    if (lastSet == null) {
      // The kernel's own loops, left over from another daemon, would go on pulling.
      writeStatus();
    }
    lastSet = KernelRate.of(change(Timex.rate(wanted)));
    recent = recent.changed(calls.rawNanos(), wanted.ratio());
    return wanted;
  }

  private void writeStatus() throws ClockException {
    int found = adjust(Timex.READ).status();
    int leapBits = leap.bits(found, calls.rawNanos());
    change(Timex.status((found & ~OURS) | leapBits | syncBits, errorMicros));
  }

  private Timex change(Timex request) throws ClockException {
    if (obstacle == null && lastSet != null) {
      Timex found = adjust(Timex.READ);
      if (!KernelRate.of(found).equals(lastSet) || (found.status() & LOOPS) != 0) {
        obstacle =
            "another program steers the kernel's clock, so this one only observes: stop it"
                + " (systemd-timesyncd, chronyd, ntpd) and restart this agent";
      }
    }
    String barred = obstacle;
    if (barred != null) {
      throw new ClockException(barred);
    }
    return adjust(request);
  }

  private Timex adjust(Timex request) throws ClockException {
    try {
      return calls.adjust(request);
    } catch (LinuxException failure) {
      if (failure.is(Errno.EPERM)) {
        String barred =
            "the system does not let this process set the clock ("
                + failure.getMessage()
                + "): give it CAP_SYS_TIME outside any container, or use the virtual clock";
        obstacle = barred;
        throw new ClockException(barred);
      }
      throw new ClockException("the kernel's clock was not changed: " + failure.getMessage());
    }
  }
}
