package io.chronoconf.ntp.engine;

import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.discipline.Correction;
import io.chronoconf.ntp.time.MonotonicTime;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Decides what becomes of a correction: slew, step, wait or refuse (RFC 5905 section 11.3, figure
/// 28). Estimating is the discipline's business; this is the state machine around it.
///
/// ```
///          |phase| <= step threshold     beyond
/// NSET     slew -> FREQ                  step -> FREQ
/// FSET     slew -> SYNC                  step -> SYNC
/// FREQ     slew; SYNC once known         -> SPIK
/// SPIK     slew -> SYNC                  wait; after the step-out: step -> SYNC
/// SYNC     slew                          -> SPIK
/// ```
final class ClockProcess {
  /// Offsets from here on are stepped, not slewed, in seconds (STEPT).
  static final double STEP_THRESHOLD = 0.128;

  /// How long such an offset must last before the step (WATCH, as deployed).
  static final double STEP_OUT_SECONDS = 300;

  /// The frequency counts as known when it is known to within the tolerance of a clock.
  private static final double FREQUENCY_KNOWN = 15e-6;

  private final ClockDiscipline discipline;
  private SyncState state;
  private double frequency;
  private MonotonicTime stateSince = new MonotonicTime(0);
  private OffsetPolicy policy = OffsetPolicy.STANDARD;
  private boolean isOffsetAccepted;
  private Optional<NtpDuration> held = Optional.empty();

  /// What was done.
  enum Deed {
    SLEWED,
    STEPPED,
    /// Nothing: the offset is being watched, or refused.
    HELD
  }

  ClockProcess(ClockDiscipline discipline, OptionalDouble savedFrequency) {
    this.discipline = discipline;
    this.frequency = savedFrequency.orElse(0);
    this.state = savedFrequency.isPresent() ? SyncState.FREQ_SET_BY_CFG : SyncState.CLOCK_NEVER_SET;
  }

  SyncState state() {
    return state;
  }

  /// The frequency correction in force, a ratio.
  double frequency() {
    return frequency;
  }

  boolean wasSet() {
    return switch (state) {
      case CLOCK_NEVER_SET, FREQ_SET_BY_CFG -> false;
      case SPIKE, FREQ, CLOCK_SYNCHRONIZED -> true;
    };
  }

  void configure(OffsetPolicy wanted) {
    policy = wanted;
  }

  OffsetPolicy policy() {
    return policy;
  }

  /// The offset that somebody has to accept; empty if there is none.
  Optional<NtpDuration> held() {
    return held;
  }

  /// The next correction may be of any size.
  void acceptOffset() {
    isOffsetAccepted = true;
  }

  /// Carries a correction out, as far as it is believed.
  Deed apply(Correction correction, Now now, List<Output> outputs) {
    double size = correction.phase().abs().toSeconds();
    if (size <= STEP_THRESHOLD) {
      afterGood(now);
      adjust(correction.frequency(), correction.phase(), correction.rate(), outputs);
      return Deed.SLEWED;
    }
    if (!mayStep(correction.phase(), now, outputs)) {
      return Deed.HELD;
    }
    enter(state == SyncState.CLOCK_NEVER_SET ? SyncState.FREQ : SyncState.CLOCK_SYNCHRONIZED, now);
    isOffsetAccepted = false;
    held = Optional.empty();
    outputs.add(new Output.StepClock(correction.phase()));
    adjust(correction.frequency(), NtpDuration.ZERO, correction.rate(), outputs);
    return Deed.STEPPED;
  }

  /// Carries out a correction that rests on very few answers: it changes the clock, and nothing of
  /// the state. Whether it stepped.
  boolean applyEarly(Correction correction, List<Output> outputs) {
    if (correction.phase().abs().toSeconds() <= STEP_THRESHOLD) {
      adjust(correction.frequency(), correction.phase(), correction.rate(), outputs);
      return false;
    }
    outputs.add(new Output.StepClock(correction.phase()));
    adjust(correction.frequency(), NtpDuration.ZERO, correction.rate(), outputs);
    return true;
  }

  private void afterGood(Now now) {
    held = Optional.empty();
    isOffsetAccepted = false;
    switch (state) {
      case CLOCK_NEVER_SET -> enter(SyncState.FREQ, now);
      case FREQ_SET_BY_CFG, SPIKE -> enter(SyncState.CLOCK_SYNCHRONIZED, now);
      case FREQ -> {
        boolean isLongEnough = now.monotonic().secondsSince(stateSince) >= STEP_OUT_SECONDS;
        if (isLongEnough || discipline.wander() <= FREQUENCY_KNOWN) {
          enter(SyncState.CLOCK_SYNCHRONIZED, now);
        }
      }
      case CLOCK_SYNCHRONIZED -> {}
    }
  }

  private boolean mayStep(NtpDuration phase, Now now, List<Output> outputs) {
    if (!wasSet()) {
      return true;
    }
    if (policy.isPanic(phase) && !isOffsetAccepted) {
      boolean isTold = held.isPresent();
      held = Optional.of(phase);
      if (!isTold) {
        outputs.add(new Output.Emit(new EngineEvent.PanicOffset(phase)));
      }
      return false;
    }
    if (isOffsetAccepted) {
      return true;
    }
    if (state != SyncState.SPIKE) {
      enter(SyncState.SPIKE, now);
      return false;
    }
    return now.monotonic().secondsSince(stateSince) >= STEP_OUT_SECONDS;
  }

  /// Puts the clock on the frequency known from before.
  void resume(List<Output> outputs) {
    adjust(frequency, NtpDuration.ZERO, Correction.MAX_SLEW_RATE, outputs);
  }

  private void adjust(double ratio, NtpDuration phase, double rate, List<Output> outputs) {
    frequency = ratio;
    outputs.add(new Output.AdjustClock(ratio, phase, rate));
  }

  private void enter(SyncState next, Now now) {
    state = next;
    stateSince = now.monotonic();
  }
}
