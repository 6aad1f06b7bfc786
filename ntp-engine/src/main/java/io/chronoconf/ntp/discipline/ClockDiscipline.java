package io.chronoconf.ntp.discipline;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.Optional;

/// Turns exchanges with servers into corrections of the local clock. The engine feeds it only the
/// exchanges of associations that survived the selection, and decides itself between step and slew.
/// Not thread-safe: the engine's thread owns it.
///
/// It works in oscillator time: every stamp is a pair of readings, and `local - monotonic` is all
/// that was ever corrected. Hence steps and slews never disturb it and it is not told of them; a
/// leap second moves the servers' time scale too, and is told.
public interface ClockDiscipline {
  /// Takes in one exchange. Exchanges come in the order in which they are completed, whichever
  /// association they belong to: mostly that of their destination stamps, but interleaved ones come
  /// a poll late, and provisional ones before them. At the start the recent past of all survivors
  /// comes first.
  void sample(DisciplineSample sample);

  /// What is to be done about the clock at `now`: the whole local error at that moment and the
  /// frequency to go on with. Empty before there is anything to go by. Asking changes nothing.
  Optional<Correction> correct(Now now);

  /// Forgets one association: its path and, in the beginning, all that it said. For associations
  /// that are gone and for those that turn out to be falsetickers.
  void forget(int associationId);

  /// The local clock made a leap second, and the sources with it: samples before were in the old
  /// time scale, those from now on are in the new one.
  ///
  /// @param leap negative for an inserted second
  void leapt(NtpDuration leap);

  /// The frequency correction believed right, a ratio to be added to the oscillator's rate
  /// (positive makes the clock faster); the one it began with before the first exchange.
  double frequency();

  /// Stability: standard deviation of what is not known of the frequency, a ratio.
  double wander();

  /// The poll interval at which noise and wander balance, in seconds; not clamped to the limits of
  /// any association.
  double advisedPollSeconds();

  /// The part of the longest poll interval after which one association is to be asked again at the
  /// latest, up to 1: less if its last exchange told little.
  default double pollShare(int associationId) {
    return 1;
  }
}
