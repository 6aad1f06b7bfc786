package io.chronoconf.ntp.sim;

import io.chronoconf.ntp.discipline.DisciplineSample;
import io.chronoconf.ntp.time.Now;
import io.chronoconf.ntp.time.NtpDuration;
import io.chronoconf.ntp.time.NtpTimestamp;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The yardstick for estimators: the best linear one, which is told the wander and the variance of
/// the noise, and takes the middle of every exchange. It steers nothing; it listens to the
/// exchanges of a client and knows where the uncorrected oscillator is.
final class LinearKalman implements Consumer<DisciplineSample> {
  private static final double FIRST_FREQUENCY_DEVIATION = 1e-4;

  private final double wander;
  private final double noise;
  private @Nullable Now start;
  private double time;
  private double x;
  private double y;
  private double pxx;
  private double pxy;
  private double pyy;

  /// @param wander of the oscillator per square root of a second
  /// @param noise variance of the middle of an exchange in s^2
  LinearKalman(double wander, double noise) {
    this.wander = wander;
    this.noise = noise;
  }

  @Override
  public void accept(DisciplineSample sample) {
    Now left = sample.originate();
    Now returned = sample.destination();
    if (start == null) {
      start = left;
    }
    Now origin = start;
    double out = sample.receive().minus(uncorrected(left, origin)).toSeconds();
    double in = uncorrected(returned, origin).minus(sample.transmit()).toSeconds();
    double middle = (in - out) / 2;
    double at =
        (left.monotonic().secondsSince(origin.monotonic())
                + returned.monotonic().secondsSince(origin.monotonic()))
            / 2;
    if (pyy == 0) {
      time = at;
      x = middle;
      pxx = noise;
      pyy = FIRST_FREQUENCY_DEVIATION * FIRST_FREQUENCY_DEVIATION;
      return;
    }
    predict(Math.max(at - time, 0));
    time = Math.max(at, time);
    double gain = pxx / (pxx + noise);
    double slope = pxy / (pxx + noise);
    double innovation = middle - x;
    x += gain * innovation;
    y += slope * innovation;
    pyy -= slope * pxy;
    pxy *= 1 - gain;
    pxx *= 1 - gain;
  }

  private void predict(double seconds) {
    double q = wander * wander;
    x += y * seconds;
    pxx += seconds * (2 * pxy + seconds * (pyy + q * seconds / 3));
    pxy += seconds * (pyy + q * seconds / 2);
    pyy += q * seconds;
  }

  /// The error in seconds that the clock would have now, had this filter put it right; that of the
  /// clock itself before the first exchange.
  double error(NodeClock clock) {
    Now origin = start;
    if (origin == null) {
      return clock.error();
    }
    Now now = clock.now();
    double corrected = now.local().minus(uncorrected(now, origin)).toSeconds();
    double phase = clock.error() - corrected;
    return phase - x - y * (now.monotonic().secondsSince(origin.monotonic()) - time);
  }

  private static NtpTimestamp uncorrected(Now reading, Now origin) {
    long nanos = reading.monotonic().nanosSince(origin.monotonic());
    return origin.local().plus(NtpDuration.ofNanos(nanos));
  }
}
