package io.chronoconf.ntp.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kernel's clock in memory, which keeps what it was asked and runs at the rate it was told.
final class RecordedKernel implements ClockCalls {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400;
  private static final long NO_LEAP = Long.MAX_VALUE;

  final List<Timex> requests = new ArrayList<>();
  Timex state = new Timex(0, 0, 16_000_000, 16_000_000, Timex.STATUS_UNSYNCHRONIZED, 0, 0, 10_000);
  boolean maySet = true;
  @Nullable Errno refusal;
  private long raw = 1_000_000_000_000L;
  double real = 1_800_000_000_000_000_000.0;
  private double gained;
  private long stepped;
  private LeapState leapState = LeapState.OK;
  private long nextLeap = NO_LEAP;

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

  void advance(long nanos) {
    for (long left = nanos; left > 0; ) {
      long span = Math.min(left, SECOND - Math.floorMod(realNanos(), SECOND));
      raw += span;
      gained += span * KernelRate.of(state).ratio();
      if (Math.floorMod(realNanos(), SECOND) == 0) {
        overflow(realNanos() / SECOND);
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
    return (long) real + (raw - 1_000_000_000_000L) + Math.round(gained) + stepped;
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
    if ((modes & Timex.ADD_OFFSET) != 0) {
      stepped += request.seconds() * SECOND + request.nanos();
      nextLeap = NO_LEAP;
    }
    state =
        new Timex(
            0,
            (modes & Timex.SET_FREQUENCY) != 0 ? request.frequency() : state.frequency(),
            (modes & Timex.SET_MAXERROR) != 0 ? request.maximumError() : state.maximumError(),
            (modes & Timex.SET_ESTERROR) != 0 ? request.estimatedError() : state.estimatedError(),
            (modes & Timex.SET_STATUS) != 0 ? request.status() : state.status(),
            0,
            0,
            (modes & Timex.SET_TICK) != 0 ? request.tick() : state.tick());
    return state;
  }
}
