package io.chronoconf.ntp.discipline;

import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The simplest discipline: removes each measured offset at once and leaves the frequency alone.
public final class ProportionalDiscipline implements ClockDiscipline {
  private static final double POLL_SECONDS = 64;

  private final double frequency;
  private @Nullable DisciplineSample last;

  public ProportionalDiscipline(double frequency) {
    this.frequency = frequency;
  }

  @Override
  public void sample(DisciplineSample sample) {
    last = sample;
  }

  @Override
  public Optional<Correction> correct(Now now) {
    DisciplineSample sample = last;
    if (sample == null) {
      return Optional.empty();
    }
    NtpDuration outbound =
        sample.receive().minus(sample.originate().local()).plus(since(now, sample.originate()));
    NtpDuration inbound =
        sample
            .transmit()
            .minus(sample.destination().local())
            .plus(since(now, sample.destination()));
    double width = outbound.minus(inbound).toSeconds();
    double phase = outbound.toSeconds() - width / 2;
    return Optional.of(
        new Correction(
            frequency,
            NtpDuration.ofSeconds(phase),
            NtpDuration.ofSeconds(Math.abs(width) / 2),
            Correction.MAX_SLEW_RATE));
  }

  /// What the local clock was corrected by from `now` back to `stamp`.
  private static NtpDuration since(Now now, Now stamp) {
    return stamp
        .local()
        .minus(now.local())
        .minus(NtpDuration.ofNanos(stamp.monotonic().nanosSince(now.monotonic())));
  }

  @Override
  public void forget(int associationId) {}

  @Override
  public void leapt(NtpDuration leap) {
    last = null;
  }

  @Override
  public double frequency() {
    return frequency;
  }

  @Override
  public double wander() {
    return 0;
  }

  @Override
  public double advisedPollSeconds() {
    return POLL_SECONDS;
  }
}
