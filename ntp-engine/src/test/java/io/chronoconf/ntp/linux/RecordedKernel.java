package io.chronoconf.ntp.linux;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kernel's clock in memory, which keeps what it was asked and runs at the rate it was told, at
/// once. It knows what [KernelClock] uses of clock_adjtime: a fine frequency that is clamped, a
/// tick and nanoseconds that are refused outside their ranges, and steps that leave the rate alone
/// and make the clock unsynchronized.
public final class RecordedKernel implements ClockCalls {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400;
  private static final long NO_LEAP = Long.MAX_VALUE;
  private static final long START_RAW = 1_000_000_000_000L;
  private static final long GREATEST_ERROR = 16_000_000;
  private static final long GREATEST_FREQUENCY = 500 << 16;

  final List<Timex> requests = new ArrayList<>();
  Timex state =
      new Timex(0, 0, GREATEST_ERROR, GREATEST_ERROR, Timex.STATUS_UNSYNCHRONIZED, 0, 0, 10_000);
  boolean maySet = true;
  @Nullable Errno refusal;
  private long raw = START_RAW;
  long real;
  private double gained;
  private long stepped;
  private LeapState leapState = LeapState.OK;
  private long nextLeap = NO_LEAP;

  RecordedKernel() {
    this(Instant.ofEpochSecond(1_800_000_000));
  }

  /// @param start what the clock says first
  public RecordedKernel(Instant start) {
    real = start.getEpochSecond() * SECOND + start.getNano();
  }

  /// The driver of this clock.
  public KernelClock open(Path lockFile) {
    return KernelClock.open(this, lockFile);
  }

  /// Somebody sets the clock.
  public void set(long nanos) {
    stepped += nanos;
    nextLeap = NO_LEAP;
    state =
        new Timex(
            0,
            state.frequency(),
            GREATEST_ERROR,
            GREATEST_ERROR,
            state.status() | Timex.STATUS_UNSYNCHRONIZED,
            0,
            0,
            state.tick());
  }

  /// What clock_adjtime would tell.
  public Timex state() {
    return state;
  }

  /// What the kernel does about leap seconds: once a second it looks at its status.
  enum LeapState {
    OK,
    INSERT,
    DELETE,
    INSERTED,
    WAIT
  }

  LeapState leapState() {
    return leapState;
  }

  public void advance(long nanos) {
    double ratio = KernelRate.of(state).ratio();
    for (long left = nanos; left > 0; ) {
      long second = Math.floorDiv(realNanos(), SECOND) + 1;
      double untilSecond = Math.ceil((second * SECOND - realNanos()) / (1 + ratio));
      long span = Math.clamp((long) untilSecond, 1, left);
      raw += span;
      gained += span * ratio;
      if (realNanos() >= second * SECOND) {
        overflow(second);
      }
      left -= span;
    }
  }

  private void overflow(long second) {
    boolean inserts = (state.status() & Timex.STATUS_INSERT) != 0;
    boolean deletes = (state.status() & Timex.STATUS_DELETE) != 0;
    long midnight = (second / DAY + 1) * DAY;
    switch (leapState) {
      case OK -> {
        if (inserts || deletes) {
          leapState = inserts ? LeapState.INSERT : LeapState.DELETE;
          nextLeap = inserts ? midnight : midnight - 1;
        }
      }
      case INSERT -> leap(inserts, second, -1, LeapState.INSERTED);
      case DELETE -> leap(deletes, second, 1, LeapState.WAIT);
      case INSERTED -> leapState = LeapState.WAIT;
      case WAIT -> leapState = inserts || deletes ? LeapState.WAIT : LeapState.OK;
    }
  }

  private void leap(boolean isStillWanted, long second, int seconds, LeapState after) {
    if (!isStillWanted) {
      leapState = LeapState.OK;
      nextLeap = NO_LEAP;
    } else if (second == nextLeap) {
      stepped += seconds * SECOND;
      leapState = after;
      nextLeap = NO_LEAP;
    }
  }

  /// How much the clock has gained on the oscillator by its rate.
  long lead() {
    return Math.round(gained);
  }

  Timex last() {
    return requests.getLast();
  }

  long writesSince(int index) {
    return requests.stream().skip(index).filter(request -> request.modes() != 0).count();
  }

  Timex withStatus(int status) {
    return new Timex(
        0,
        state.frequency(),
        state.maximumError(),
        state.estimatedError(),
        status,
        0,
        0,
        state.tick());
  }

  @Override
  public long rawNanos() {
    return raw;
  }

  @Override
  public long realNanos() {
    return real + (raw - START_RAW) + Math.round(gained) + stepped;
  }

  @Override
  public boolean maySet() {
    return maySet;
  }

  @Override
  public Timex adjust(Timex request) throws LinuxException {
    if (refusal != null) {
      throw new LinuxException("clock_adjtime", refusal.number());
    }
    requests.add(request);
    int modes = request.modes();
    refuseNonsense(request);
    if ((modes & Timex.ADD_OFFSET) != 0) {
      set(request.seconds() * SECOND + request.nanos());
    }
    state =
        new Timex(
            0,
            (modes & Timex.SET_FREQUENCY) != 0
                ? Math.clamp(request.frequency(), -GREATEST_FREQUENCY, GREATEST_FREQUENCY)
                : state.frequency(),
            (modes & Timex.SET_MAXERROR) != 0 ? request.maximumError() : state.maximumError(),
            (modes & Timex.SET_ESTERROR) != 0 ? request.estimatedError() : state.estimatedError(),
            (modes & Timex.SET_STATUS) != 0 ? request.status() : state.status(),
            0,
            0,
            (modes & Timex.SET_TICK) != 0 ? request.tick() : state.tick());
    return state;
  }

  private static void refuseNonsense(Timex request) throws LinuxException {
    boolean isTickWrong =
        (request.modes() & Timex.SET_TICK) != 0
            && (request.tick() < 9_000 || request.tick() > 11_000);
    boolean isStepWrong =
        (request.modes() & Timex.ADD_OFFSET) != 0
            && (request.nanos() < 0 || request.nanos() >= SECOND);
    if (isTickWrong || isStepWrong) {
      throw new LinuxException("clock_adjtime", Errno.EINVAL.number());
    }
  }
}
