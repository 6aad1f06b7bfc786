package io.chronoconf.ntp.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kernel's clock in memory, which keeps what it was asked and runs at the rate it was told.
final class RecordedKernel implements ClockCalls {
  final List<Timex> requests = new ArrayList<>();
  Timex state = new Timex(0, 0, 16_000_000, 16_000_000, Timex.STATUS_UNSYNCHRONIZED, 0, 0, 10_000);
  boolean maySet = true;
  @Nullable Errno refusal;
  private long raw = 1_000_000_000_000L;
  private double real = 1_800_000_000_000_000_000.0;
  private double gained;

  void advance(long nanos) {
    raw += nanos;
    gained += nanos * KernelRate.of(state).ratio();
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
    return (long) real + (raw - 1_000_000_000_000L) + Math.round(gained);
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
