package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.discipline.ClockDiscipline;
import io.chronoconf.ntp.discipline.Correction;
import io.chronoconf.ntp.discipline.DisciplineSample;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.Optional;
import java.util.function.Consumer;

/// A discipline whose exchanges somebody else hears too.
///
/// @param listener takes each exchange once, when it is complete
record OverheardDiscipline(ClockDiscipline discipline, Consumer<DisciplineSample> listener)
    implements ClockDiscipline {
  @Override
  public void sample(DisciplineSample sample) {
    if (!sample.isProvisional()) {
      listener.accept(sample);
    }
    discipline.sample(sample);
  }

  @Override
  public Optional<Correction> correct(Now now) {
    return discipline.correct(now);
  }

  @Override
  public void forget(int associationId) {
    discipline.forget(associationId);
  }

  @Override
  public void leapt(NtpDuration leap) {
    discipline.leapt(leap);
  }

  @Override
  public double frequency() {
    return discipline.frequency();
  }

  @Override
  public double wander() {
    return discipline.wander();
  }

  @Override
  public double advisedPollSeconds() {
    return discipline.advisedPollSeconds();
  }

  @Override
  public double pollShare(int associationId) {
    return discipline.pollShare(associationId);
  }
}
